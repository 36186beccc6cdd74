import type { HandedCredential } from '#authenticator';
import type { Database } from '#platform/database/database.ts';
import type { SandboxTables } from '../migrations.ts';
import { findPersona, type Persona } from '../personas.ts';
import { type Behaviour, behaviours } from './behaviour.ts';

/** How a phone answers. */
export interface Order {
  behaviour: Behaviour;
  delayMs: number;
  /** Requests that it answers; null: all. */
  times: number | null;
}

/** The simulated phones: what each holds, and how it answers. */
export interface PhoneStore {
  findPhone(persona: Persona): Promise<HandedCredential | undefined>;
  keepPhone(persona: Persona, phone: HandedCredential): Promise<void>;
  /** Replaces the order before; null: silent from now on. */
  setOrder(persona: Persona, order: Order | null): Promise<void>;
  /** The order for one more request; undefined for a phone that is silent or has answered often enough. */
  consumeAnswer(persona: Persona): Promise<Omit<Order, 'times'> | undefined>;
  hasOrder(persona: Persona): Promise<boolean>;
  /** Whose phones have an order. */
  listOrdered(): Promise<Persona[]>;
}

export function createPhoneStore(database: Database): PhoneStore {
  const read = () => database.as<SandboxTables>().selectFrom('sandbox_phone');
  const ordered = () =>
    read()
      .where('behaviour', 'is not', null)
      .where((eb) => eb.or([eb('remaining', 'is', null), eb('remaining', '>', 0)]));
  const change = (persona: Persona, values: Partial<SandboxTables['sandbox_phone']>) =>
    database.write(async (unit) => {
      await unit
        .as<SandboxTables>()
        .insertInto('sandbox_phone')
        .values({ persona: persona.slug, phone: null, ...silent, ...values })
        .onConflict((conflict) => conflict.column('persona').doUpdateSet(values))
        .execute();
    });
  return {
    async findPhone({ slug }) {
      const row = await read().select('phone').where('persona', '=', slug).executeTakeFirst();
      return row?.phone ? JSON.parse(row.phone) : undefined;
    },
    keepPhone: (persona, phone) => change(persona, { phone: JSON.stringify(phone) }),
    setOrder: (persona, order) => change(persona, order ? valuesOf(order) : silent),
    async consumeAnswer({ slug }) {
      const row = await database.write((unit) =>
        unit
          .as<SandboxTables>()
          .updateTable('sandbox_phone')
          .set((eb) => ({ remaining: eb('remaining', '-', 1) }))
          .where('persona', '=', slug)
          .where('behaviour', 'is not', null)
          .where((eb) => eb.or([eb('remaining', 'is', null), eb('remaining', '>', 0)]))
          .returning(['behaviour', 'delay_ms'])
          .executeTakeFirst(),
      );
      const behaviour = behaviours.find((name) => name === row?.behaviour);
      return row && behaviour && { behaviour, delayMs: row.delay_ms };
    },
    async hasOrder({ slug }) {
      const row = await ordered().select('persona').where('persona', '=', slug).executeTakeFirst();
      return row !== undefined;
    },
    async listOrdered() {
      const rows = await ordered().select('persona').execute();
      return rows.flatMap(({ persona }) => findPersona(persona) ?? []);
    },
  };
}

const silent = { behaviour: null, delay_ms: 0, remaining: null };

function valuesOf({ behaviour, delayMs, times }: Order) {
  return { behaviour, delay_ms: delayMs, remaining: times };
}
