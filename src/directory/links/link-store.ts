import type { Database, Unit } from '#platform/database/database.ts';

interface LinkTables {
  directory_link: { adeli: string; rpps: string };
}

export interface Link {
  adeli: string;
  rpps: string;
}

/** The correspondence of former ADELI numbers with RPPS numbers. */
export function createLinkStore(database: Database) {
  return {
    /** Every RPPS number that the ADELI number leads to. */
    async findRpps(adeli: string): Promise<string[]> {
      const rows = await database
        .as<LinkTables>()
        .selectFrom('directory_link')
        .select('rpps')
        .where('adeli', '=', adeli)
        .orderBy('rpps')
        .execute();
      return rows.map((row) => row.rpps);
    },

    /** Every RPPS number that each of these ADELI numbers leads to, where there is one. */
    async findAll(adelis: readonly string[]): Promise<Map<string, string[]>> {
      const rows = await database
        .as<LinkTables>()
        .selectFrom('directory_link')
        .selectAll()
        .where('adeli', 'in', adelis)
        .execute();
      const groups = Map.groupBy(rows, ({ adeli }) => adeli);
      return new Map([...groups].map(([adeli, own]) => [adeli, own.map(({ rpps }) => rpps)]));
    },

    /** Every ADELI number that leads to the RPPS number (index on `rpps`). */
    async findAdeli(rpps: string): Promise<string[]> {
      const rows = await database
        .as<LinkTables>()
        .selectFrom('directory_link')
        .select('adeli')
        .where('rpps', '=', rpps)
        .orderBy('adeli')
        .execute();
      return rows.map((row) => row.adeli);
    },

    async remove(unit: Unit, adelis: readonly string[]): Promise<void> {
      if (adelis.length === 0) return;
      await unit.as<LinkTables>().deleteFrom('directory_link').where('adeli', 'in', adelis).execute();
    },

    async add(unit: Unit, links: readonly Link[]): Promise<void> {
      if (links.length === 0) return;
      await unit
        .as<LinkTables>()
        .insertInto('directory_link')
        .values(links)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}

export type LinkStore = ReturnType<typeof createLinkStore>;
