import { type Kysely, sql } from 'kysely';
import { departmentOf } from '../departments.ts';
import type { GenerationStorage } from '../generation/generation-storage.ts';
import type { GenerationTables } from '../generation/tables.ts';
import type { GroupTotals } from './breakdown.ts';
import { createPlaceDepartments, type PlaceDepartments } from './place-departments.ts';

interface CountedGroups {
  groups: GroupTotals;
  departments: PlaceDepartments;
}

/** Places read at a time. */
const pageSize = 50_000;

/** Counts a generation that does not tell how many there are by profession and by département. */
export async function countGroups(storage: GenerationStorage, generation: number): Promise<CountedGroups> {
  const db = await storage.open(generation, { isServed: false });
  if (!db) throw new Error(`generation ${generation} of the directory is missing`);
  try {
    const professions = await countProfessions(db);
    const { ofPlaces, departments } = await countPlaces(db);
    const ofRoles = await countRoles(db, departments);
    return {
      groups: { professions, departments: { organization: ofPlaces, practitioner_role: ofRoles } },
      departments,
    };
  } finally {
    await db.destroy();
  }
}

async function countProfessions(db: Kysely<GenerationTables>): Promise<GroupTotals['professions']> {
  const rows = await db
    .selectFrom('practitioner_role')
    .select([
      'profession',
      sql<number>`count(*)`.as('roles'),
      sql<number>`count(distinct practitioner)`.as('people'),
    ])
    .where('active', '=', 1)
    .groupBy('profession')
    .execute();
  const by = (count: 'roles' | 'people') =>
    Object.fromEntries(rows.map((row) => [row.profession, Number(row[count])]));
  return { practitioner: by('people'), practitioner_role: by('roles') };
}

async function countPlaces(db: Kysely<GenerationTables>) {
  const departments = createPlaceDepartments();
  const ofPlaces: Record<string, number> = {};
  for (let last = 0; ; ) {
    const query = db.selectFrom('organization').select(['n', 'active', 'commune_code', 'postal_code']);
    const rows = await query.where('n', '>', last).orderBy('n').limit(pageSize).execute();
    for (const { n, active, commune_code, postal_code } of rows) {
      const code = departmentOf(commune_code, postal_code) ?? '';
      departments.set(n, code);
      if (active === 1) ofPlaces[code] = (ofPlaces[code] ?? 0) + 1;
    }
    last = rows.at(-1)?.n ?? last;
    if (rows.length < pageSize) return { ofPlaces, departments };
  }
}

async function countRoles(db: Kysely<GenerationTables>, departments: PlaceDepartments) {
  const rows = await db
    .selectFrom('practitioner_role')
    .select(['organization', sql<number>`count(*)`.as('roles')])
    .where('active', '=', 1)
    .groupBy('organization')
    .execute();
  const counts: Record<string, number> = {};
  for (const { organization, roles } of rows) {
    const code = departments.of(organization);
    counts[code] = (counts[code] ?? 0) + Number(roles);
  }
  return counts;
}
