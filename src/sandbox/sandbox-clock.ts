import type { VirtualClock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { SandboxTables } from './migrations.ts';

/** The sandbox's time: a row, and the clock that follows it. */
export interface SandboxClock {
  /** Takes up where an earlier process stopped. */
  load(): Promise<void>;
  /** Everything stored ages by `advanceMs`; newly signed tokens keep real time unless `tokens`. */
  advance(unit: Unit, advanceMs: number, tokens: boolean): Promise<void>;
  /** After the row was deleted. */
  rewind(): void;
  isAhead(): boolean;
  /** Whether newly signed tokens show this time instead of the real one. */
  tokensFollow(): boolean;
}

export interface SandboxClockDependencies {
  database: Database;
  /** Judges what is stored. */
  clock: VirtualClock;
}

export function createSandboxClock({ database, clock }: SandboxClockDependencies): SandboxClock {
  let tokensFollow = false;
  const set = (aheadMs: number, tokens: boolean) => {
    clock.setAhead(aheadMs);
    tokensFollow = tokens;
  };
  return {
    async load() {
      const db = database.as<SandboxTables>();
      const row = await db.selectFrom('sandbox_clock').select(['ahead_ms', 'tokens']).executeTakeFirst();
      set(row?.ahead_ms ?? 0, row?.tokens === 1);
    },
    async advance(unit, advanceMs, tokens) {
      const row = await unit
        .as<SandboxTables>()
        .insertInto('sandbox_clock')
        .values({ id: 'clock', ahead_ms: advanceMs, tokens: Number(tokens) })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((eb) => ({
            ahead_ms: eb('sandbox_clock.ahead_ms', '+', advanceMs),
            tokens: Number(tokens),
          })),
        )
        .returning('ahead_ms')
        .executeTakeFirstOrThrow();
      unit.afterCommit(() => set(row.ahead_ms, tokens));
    },
    rewind: () => set(0, false),
    isAhead: () => clock.aheadMs !== 0,
    tokensFollow: () => tokensFollow,
  };
}
