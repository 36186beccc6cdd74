import type { Kysely } from 'kysely';
import type { GenerationTables } from '../generation/tables.ts';
import { foldText } from '../names.ts';

/** In a shorter name one letter is too much of it. */
const shortest = 4;
const mostCandidates = 20_000;
const mostNames = 20;

/** Family names one edit away: it leaves the first or the last half as it is, which finds the candidates by an index. */
export async function findSimilarNames(db: Kysely<GenerationTables>, familyName: string): Promise<string[]> {
  const sought = foldText(familyName);
  if (sought.length < shortest) return [];
  const half = Math.floor(sought.length / 2);
  const candidates = await Promise.all([
    beginWith(db, 'name', sought.slice(0, half)),
    beginWith(db, 'reversed', reverse(sought.slice(half))),
  ]);
  const names = new Set(candidates.flat().filter((name) => isOneEditAway(name, sought)));
  return [...names].sort().slice(0, mostNames);
}

async function beginWith(
  db: Kysely<GenerationTables>,
  column: 'name' | 'reversed',
  prefix: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('family_name')
    .select('name')
    .where(column, '>=', prefix)
    .where(column, '<', `${prefix}\u{10ffff}`)
    .limit(mostCandidates)
    .execute();
  return rows.map(({ name }) => name);
}

const reverse = (text: string): string => [...text].reverse().join('');

/** One letter more, less or another; what is left after the common beginning must be the common end. */
export function isOneEditAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1 || short === long) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  return short.slice(long.length === short.length ? at + 1 : at) === long.slice(at + 1);
}
