/** In no extract. */
export const separator = '\u001f';

/** Several values as one text. */
export const joinValues = (values: readonly string[]): string => values.join(separator);

export const splitValues = (joined: string): string[] => joined.split(separator);
