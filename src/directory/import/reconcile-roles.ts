import { nothing } from '../extract/scan.ts';
import type { Value } from '../generation/generation-storage.ts';
import type { RoleRow } from '../generation/tables.ts';
import { toHash } from '../technical-id.ts';
import type { Groups } from './breakdown.ts';
import { type Changes, withLife } from './changes.ts';
import { numberOf } from './numbers.ts';
import type { PlaceDepartments } from './place-departments.ts';
import type { PersonRecord, RoleRecord } from './read-people.ts';

interface Dependencies {
  changes: Changes;
  departments: PlaceDepartments;
  /** A number for a role that was never seen. */
  nextRole: () => number;
}

/** The rows of `practitioner_role` to write for a person whose roles were `old`. */
export function createRoleReconciler({ changes, departments, nextRole }: Dependencies) {
  const groupsOf = (profession: string, place: number | null): Groups => ({
    professions: [profession],
    departments: [departments.of(place)],
  });

  function keep(
    practitioner: number,
    familySearch: string,
    role: RoleRecord,
    old?: RoleRow,
  ): Value[] | undefined {
    const place = role.place === nothing ? null : numberOf(role.place);
    const copies = [role.town, role.profession, familySearch];
    const n = old?.n ?? nextRole();
    const groups = groupsOf(role.profession, place);
    const isSame = old?.kind === role.kind;
    const life = changes.keep('practitioner_role', { n, old, isSame, groups }) ?? lifeOf(old, copies);
    return life && [n, toHash(role.high, role.low), practitioner, place, role.kind, ...copies, ...life];
  }

  /** An unchanged role is written again where what it copies has moved. */
  function lifeOf(old: RoleRow | undefined, copies: readonly string[]): Value[] | undefined {
    if (!old) return undefined;
    const { town_search, profession, family_search, active, ended_at, last_updated_at, version_id } = old;
    const isSame = [town_search, profession, family_search].every((value, at) => value === copies[at]);
    return isSame ? undefined : [active, ended_at, last_updated_at, version_id];
  }

  function end(row: RoleRow): Value[] {
    const groups = groupsOf(row.profession, row.organization);
    return withLife('practitioner_role', row, changes.end('practitioner_role', row.n, row, groups));
  }

  const endAll = (rows: readonly RoleRow[]): Value[][] => rows.filter(({ active }) => active === 1).map(end);

  return {
    endAll,
    reconcile(
      practitioner: number,
      { familySearch, roles }: PersonRecord,
      old: readonly RoleRow[],
    ): Value[][] {
      const rows = roles.map((role) => keep(practitioner, familySearch, role, findRole(old, role)));
      const gone = old.filter((row) => !roles.some((role) => isRole(row, role)));
      return [...rows.filter((row) => row !== undefined), ...endAll(gone)];
    },
  };
}

const findRole = (rows: readonly RoleRow[], role: RoleRecord): RoleRow | undefined =>
  rows.find((row) => isRole(row, role));

const isRole = ({ id }: RoleRow, { high, low }: RoleRecord): boolean => toHash(high, low).equals(id);
