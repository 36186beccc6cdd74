import { adeli, hasValidCheckDigit, type NationalId, rpps } from '#national-id';

export type TypedIdentifier =
  | { nationalId: NationalId }
  /** `shape`: neither an RPPS nor an ADELI number; `check_digit`: a digit is wrong. */
  | { error: 'empty' | 'shape' | 'check_digit' };

/**
 * Reads **Identifiant e-CPS**: RPPS (11 digits, with or without `8`) or ADELI (9 characters, with or without `0`);
 * spaces, dots and dashes are dropped. The lengths tell the kinds apart.
 */
export function parseTypedIdentifier(text: string): TypedIdentifier {
  const typed = text.replace(/[\s.\p{Pd}]/gu, '').toUpperCase();
  if (typed === '') return { error: 'empty' };
  const nationalId = readNumber(typed);
  if (!nationalId) return { error: 'shape' };
  return hasValidCheckDigit(nationalId) ? { nationalId } : { error: 'check_digit' };
}

function readNumber(typed: string): NationalId | undefined {
  const ofRpps = /^8?(\d{11})$/.exec(typed)?.[1];
  if (ofRpps) return rpps(ofRpps);
  const ofAdeli = /^0?([0-9A-Z]{9})$/.exec(typed)?.[1];
  return ofAdeli ? adeli(ofAdeli) : undefined;
}
