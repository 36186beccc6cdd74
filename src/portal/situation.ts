import type { Cause } from './cause.ts';
import type { Person } from './person.ts';
import { type DirectoryRecord, isLocum, type Place, placesOf } from './places.ts';

/** What the page about a person's places has to say. */
export type Situation =
  | { kind: 'places'; places: Place[] }
  | { kind: 'explained'; reason: 'locum' | 'employee' }
  | { kind: 'cause'; cause: Cause };

/**
 * Places where there are any; else the issuer's diagnosis; else, as against an issuer that gives none, what can be
 * derived from the identifier and the directory. Pure.
 */
export function decideSituation(person: Person, record: DirectoryRecord | undefined): Situation {
  const places = record ? placesOf(record) : [];
  if (places.length > 0) return { kind: 'places', places };
  if (person.repair?.cause) return { kind: 'cause', cause: person.repair.cause };
  if (person.kind === 'employee') return { kind: 'explained', reason: 'employee' };
  if (record?.roles.some(({ role }) => role.active && isLocum(role))) {
    return { kind: 'explained', reason: 'locum' };
  }
  return { kind: 'cause', cause: deriveCause(person, record) };
}

function deriveCause(person: Person, record: DirectoryRecord | undefined): Cause {
  if (person.kind === 'adeli') return 'legacy_adeli_identity';
  if (record && !record.practitioner.active) return 'record_inactive';
  if (record?.roles.some(({ organization }) => organization)) return 'place_closed';
  return 'no_place_of_practice';
}
