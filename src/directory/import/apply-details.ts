import { createLineReader } from '../extract/line-reader.ts';
import { nothing, type Scan } from '../extract/scan.ts';
import type { GenerationDraft, Value } from '../generation/generation-storage.ts';
import { columnsOf, keyOf } from '../generation/schema.ts';
import { joinValues } from '../tuples.ts';
import type { Touched } from './find-touched.ts';
import { inBatches, numberOf } from './numbers.ts';
import { type DetailKind, type DetailParts, details } from './read-details.ts';

/** A row of a detail as the database gives it. */
export type DetailRow = Record<string, Value>;

/**
 * Replaces what a detail extract tells of those that it touches, and reports the rows that are new or gone: they are
 * content of whom they belong to.
 */
export async function applyDetails(
  {
    draft,
    scan,
    parts,
    isFirst,
  }: { draft: GenerationDraft; scan: Scan; parts: DetailParts; isFirst: boolean },
  { touched, vanished }: Touched,
  onDifference: (rows: readonly DetailRow[]) => void,
): Promise<void> {
  const { table, owner, create } = details[scan.extract.header.kind as DetailKind];
  const parse = create(scan.extract.header, parts);
  const readLine = createLineReader(scan);
  const columns = columnsOf(table);

  for (const owners of inBatches(touched)) await replace(owners);
  for (const owners of inBatches(vanished)) await replace(owners, () => []);

  async function replace(owners: number[], read = readRows): Promise<void> {
    const numbers = owners.map(numberOf);
    const rows = onlyOnce(owners.flatMap((index) => read(index)));
    const old = isFirst ? [] : await draft.select<DetailRow>(table, owner, numbers);
    const [added, gone] = compare(rows.map(toRow), old);
    if (added.length + gone.length === 0) return;
    if (!isFirst) await draft.remove(table, owner, numbers);
    await draft.insert(table, rows);
    onDifference([...added, ...gone]);
  }

  function readRows(index: number): Value[][] {
    const rows: Value[][] = [];
    for (let line = scan.firstLine[index] as number; line !== nothing; line = scan.next[line] as number)
      rows.push([numberOf(index), ...parse(readLine(line), numberOf(index))]);
    return rows;
  }

  /** Of rows with one key the last counts. */
  function onlyOnce(rows: Value[][]): Value[][] {
    const { length } = keyOf(table);
    return [...new Map(rows.map((row) => [joinValues(row.slice(0, length).map(String)), row])).values()];
  }

  function toRow(values: Value[]): DetailRow {
    return Object.fromEntries(columns.map((column, at) => [column, values[at] ?? null]));
  }

  function compare(rows: DetailRow[], old: DetailRow[]): [DetailRow[], DetailRow[]] {
    const textOf = (row: DetailRow) => JSON.stringify(columns.map((column) => row[column]));
    const [now, before] = [new Set(rows.map(textOf)), new Set(old.map(textOf))];
    return [rows.filter((row) => !before.has(textOf(row))), old.filter((row) => !now.has(textOf(row)))];
  }
}
