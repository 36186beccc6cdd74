import type { Kysely } from 'kysely';
import type { Database, Unit } from '#platform/database/database.ts';
import { type ChangeOrigin, createContactHistory } from './contact-history.ts';

interface ContactTables {
  directory_contact: {
    id_nat_ps: string;
    email: string | null;
    phone: string | null;
    verified: number;
    changed_under: string | null;
    updated_at: number;
  };
}

/** What proved that the change was the person's own, or `file`: an Order told of it in one; null for what was there first. */
export type ChangeGround = 'card' | 'ecps' | 'order' | 'file';

/** An address and a mobile. */
export interface Contacts {
  email: string | null;
  /** Mobile, digits and a leading `+` only. */
  phone: string | null;
}

/** Where the directory reaches a person: codes and notices go there. */
export interface ContactDetails extends Contacts {
  /** Whether the person has proven to read both, or the operator vouches for them. */
  verified: boolean;
  /** Instant, milliseconds. */
  changedAt: number;
  /** `dispute`: the person withdrew a change that was not hers. */
  changedUnder: ChangeGround | 'dispute' | null;
}

export type ContactRecord = Contacts & { idNatPs: string };

const columns = ['email', 'phone', 'verified', 'changed_under', 'updated_at'] as const;

type Row = Pick<ContactTables['directory_contact'], (typeof columns)[number]>;

export type ContactStore = ReturnType<typeof createContactStore>;

/** What is known of each person; every change is written into the history with it. */
export function createContactStore(database: Database) {
  const history = createContactHistory(database);
  return {
    /** What is committed, or with `unit` what that unit sees. */
    async find(idNatPs: string, unit?: Unit): Promise<ContactDetails | undefined> {
      const db: Kysely<ContactTables> = (unit ?? database).as();
      const row = await db
        .selectFrom('directory_contact')
        .select(columns)
        .where('id_nat_ps', '=', idNatPs)
        .executeTakeFirst();
      return row && rowToDetails(row);
    },

    /** The same of many. */
    async findAll(idNatPs: readonly string[], unit?: Unit): Promise<Map<string, ContactDetails>> {
      const db: Kysely<ContactTables> = (unit ?? database).as();
      const rows = await db
        .selectFrom('directory_contact')
        .select(['id_nat_ps', ...columns])
        .where('id_nat_ps', 'in', idNatPs)
        .execute();
      return new Map(rows.map((row) => [row.id_nat_ps, rowToDetails(row)]));
    },

    /** Replaces what was known of one person. */
    async change(
      unit: Unit,
      idNatPs: string,
      details: ContactDetails & { changedUnder: ChangeGround | null },
      origin: ChangeOrigin = {},
    ): Promise<void> {
      const values = {
        email: details.email,
        phone: details.phone,
        verified: details.verified ? 1 : 0,
        changed_under: details.changedUnder,
        updated_at: details.changedAt,
      };
      await unit
        .as<ContactTables>()
        .insertInto('directory_contact')
        .values({ id_nat_ps: idNatPs, ...values })
        .onConflict((conflict) => conflict.column('id_nat_ps').doUpdateSet(values))
        .execute();
      const { changedAt: at, changedUnder } = details;
      await history.record(unit, idNatPs, {
        ...origin,
        ...{ at, ground: changedUnder ?? 'file', contacts: details },
      });
    },

    /** Takes back the change made at `changedAt`, once; nothing is known then. */
    async withdraw(unit: Unit, idNatPs: string, changedAt: number, now: number): Promise<boolean> {
      const row = await unit
        .as<ContactTables>()
        .updateTable('directory_contact')
        .set({ email: null, phone: null, verified: 0, changed_under: 'dispute', updated_at: now })
        .where('id_nat_ps', '=', idNatPs)
        .where('updated_at', '=', changedAt)
        .returning('id_nat_ps')
        .executeTakeFirst();
      if (!row) return false;
      await history.record(unit, idNatPs, {
        ...{ at: now, ground: 'dispute', contacts: { email: null, phone: null } },
      });
      return true;
    },

    /** The person reads both: she answered a message sent at `sentAt`. Details that are newer stay as they are. */
    async confirm(unit: Unit, idNatPs: string, sentAt: number, now: number): Promise<boolean> {
      const row = await unit
        .as<ContactTables>()
        .updateTable('directory_contact')
        .set({ verified: 1 })
        .where('id_nat_ps', '=', idNatPs)
        .where('verified', '=', 0)
        .where('updated_at', '<=', sentAt)
        .returning(['email', 'phone'])
        .executeTakeFirst();
      if (!row) return false;
      await history.record(unit, idNatPs, { at: now, ground: 'activation', contacts: row });
      return true;
    },
  };
}

function rowToDetails(row: Row): ContactDetails {
  return {
    email: row.email,
    phone: row.phone,
    verified: row.verified === 1,
    changedAt: row.updated_at,
    changedUnder: row.changed_under as ContactDetails['changedUnder'],
  };
}
