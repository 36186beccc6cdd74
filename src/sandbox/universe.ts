import type { Database } from '#platform/database/database.ts';
import { errors } from './errors.ts';
import type { SandboxEvents } from './events.ts';
import type { SeedPhones } from './phone/seed-phones.ts';
import type { CardAuthority } from './pki/index.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import type { Seed } from './seed/seed.ts';
import type { SimulatedPhones } from './simulated/simulated-phones.ts';
import type { World } from './world.ts';

/** The acts that change everything at once. */
export interface Universe {
  /** Ages everything that is stored and judged by a date. */
  advance(advanceMs: number, tokens: boolean): Promise<void>;
  /** Back to the seed: sessions, phones, messages, clock, revocations. */
  reset(): Promise<void>;
}

export interface UniverseDependencies {
  database: Database;
  events: SandboxEvents;
  clock: SandboxClock;
  authority: CardAuthority;
  seed: Seed;
  seedPhones: Pick<SeedPhones, 'restore'>;
  simulated: Pick<SimulatedPhones, 'stop'>;
  world: Pick<World, 'renew'>;
  /** Tables of all modules that hold what people and services have done since the seed, children first. */
  resetTables: readonly string[];
  /** Other processes have clocks of their own, which do not hear of it. */
  isShared: boolean;
}

export function createUniverse(dependencies: UniverseDependencies): Universe {
  const { database, events, clock, authority, seed, resetTables } = dependencies;
  const { seedPhones, simulated, world, isShared } = dependencies;
  return {
    async advance(advanceMs, tokens) {
      if (isShared) throw errors('clock.shared');
      await database.write(async (unit) => {
        await clock.advance(unit, advanceMs, tokens);
        await events.clockAdvanced(unit, advanceMs);
      });
      await authority.reissueCrls();
    },
    async reset() {
      if (isShared && clock.isAhead()) throw errors('clock.shared');
      await simulated.stop();
      await database.write(async (unit) => {
        const db = unit.as<Record<string, object>>();
        for (const table of resetTables) await db.deleteFrom(table).execute();
        await seedPhones.restore(unit);
        await world.renew(unit);
        unit.afterCommit(() => clock.rewind());
      });
      await seed.restore();
      await authority.reinstateAll();
    },
  };
}
