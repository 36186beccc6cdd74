import type { Database, Unit } from '#platform/database/database.ts';
import type { SandboxTables } from '../migrations.ts';
import type { PersonaSlug } from '../personas.ts';

/** The "code porteur" of every card of the sandbox. */
export const pin = '1234';

/** A real card blocks after three wrong codes in a row. */
export const pinTries = 3;

export type PinAnswer = { verified: true } | { verified: false; triesLeft: number };

/** Counts wrong codes a card, whatever browser it is in. */
export interface PinCounter {
  /** Counts first, then compares: of concurrent guesses no more than three are looked at. */
  verify(unit: Unit, persona: PersonaSlug, typed: string): Promise<PinAnswer>;
  /** 0 means blocked, until a reset. */
  triesLeft(persona: PersonaSlug): Promise<number>;
}

export function createPinCounter(database: Database): PinCounter {
  return {
    async verify(unit, persona, typed) {
      const failures = await countTry(unit, persona);
      if (failures === undefined) return { verified: false, triesLeft: 0 };
      if (typed !== pin) return { verified: false, triesLeft: pinTries - failures };
      await unit.as<SandboxTables>().deleteFrom('sandbox_pin').where('persona', '=', persona).execute();
      return { verified: true };
    },
    async triesLeft(persona) {
      const row = await database
        .as<SandboxTables>()
        .selectFrom('sandbox_pin')
        .select('failures')
        .where('persona', '=', persona)
        .executeTakeFirst();
      return pinTries - (row?.failures ?? 0);
    },
  };
}

/** One more try in one statement; `undefined` where the card is blocked already. */
async function countTry(unit: Unit, persona: PersonaSlug): Promise<number | undefined> {
  const row = await unit
    .as<SandboxTables>()
    .insertInto('sandbox_pin')
    .values({ persona, failures: 1 })
    .onConflict((conflict) =>
      conflict
        .column('persona')
        .doUpdateSet((eb) => ({ failures: eb('sandbox_pin.failures', '+', 1) }))
        .where('sandbox_pin.failures', '<', pinTries),
    )
    .returning('failures')
    .executeTakeFirst();
  return row?.failures;
}
