import type { NationalIdKind } from '#national-id';

/** Why somebody who signed in sees no place of practice (design: "Repair"); the first that applies, in this order. */
export const causes = [
  'authenticator_expired',
  'identity_mismatch',
  'record_inactive',
  'no_rpps',
  'ecps_under_adeli',
  'legacy_adeli_identity',
  'no_contact_details',
  'place_closed',
  'no_place_of_practice',
] as const;

export type Cause = (typeof causes)[number];

/** What the directory holds of one person, as far as a diagnosis needs it. Instants in milliseconds. */
export interface RecordFacts {
  rpps: string;
  /** Null while the person is active; else the date of the extract in which they were no longer found. */
  endedAt: number | null;
  /** Places of practice that are open and their own. */
  places: number;
  /** The date of the extract in which the last of the former places was no longer found. */
  placeEndedAt: number | null;
  /** Works as a locum, without a practice of their own. */
  locum: boolean;
  hasContactDetails: boolean;
}

/** What a person has on a phone; `adeli`: only one that is still under the ADELI number. */
export type EcpsState = 'none' | 'active' | 'expired' | 'adeli' | 'frozen' | 'locked';

/** How the identifier of the sign-in leads to a record. */
export type Lead =
  | { outcome: 'own' }
  | { outcome: 'linked' }
  | { outcome: 'none' }
  | { outcome: 'mismatch' }
  | { outcome: 'inactive'; endedAt: number | null };

/** Everything a diagnosis depends on. */
export interface Facts {
  kind: NationalIdKind;
  lead: Lead;
  /** Null where the directory has no record, or where the conditions on the link do not hold. */
  record: RecordFacts | null;
  ecps: EcpsState;
}

export interface Diagnosis {
  /** Null where nothing is wrong. */
  cause: Cause | null;
  /** The cause and what remains to be done after it, in order. */
  steps: Cause[];
  /** When the directory stopped holding what is missing; null where it never did, or where that is not the matter. */
  since: number | null;
}

/** Compares the identifier of the sign-in, the directory's record and the authenticator. Pure. */
export function diagnose(facts: Facts): Diagnosis {
  const steps = findSteps(facts);
  const cause = steps[0] ?? null;
  return { cause, steps, since: cause ? endOf(cause, facts) : null };
}

function findSteps({ kind, lead, record, ecps }: Facts): Cause[] {
  if (lead.outcome === 'mismatch') return ['identity_mismatch'];
  if (lead.outcome === 'inactive' || record?.endedAt) return ['record_inactive'];
  if (kind === 'adeli') return record ? [...adeliSteps(record, ecps), ...placeSteps(record)] : ['no_rpps'];
  return kind === 'rpps' ? placeSteps(record) : [];
}

/** Once an e-CPS is active under the RPPS number, all that is left is to sign in with it. */
function adeliSteps(record: RecordFacts, ecps: EcpsState): Cause[] {
  if (ecps === 'active') return ['legacy_adeli_identity'];
  const stale: Cause = ecps === 'adeli' ? 'ecps_under_adeli' : 'legacy_adeli_identity';
  return record.hasContactDetails ? [stale] : [stale, 'no_contact_details'];
}

function placeSteps(record: RecordFacts | null): Cause[] {
  if (record && (record.places > 0 || record.locum)) return [];
  return [record?.placeEndedAt ? 'place_closed' : 'no_place_of_practice'];
}

function endOf(cause: Cause, { lead, record }: Facts): number | null {
  if (cause === 'record_inactive')
    return lead.outcome === 'inactive' ? lead.endedAt : (record?.endedAt ?? null);
  return cause === 'place_closed' ? (record?.placeEndedAt ?? null) : null;
}
