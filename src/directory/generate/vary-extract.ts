import { type ActivityColumn, activityColumns } from '../extract/columns.ts';
import { formatExtractRow } from '../extract/format-extract.ts';
import { hashText } from '../extract/hash.ts';
import { makePerson } from './generate-person.ts';
import { pickFamilyName } from './person-names.ts';
import { createRandom } from './random.ts';

const columns = Object.keys(activityColumns) as ActivityColumn[];
const position = (column: ActivityColumn): number => columns.indexOf(column);

export interface VaryOptions {
  /** Part of the people whose rows differ afterwards, in per cent. */
  percent: number;
  seed: number | string;
  /** Rows of the extract that is varied. */
  rows: number;
}

/**
 * The next day's extract: of the people chosen a fifth is gone (as many rows of new people follow at the end), others
 * have another name, function or telephone of their practice. Whoever has several rows changes in all of them.
 */
export async function* varyExtract(
  lines: AsyncIterable<string> | Iterable<string>,
  options: VaryOptions,
): AsyncGenerator<string> {
  let gone = 0;
  for await (const line of lines) {
    const next = varyLine(line, options);
    if (next === undefined) gone++;
    else yield next;
  }
  yield* makeNewcomers(gone, options);
}

function varyLine(line: string, { percent, seed }: VaryOptions): string | undefined {
  const fields = line.split('|');
  const idNatPs = fields[position('idNatPs')] ?? '';
  const { high, low } = hashText(`${seed}/${idNatPs}`);
  if (high / 2 ** 32 >= percent / 100) return line;
  const choice = low % 10;
  if (choice < 2) return undefined;
  return varyFields(fields, choice, `${seed}/${idNatPs}`).join('|');
}

/** Functions that stand in for one another. */
const otherRole = {
  role: { 'FON-01': 'FON-17', 'FON-17': 'FON-01' } as Record<string, string>,
  label: { 'FON-01': 'Titulaire de cabinet', 'FON-17': 'Collaborateur' } as Record<string, string>,
};

function varyFields(fields: string[], choice: number, seed: string): string[] {
  const sector = fields[position('sector')] ?? '';
  const role = fields[position('role')] ?? '';
  const random = createRandom(seed);
  if (choice < 5 && sector === 'SA07') return fields.with(position('phone'), `019900${random.digits(4)}`);
  if (choice < 8 && role !== '' && role !== 'FON-22') {
    const next = otherRole.role[role] ?? 'FON-17';
    return fields.with(position('role'), next).with(position('roleLabel'), otherRole.label[next] ?? '');
  }
  return fields.with(
    position('familyName'),
    `${fields[position('familyName')]}-${pickFamilyName(random).split('-')[0]}`,
  );
}

function* makeNewcomers(count: number, { seed, rows }: VaryOptions): Generator<string> {
  let left = count;
  for (let index = 0; left > 0; index++) {
    for (const record of makePerson({ seed: String(seed), prefix: '101', index, rows }).slice(0, left)) {
      left--;
      yield formatExtractRow(record);
    }
  }
}
