import type { Database } from '#platform/database/database.ts';
import type { SandboxEvents } from '../events.ts';
import type { PersonaCards } from '../persona-cards.ts';
import type { Persona } from '../personas.ts';
import type { CardSlots, Slot } from './card-slot.ts';
import type { PinAnswer, PinCounter } from './pin.ts';
import { type CardListener, presentCard } from './present-card.ts';

/** The reader of the browsers that have none: one slot each. */
export interface Reader {
  find(browser: string | undefined): Promise<Slot | undefined>;
  insert(browser: string, persona: Persona): Promise<void>;
  remove(browser: string): Promise<void>;
  verifyPin(persona: Persona, typed: string): Promise<PinAnswer>;
  triesLeft(persona: Persona): Promise<number>;
  /** See `presentCard`; a persona without a card shows none. */
  present(attempt: string, persona: Persona): Promise<string>;
}

export interface ReaderDependencies {
  database: Database;
  events: SandboxEvents;
  slots: CardSlots;
  pins: PinCounter;
  cards: PersonaCards;
  listener: CardListener;
}

export function createReader(dependencies: ReaderDependencies): Reader {
  const { database, events, slots, pins, cards, listener } = dependencies;
  return {
    find: slots.find,
    triesLeft: (persona) => pins.triesLeft(persona.slug),
    insert: (browser, persona) =>
      database.write(async (unit) => {
        await slots.insert(unit, browser, persona);
        if (persona.card) await events.cardInserted(unit, persona);
      }),
    remove: (browser) => database.write((unit) => slots.remove(unit, browser)),
    verifyPin: (persona, typed) =>
      database.write(async (unit) => {
        const answer = await pins.verify(unit, persona.slug, typed);
        if (!answer.verified) await events.pinRefused(unit, persona);
        return answer;
      }),
    present: async (attempt, persona) => presentCard(listener, attempt, await cards.find(persona)),
  };
}
