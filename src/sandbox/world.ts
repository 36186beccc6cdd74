import type { Database, Unit } from '#platform/database/database.ts';
import { randomLabel } from '#platform/ids.ts';
import type { SandboxTables } from './migrations.ts';

/**
 * One life of this sandbox, from a reset to the next: a browser that has seen another one holds keys and
 * credentials that nobody knows any more.
 */
export interface World {
  /** Its name; given at the first start and anew by each reset. */
  name(): Promise<string>;
  renew(unit: Unit): Promise<void>;
}

export function createWorld(database: Database): World {
  return {
    async name() {
      return (await findName(database)) ?? (await giveName(database));
    },
    async renew(unit) {
      const row = { id: 'world', name: randomLabel() };
      await unit
        .as<SandboxTables>()
        .insertInto('sandbox_world')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
  };
}

async function findName(database: Database): Promise<string | undefined> {
  const row = await database
    .as<SandboxTables>()
    .selectFrom('sandbox_world')
    .select('name')
    .executeTakeFirst();
  return row?.name;
}

async function giveName(database: Database): Promise<string> {
  const row = { id: 'world', name: randomLabel() };
  await database.write((unit) =>
    unit
      .as<SandboxTables>()
      .insertInto('sandbox_world')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute(),
  );
  return (await findName(database)) ?? row.name;
}
