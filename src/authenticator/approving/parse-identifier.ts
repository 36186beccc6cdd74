import { adeli, type NationalId, rpps } from '#national-id';

/**
 * What is typed as **Identifiant e-CPS**: RPPS (11 digits, with or without `8`) or ADELI (9 characters, with or
 * without `0`), spaces and case aside; `undefined` for anything else.
 */
export function parseIdentifier(text: string): NationalId | undefined {
  const typed = text.replace(/[\s.\-\u00a0]/g, '').toUpperCase();
  const [, ofRpps] = /^8?(\d{11})$/.exec(typed) ?? [];
  if (ofRpps) return rpps(ofRpps);
  const [, ofAdeli] = /^0?([0-9A-Z]{9})$/.exec(typed) ?? [];
  return ofAdeli ? adeli(ofAdeli) : undefined;
}
