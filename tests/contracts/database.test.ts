import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type TestContext } from 'node:test';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import type { Migration } from '#platform/database/migrations.ts';
import { openDatabase } from '#platform/database/open-database.ts';
import { forEachEngine, openTestDatabase, temporaryDirectory } from '../support/databases.ts';

interface Tables {
  note: { id: string; at: number };
}

const migrations: Migration[] = [
  {
    name: 'note-001',
    async up(db) {
      await db.schema
        .createTable('note')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
];

const insert = (database: Database, id: string) =>
  database.write((unit) => unit.as<Tables>().insertInto('note').values({ id, at: 1 }).execute());

const ids = async (database: Database) =>
  (await database.as<Tables>().selectFrom('note').select('id').orderBy('id').execute()).map((row) => row.id);

forEachEngine((engine) => {
  test('a NUL in a value is found nowhere and fails nothing', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    await insert(database, 'a');
    const found = database.as<Tables>().selectFrom('note').select('id').where('id', '=', 'a\0');
    assert.deepEqual(await found.execute(), []);
  });

  test('what a unit wrote is seen once it has resolved', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    await insert(database, 'a');
    assert.deepEqual(await ids(database), ['a']);
  });

  test('a unit that throws leaves nothing, and its neighbours of the same turn are kept', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const results = await Promise.allSettled([
      insert(database, 'a'),
      database.write(async (unit) => {
        await unit.as<Tables>().insertInto('note').values({ id: 'lost', at: 1 }).execute();
        throw new Error('refused');
      }),
      insert(database, 'a'),
      insert(database, 'b'),
    ]);
    const failed = results.map((result) => result.status === 'rejected');
    assert.equal(failed[1], true);
    assert.equal(Number(failed[0]) + Number(failed[2]), 1, 'one of two equal keys is refused');
    assert.equal(failed[3], false);
    assert.deepEqual(await ids(database), ['a', 'b']);
  });

  test('a unit reads its own writes, other readers do not see them before its end', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    await database.write(async (unit) => {
      await unit.as<Tables>().insertInto('note').values({ id: 'a', at: 1 }).execute();
      assert.equal((await unit.as<Tables>().selectFrom('note').select('id').execute()).length, 1);
      assert.deepEqual(await ids(database), []);
    });
    assert.deepEqual(await ids(database), ['a']);
  });

  test('what follows a commit never runs after a roll-back', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const ran: string[] = [];
    await database.write(async (unit) => unit.afterCommit(() => ran.push('kept')));
    const refused = database.write(async (unit) => {
      unit.afterCommit(() => ran.push('lost'));
      throw new Error('refused');
    });
    await assert.rejects(refused, /refused/);
    assert.deepEqual(ran, ['kept']);
  });

  test('of many updates with one condition exactly one finds its row', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    await insert(database, 'code');
    const consume = () =>
      database.write((unit) =>
        unit
          .as<Tables>()
          .updateTable('note')
          .set({ at: 2 })
          .where('id', '=', 'code')
          .where('at', '=', 1)
          .returning('id')
          .executeTakeFirst(),
      );
    const rows = await Promise.all(Array.from({ length: 12 }, consume));
    assert.equal(rows.filter(Boolean).length, 1);
  });

  test('units that take the same rows in opposite orders all end', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    for (const id of ['a', 'b', 'c', 'd']) await insert(database, id);
    const touch = (order: readonly string[]) =>
      database.write(async (unit) => {
        for (const id of order) {
          const add = { at: sql<number>`at + 1` };
          await unit.as<Tables>().updateTable('note').set(add).where('id', '=', id).execute();
        }
      });
    const orders = Array.from({ length: 8 }, (_, i) => (i % 2 ? ['a', 'b', 'c', 'd'] : ['d', 'c', 'b', 'a']));
    await Promise.all(orders.map(touch));
    const rows = await database.as<Tables>().selectFrom('note').select('at').execute();
    assert.deepEqual(
      rows.map((row) => row.at),
      [9, 9, 9, 9],
    );
  });

  test('instants come back as numbers', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const at = Date.UTC(2100, 0, 1);
    await database.write((unit) => unit.as<Tables>().insertInto('note').values({ id: 'a', at }).execute());
    const row = await database.as<Tables>().selectFrom('note').select('at').executeTakeFirstOrThrow();
    assert.equal(row.at, at);
  });
});

async function openFile(t: TestContext): Promise<{ database: Database; file: string }> {
  const file = join(await temporaryDirectory(t), 'state.sqlite');
  const database = await openDatabase({ kind: 'sqlite', file });
  t.after(() => database.close());
  await database.write(async (unit) => {
    await migrations[0]?.up(unit.as());
  });
  return { database, file };
}

test('while another process holds the file a unit waits its turn and the event loop goes on', async (t) => {
  const { database, file } = await openFile(t);
  const other = new DatabaseSync(file);
  t.after(() => other.close());
  other.exec('BEGIN IMMEDIATE');
  const written = insert(database, 'late');
  let turns = 0;
  while (turns < 20) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  assert.deepEqual(await ids(database), []);
  other.exec('COMMIT');
  await written;
  assert.deepEqual(await ids(database), ['late']);
});

test('a commit that fails rejects every unit of its group and keeps none', async (t) => {
  const { database, file } = await openFile(t);
  const other = new DatabaseSync(file);
  t.after(() => other.close());
  await database.write(async (unit) => {
    await unit
      .as()
      .schema.createTable('parent')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .execute();
    await unit
      .as()
      .schema.createTable('child')
      .addColumn('id', 'text')
      .addForeignKeyConstraint('child_parent', ['id'], 'parent', ['id'], (c) =>
        c.deferrable().initiallyDeferred(),
      )
      .execute();
  });
  const orphan = database.write((unit) =>
    unit.as<{ child: { id: string } }>().insertInto('child').values({ id: 'nobody' }).execute(),
  );
  const results = await Promise.allSettled([insert(database, 'a'), orphan]);
  assert.deepEqual(
    results.map((result) => result.status),
    ['rejected', 'rejected'],
  );
  assert.deepEqual(await ids(database), []);
  await insert(database, 'b');
  assert.deepEqual(await ids(database), ['b']);
});
