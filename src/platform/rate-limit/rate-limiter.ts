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

/** A window after one was taken of it. */
export interface Window {
  /** How many there are still; below zero where more were asked for. */
  left: number;
  /** Instant, milliseconds. */
  endsAt: number;
}

export interface RateLimiter {
  /** Takes one, whatever is left, and tells what that is: for whoever shows it. */
  count(unit: Unit, key: string, limit: RateLimit): Promise<Window>;
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

  async function count(unit: Unit, key: string, { most, windowMs }: RateLimit): Promise<Window> {
    takeOne ??= prepareTake(unit);
    const now = clock.now();
    const [row] = await takeOne(unit.as(), key, now + windowMs, now, now);
    return { left: most - (row?.taken ?? 0), endsAt: Number(row?.ends_at ?? now) };
  }

  return {
    count,
    async take(unit, key, limit) {
      const { left, endsAt } = await count(unit, key, limit);
      return left < 0 ? { retryAt: endsAt } : undefined;
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
