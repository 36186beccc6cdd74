import { passesLuhn } from './luhn.ts';

/**
 * Kinds of national person identifier and their prefix on the wire (TRE_G08-TypeIdentifiantPersonne).
 * Deprecated kinds that no card carries any more (2, 9) are left out. `edit`: a test identity of PSC's sandbox, made
 * with its tool EDIT (`ANS` and the time of its making).
 */
const prefixes = {
  edit: 'ANS',
  adeli: '0',
  adeliPractice: '1',
  finessEmployee: '3',
  sirenEmployee: '4',
  siretEmployee: '5',
  rppsPractice: '6',
  rpps: '8',
} as const;

export type NationalIdKind = keyof typeof prefixes;

/** A person's national identifier; on every wire it is written with its prefix (`idNatPS`). */
export interface NationalId {
  kind: NationalIdKind;
  /** Without prefix: 11 digits for RPPS, 9 characters for ADELI, `<structure>/<register id>` for employees. */
  value: string;
}

const shapes: Record<NationalIdKind, RegExp> = {
  adeli: /^[0-9A-Z]{9}$/,
  adeliPractice: /^[0-9A-Z]{9,12}$/,
  finessEmployee: /^[0-9A-Z]{9}\/[0-9A-Z]{1,20}$/,
  sirenEmployee: /^[0-9]{9}\/[0-9A-Z]{1,20}$/,
  siretEmployee: /^[0-9]{14}\/[0-9A-Z]{1,20}$/,
  rppsPractice: /^[0-9]{13,14}(\/[0-9A-Z]{1,20})?$/,
  rpps: /^[0-9]{11}$/,
  edit: /^[0-9]{14}$/,
};

const kindByPrefix = new Map(
  Object.entries(prefixes).map(([kind, prefix]) => [String(prefix), kind as NationalIdKind]),
);

/** Reads the wire form (`899700000013`, `0991234568`, `5<SIRET>/<id>`); `undefined` where the shape is wrong. */
export function parseIdNatPs(text: string): NationalId | undefined {
  const prefix = text.startsWith(prefixes.edit) ? prefixes.edit : text.slice(0, 1);
  const kind = kindByPrefix.get(prefix);
  const value = text.slice(prefix.length);
  return kind && shapes[kind].test(value) ? { kind, value } : undefined;
}

/** The wire form, with its prefix. */
export function formatIdNatPs(id: NationalId): string {
  return prefixes[id.kind] + id.value;
}

/**
 * Whether the check digit is right: Luhn over the 11 digits of an RPPS number, and over an ADELI number that is
 * all digits. Real files hold numbers that fail, so an import warns; what people type or issue is refused.
 */
export function hasValidCheckDigit(id: NationalId): boolean {
  if (id.kind === 'rpps') return passesLuhn(id.value);
  if (id.kind === 'adeli') return !/^\d{9}$/.test(id.value) || passesLuhn(id.value);
  return true;
}

/** An employee of a structure: known to it, without a profession of their own in the directory. */
export function isEmployee(id: NationalId): boolean {
  return id.kind === 'finessEmployee' || id.kind === 'sirenEmployee' || id.kind === 'siretEmployee';
}

export function sameNationalId(a: NationalId, b: NationalId): boolean {
  return a.kind === b.kind && a.value === b.value;
}

export const rpps = (value: string): NationalId => ({ kind: 'rpps', value });
export const adeli = (value: string): NationalId => ({ kind: 'adeli', value });
