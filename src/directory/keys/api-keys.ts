import { createHash } from 'node:crypto';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import { newId } from '#platform/ids.ts';
import type { DirectoryEvents } from '../events.ts';

/** A key that was handed out. Instants in milliseconds. */
export interface ApiKey {
  /** Who it was made for. */
  name: string;
  createdAt: number;
  revokedAt: number | null;
}

interface KeyTables {
  directory_api_key: { name: string; key_hash: string; created_at: number; revoked_at: number | null };
}

export interface ApiKeys {
  /** The key itself, which is shown this once; `undefined` where somebody of that name holds one. */
  add(name: string): Promise<string | undefined>;
  /** By name. */
  list(): Promise<ApiKey[]>;
  /** False where nobody of that name holds one. */
  revoke(name: string): Promise<boolean>;
  /** Whose it is, of those that were not revoked. */
  findHolder(key: string): Promise<string | undefined>;
  /** Whether one was ever made. */
  any(): Promise<boolean>;
}

/** Keys of the FHIR API: kept as hashes, since nobody needs to read one again. */
export function createApiKeys({
  database,
  clock,
  events,
}: {
  database: Database;
  clock: Clock;
  events: DirectoryEvents;
}): ApiKeys {
  const keys = (unit: Unit) => unit.as<KeyTables>();
  const holders = prepare(
    database
      .as<KeyTables>()
      .selectFrom('directory_api_key')
      .select('name')
      .where('key_hash', '=', '')
      .where('revoked_at', 'is', null),
  );
  return {
    async add(name) {
      const key = newId('hyg');
      const values = { key_hash: hashOf(key), created_at: clock.now(), revoked_at: null };
      const isAdded = await database.write(async (unit) => {
        const rows = await keys(unit)
          .insertInto('directory_api_key')
          .values({ name, ...values })
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet(values).where('directory_api_key.revoked_at', 'is not', null),
          )
          .returning('name')
          .execute();
        if (rows.length > 0) await events.keyAdded(unit, name);
        return rows.length > 0;
      });
      return isAdded ? key : undefined;
    },
    async list() {
      const rows = await database
        .as<KeyTables>()
        .selectFrom('directory_api_key')
        .select(['name', 'created_at', 'revoked_at'])
        .orderBy('name')
        .execute();
      return rows.map(({ name, created_at, revoked_at }) => ({
        name,
        createdAt: Number(created_at),
        revokedAt: revoked_at === null ? null : Number(revoked_at),
      }));
    },
    revoke: (name) =>
      database.write(async (unit) => {
        const rows = await keys(unit)
          .updateTable('directory_api_key')
          .set({ revoked_at: clock.now() })
          .where('name', '=', name)
          .where('revoked_at', 'is', null)
          .returning('name')
          .execute();
        if (rows.length > 0) await events.keyRevoked(unit, name);
        return rows.length > 0;
      }),
    async findHolder(key) {
      const [holder] = await holders(database.as(), hashOf(key));
      return holder?.name;
    },
    async any() {
      const db = database.as<KeyTables>();
      const row = await db.selectFrom('directory_api_key').select('name').limit(1).executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** A key is random, and long enough: a slow hash would add nothing. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
