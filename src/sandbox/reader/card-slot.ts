import { createHash } from 'node:crypto';
import type { Database, Unit } from '#platform/database/database.ts';
import type { SandboxTables } from '../migrations.ts';
import { findPersona, type Persona } from '../personas.ts';

/** What one browser of the sandbox holds. */
export interface Slot {
  persona: Persona;
  cardInserted: boolean;
}

/** Which persona a browser is, and whether her card is in its reader. A browser is named by a secret it keeps. */
export interface CardSlots {
  find(browser: string | undefined): Promise<Slot | undefined>;
  /** The browser becomes this persona; her card, if she has one, goes into the reader. */
  insert(unit: Unit, browser: string, persona: Persona): Promise<void>;
  /** Takes the card out; the browser stays the persona's. */
  remove(unit: Unit, browser: string): Promise<void>;
}

export function createCardSlots(database: Database): CardSlots {
  return {
    async find(browser) {
      if (browser === undefined) return undefined;
      const row = await database
        .as<SandboxTables>()
        .selectFrom('sandbox_browser')
        .select(['persona', 'card_inserted'])
        .where('id_hash', '=', hash(browser))
        .executeTakeFirst();
      const persona = row && findPersona(row.persona);
      return persona && { persona, cardInserted: row.card_inserted === 1 };
    },
    async insert(unit, browser, { slug, card }) {
      const row = { id_hash: hash(browser), persona: slug, card_inserted: card ? 1 : 0 };
      await unit
        .as<SandboxTables>()
        .insertInto('sandbox_browser')
        .values(row)
        .onConflict((conflict) => conflict.column('id_hash').doUpdateSet(row))
        .execute();
    },
    async remove(unit, browser) {
      await unit
        .as<SandboxTables>()
        .updateTable('sandbox_browser')
        .set({ card_inserted: 0 })
        .where('id_hash', '=', hash(browser))
        .execute();
    },
  };
}

const hash = (browser: string): string => createHash('sha256').update(browser).digest('hex');
