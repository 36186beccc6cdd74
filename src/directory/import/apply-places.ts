import { departmentOf } from '../departments.ts';
import type { KeyIndex } from '../extract/key-index.ts';
import { createLineReader } from '../extract/line-reader.ts';
import type { Scan } from '../extract/scan.ts';
import type { GenerationDraft, Value } from '../generation/generation-storage.ts';
import type { OrganizationRow, RoleRow } from '../generation/tables.ts';
import type { Groups } from './breakdown.ts';
import { type Changes, withLife } from './changes.ts';
import type { Touched } from './find-touched.ts';
import { idOf, inBatches, numberOf } from './numbers.ts';
import type { PlaceDepartments } from './place-departments.ts';
import {
  communeAt,
  createPlaceParser,
  isSamePlace,
  type OrganizationValues,
  postalCodeAt,
  townAt,
} from './read-places.ts';

interface Dependencies {
  draft: GenerationDraft;
  scan: Scan;
  keys: KeyIndex;
  changes: Changes;
  departments: PlaceDepartments;
  /** Hears of each batch how many places it was. */
  onDone: (places: number) => void;
}

/** Brings the places that an extract tells of, or no longer tells of, up to date; a moved town moves the copies of it. */
export async function applyPlaces(
  { draft, scan, keys, changes, departments, onDone }: Dependencies,
  { touched, vanished }: Touched,
): Promise<void> {
  const rowOf = (n: number, values: readonly Value[], life: readonly Value[]): Value[] => [
    n,
    idOf(keys, n),
    ...values,
    ...life,
  ];

  const parse = createPlaceParser(scan.extract.header);
  const read = createLineReader(scan);
  for (const places of inBatches(touched)) {
    const told = places.map((place) => ({
      n: numberOf(place),
      values: parse(read(scan.lastLine[place] as number)),
    }));
    if (changes.isFirst) await draft.insert('organization', told.map(create));
    else await reconcile(told);
    onDone(places.length);
  }
  for (const places of inBatches(vanished)) await end(places.map(numberOf));

  function create({ n, values }: Told): Value[] {
    const groups = place(n, values);
    return rowOf(n, values, changes.keep('organization', { n, old: undefined, isSame: false, groups }) ?? []);
  }

  /** Remembers in which département it is. */
  function place(n: number, values: OrganizationValues): Groups {
    const code = departmentOf(values[communeAt] ?? null, values[postalCodeAt] ?? null) ?? '';
    departments.set(n, code);
    return { departments: [code] };
  }

  async function reconcile(told: readonly Told[]): Promise<void> {
    const old = await findOld(told.map(({ n }) => n));
    const rows: Value[][] = [];
    for (const { n, values } of told) {
      const before = old.get(n);
      const from = departments.of(n);
      const groups = place(n, values);
      if (before) await shift(before, from, departments.of(n));
      const isSame = before !== undefined && isSamePlace(before, values);
      const life = changes.keep('organization', { n, old: before, isSame, groups });
      if (life) rows.push(rowOf(n, values, life));
    }
    await draft.replace('organization', rows);
    for (const { n, values } of told) await moveTown(old.get(n), n, values);
  }

  /** A place that is told of in another département takes its roles with it. */
  async function shift({ n, active }: OrganizationRow, from: string, to: string): Promise<void> {
    if (from === to) return;
    const roles = await draft.select<RoleRow>('practitioner_role', 'organization', [n]);
    const [left, reached] = [{ departments: [from] }, { departments: [to] }];
    changes.breakdown.shift('organization', left, reached, active);
    const count = roles.filter((role) => role.active === 1).length;
    changes.breakdown.shift('practitioner_role', left, reached, count);
  }

  async function moveTown(
    old: OrganizationRow | undefined,
    n: number,
    values: OrganizationValues,
  ): Promise<void> {
    const town = values[townAt] as string;
    if (old && old.city_search !== town)
      await draft.run('update practitioner_role set town_search = ? where organization = ?', [town, n]);
  }

  async function end(numbers: number[]): Promise<void> {
    const old = [...(await findOld(numbers)).values()].filter(({ active }) => active === 1);
    const rows = old.map((row) => {
      const groups = { departments: [departments.of(row.n)] };
      return withLife('organization', row, changes.end('organization', row.n, row, groups));
    });
    await draft.replace('organization', rows);
  }

  async function findOld(numbers: number[]): Promise<Map<number, OrganizationRow>> {
    const rows = await draft.select<OrganizationRow>('organization', 'n', numbers);
    return new Map(rows.map((row) => [row.n, row]));
  }
}

interface Told {
  n: number;
  values: OrganizationValues;
}
