import { adeli, formatIdNatPs, type NationalId, parseIdNatPs, rpps } from '#national-id';
import type { NumberView } from '../wire.ts';

/** A row's national id; throws for what no row of ours holds. */
export function readNationalId(text: string): NationalId {
  const nationalId = parseIdNatPs(text);
  if (!nationalId) throw new Error('nationalId: not a prefixed national identifier');
  return nationalId;
}

/** An e-CPS is under an RPPS or an ADELI number, nothing else. */
export function numberView(nationalId: NationalId): NumberView {
  const { kind, value } = nationalId;
  if (kind !== 'rpps' && kind !== 'adeli') throw new Error('nationalId: neither RPPS nor ADELI');
  return { kind, value };
}

export const idNatPsOf = ({ kind, value }: NumberView): string =>
  formatIdNatPs(kind === 'rpps' ? rpps(value) : adeli(value));
