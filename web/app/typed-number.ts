/** What a person typed or pasted as a number: spaces, dots and dashes are for the eye. */
export const parseTypedNumber = (typed: string): string => typed.replaceAll(/[\s.\u2010-\u2015-]/g, '');

/** An RPPS number, with or without the prefix that cards write before it; its 11 digits, or `undefined`. */
export function parseRpps(typed: string): string | undefined {
  return /^8?(\d{11})$/.exec(parseTypedNumber(typed))?.[1];
}
