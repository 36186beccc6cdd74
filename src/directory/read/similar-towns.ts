import { type Kysely, sql } from 'kysely';
import type { GenerationTables } from '../generation/tables.ts';
import { foldText } from '../names.ts';
import { isOneEditAway } from './similar-names.ts';

/** Of fewer letters too many towns are near. */
const shortest = 3;
/** Each is one step in an index; more begin alike only where a saint has not been named yet. */
const mostCandidates = 1500;
const mostTowns = 5;

/** What does not tell one town from another. */
const commonBegin = /^(?:(?:saint|sainte|st|ste|le|la|les)[ -])?/;

/** Towns, folded, that begin with this one or are one letter away from it, where its first third is right. */
export async function findSimilarTowns(db: Kysely<GenerationTables>, town: string): Promise<string[]> {
  const sought = foldText(town.trim());
  if (sought.length < shortest) return [];
  const common = commonBegin.exec(sought)?.[0].length ?? 0;
  const begin = sought.slice(0, common + Math.max(2, Math.floor((sought.length - common) / 3)));
  const candidates = await listTowns(db, begin);
  const near = candidates.filter((name) => name.startsWith(sought) || isOneEditAway(name, sought));
  return near.slice(0, mostTowns);
}

/** From one town of the index to the next, however many roles each has. */
async function listTowns(db: Kysely<GenerationTables>, begin: string): Promise<string[]> {
  const end = `${begin}\u{10ffff}`;
  const { rows } = await sql<{ name: string }>`
    with recursive town (name) as (
      select (select min(town_search) from practitioner_role where town_search >= ${begin})
      union all
      select (select min(town_search) from practitioner_role where town_search > town.name)
      from town where town.name < ${end}
    )
    select name from town where name < ${end} limit ${mostCandidates}`.execute(db);
  return rows.map(({ name }) => name);
}
