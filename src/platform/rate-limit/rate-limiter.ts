import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Unit } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import { type PreparedQuery, prepare } from '../database/prepare.ts';

export interface RateLimit {
  most: number;
  windowMs: number;
}

interface RateLimitTables {
  rate_limit: { key: string; taken: number; ends_at: number };
}

export interface RateLimiter {
  /**
   * Takes one of `most` in the current window of `key`, in one statement that also holds the row until the unit
   * ends. Answers from when there is one again where none is left.
   */
  take(unit: Unit, key: string, limit: RateLimit): Promise<{ retryAt: number } | undefined>;
  /** Forgets windows that have ended. */
  sweep(unit: Unit): Promise<void>;
}

export const rateLimitTables = ['rate_limit'];

export const rateLimitMigrations: Migration[] = [
  {
    name: 'rate-limit-001-window',
    async up(db) {
      await db.schema
        .createTable('rate_limit')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('taken', 'integer', (column) => column.notNull())
        .addColumn('ends_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
];

/** Counts in rows, one a key and window, that every process sees and the clock ages. */
export function createRateLimiter({ clock }: { clock: Clock }): RateLimiter {
  let takeOne: PreparedQuery<Taken> | undefined;
  return {
    async take(unit, key, { most, windowMs }) {
      takeOne ??= prepareTake(unit);
      const now = clock.now();
      const [row] = await takeOne(unit.as(), key, now + windowMs, now, now);
      return row && row.taken > most ? { retryAt: row.ends_at } : undefined;
    },

    async sweep(unit) {
      await unit.as<RateLimitTables>().deleteFrom('rate_limit').where('ends_at', '<=', clock.now()).execute();
    },
  };
}

type Taken = Omit<RateLimitTables['rate_limit'], 'key'>;

/** Values of each call: key, end of a window that begins now, now, now. */
function prepareTake(unit: Unit): PreparedQuery<Taken> {
  const isOver = sql<boolean>`rate_limit.ends_at <= ${0}`;
  return prepare(
    unit
      .as<RateLimitTables>()
      .insertInto('rate_limit')
      .values({ key: '', taken: sql.lit(1), ends_at: 0 })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          taken: sql`case when ${isOver} then 1 else rate_limit.taken + 1 end`,
          ends_at: sql`case when ${isOver} then excluded.ends_at else rate_limit.ends_at end`,
        }),
      )
      .returning(['taken', 'ends_at']),
  );
}
