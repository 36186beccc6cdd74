import type { Kysely } from 'kysely';
import type { Database, Unit } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Contacts } from './contact-store.ts';
import { maskEmail, maskPhone } from './mask.ts';

interface HistoryTables {
  directory_contact_history: {
    id: string;
    id_nat_ps: string;
    at: number;
    ground: string;
    email: string | null;
    phone: string | null;
    source: string | null;
    actor: string | null;
  };
}

/**
 * What a change came by: her card, her e-CPS with both codes, a request that the Order accepted, a file of the Order;
 * an activation that proved the details, or **Ce n'est pas moi**, which withdrew them.
 */
export type HistoryGround = 'card' | 'ecps' | 'order' | 'file' | 'activation' | 'dispute';

/** Where a change came from, as far as its ground does not tell. */
export interface ChangeOrigin {
  /** Reference of the request, or name of the file. */
  source?: string | null;
  /** Wire form of the national identifier of the operator who accepted it. */
  actor?: string | null;
}

/** One change, told without the values themselves. */
export interface HistoryEntry extends Required<ChangeOrigin> {
  /** Instant, milliseconds. */
  at: number;
  ground: HistoryGround;
  /** `c•••@laposte.net`; null where there was none. */
  maskedEmail: string | null;
  /** `06 •• •• •• 42` */
  maskedPhone: string | null;
}

/** What nobody but the person, or somebody who asked her, has done. */
const own: HistoryGround[] = ['card', 'ecps', 'order', 'activation', 'dispute'];

/** Enough for a person to recognise what she did, and for an operator to see a pattern. */
const shownEntries = 20;

export type ContactHistory = ReturnType<typeof createContactHistory>;

/** The changes of contact details, masked as they are written: nothing here leads to an address again. */
export function createContactHistory(database: Database) {
  return {
    async record(
      unit: Unit,
      idNatPs: string,
      change: { at: number; ground: HistoryGround; contacts: Contacts } & ChangeOrigin,
    ): Promise<void> {
      const { at, ground, contacts, source = null, actor = null } = change;
      await unit
        .as<HistoryTables>()
        .insertInto('directory_contact_history')
        .values({
          ...{ id: newId('cth'), id_nat_ps: idNatPs, at, ground, source, actor },
          email: contacts.email && maskEmail(contacts.email),
          phone: contacts.phone && maskPhone(contacts.phone),
        })
        .execute();
    },

    /** Newest first (index on person and instant). */
    async list(idNatPs: string): Promise<HistoryEntry[]> {
      const rows = await database
        .as<HistoryTables>()
        .selectFrom('directory_contact_history')
        .selectAll()
        .where('id_nat_ps', '=', idNatPs)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(shownEntries)
        .execute();
      return rows.map(rowToEntry);
    },

    /** When each of these people last did something about her details herself. */
    async listOwn(idNatPs: readonly string[], unit?: Unit): Promise<Map<string, number>> {
      const db: Kysely<HistoryTables> = (unit ?? database).as();
      const rows = await db
        .selectFrom('directory_contact_history')
        .select(['id_nat_ps', ({ fn }) => fn.max('at').as('at')])
        .where('id_nat_ps', 'in', idNatPs)
        .where('ground', 'in', own)
        .groupBy('id_nat_ps')
        .execute();
      return new Map(rows.map((row) => [row.id_nat_ps, Number(row.at)]));
    },

    /** Forgets what is older than `before`. */
    async sweep(unit: Unit, before: number): Promise<void> {
      await unit
        .as<HistoryTables>()
        .deleteFrom('directory_contact_history')
        .where('at', '<', before)
        .execute();
    },
  };
}

function rowToEntry(row: HistoryTables['directory_contact_history']): HistoryEntry {
  const { at, ground, email, phone, source, actor } = row;
  return { at, ground: ground as HistoryGround, maskedEmail: email, maskedPhone: phone, source, actor };
}
