import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Unit } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';

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
  return {
    async take(unit, key, { most, windowMs }) {
      const now = clock.now();
      const endsAt = now + windowMs;
      const row = await unit
        .as<RateLimitTables>()
        .insertInto('rate_limit')
        .values({ key, taken: 1, ends_at: endsAt })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({
            taken: sql`case when rate_limit.ends_at <= ${now} then 1 else rate_limit.taken + 1 end`,
            ends_at: sql`case when rate_limit.ends_at <= ${now} then ${endsAt} else rate_limit.ends_at end`,
          }),
        )
        .returning(['taken', 'ends_at'])
        .executeTakeFirstOrThrow();
      return row.taken > most ? { retryAt: row.ends_at } : undefined;
    },

    async sweep(unit) {
      await unit.as<RateLimitTables>().deleteFrom('rate_limit').where('ends_at', '<=', clock.now()).execute();
    },
  };
}
