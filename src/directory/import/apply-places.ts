import type { KeyIndex } from '../extract/key-index.ts';
import { createLineReader } from '../extract/line-reader.ts';
import type { Scan } from '../extract/scan.ts';
import type { GenerationDraft, Value } from '../generation/generation-storage.ts';
import type { OrganizationRow } from '../generation/tables.ts';
import { type Changes, withLife } from './changes.ts';
import type { Touched } from './find-touched.ts';
import { idOf, inBatches, numberOf } from './numbers.ts';
import { createPlaceParser, isSamePlace, type OrganizationValues, townAt } from './read-places.ts';

interface Dependencies {
  draft: GenerationDraft;
  scan: Scan;
  keys: KeyIndex;
  changes: Changes;
}

/** Brings the places that an extract tells of, or no longer tells of, up to date; a moved town moves the copies of it. */
export async function applyPlaces(
  { draft, scan, keys, changes }: Dependencies,
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
  }
  for (const places of inBatches(vanished)) await end(places.map(numberOf));

  function create({ n, values }: Told): Value[] {
    return rowOf(n, values, changes.keep('organization', n, undefined, false) ?? []);
  }

  async function reconcile(told: readonly Told[]): Promise<void> {
    const old = await findOld(told.map(({ n }) => n));
    const rows = told.flatMap(({ n, values }) => {
      const before = old.get(n);
      const life = changes.keep(
        'organization',
        n,
        before,
        before !== undefined && isSamePlace(before, values),
      );
      return life ? [rowOf(n, values, life)] : [];
    });
    await draft.replace('organization', rows);
    for (const { n, values } of told) await moveTown(old.get(n), n, values);
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
    const rows = old.map((row) => withLife('organization', row, changes.end('organization', row.n, row)));
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
