// Owns the national identifiers of persons and structures: their kinds, shapes, check digits and wire forms, and
// the `Verification` that every means to sign in answers with. Pure: no I/O, no clock.
export { passesLuhn, withLuhnKey } from './luhn.ts';
export {
  adeli,
  formatIdNatPs,
  hasValidCheckDigit,
  isEmployee,
  type NationalId,
  type NationalIdKind,
  parseIdNatPs,
  rpps,
  sameNationalId,
} from './national-id.ts';
export type { Method, Verification } from './verification.ts';
