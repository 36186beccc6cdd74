import type { Database, Unit } from '#platform/database/database.ts';
import type { Reach } from './parse-contacts.ts';

interface ChangeTables {
  directory_contact_change: {
    id: string;
    id_nat_ps: string;
    email: string;
    phone: string;
    email_code_mac: string;
    phone_code_mac: string;
    tries: number;
    sent_at: number;
    codes_expire_at: number;
    expires_at: number;
    consumed_at: number | null;
  };
}

/** New details that wait for the two codes sent to them. Instants in milliseconds. */
export interface PendingChange extends Reach {
  id: string;
  idNatPs: string;
  emailCodeMac: string;
  phoneCodeMac: string;
  /** Times that codes were tried since they were sent. */
  tries: number;
  sentAt: number;
  codesExpireAt: number;
  expiresAt: number;
}

export type SentCodes = Pick<PendingChange, 'emailCodeMac' | 'phoneCodeMac' | 'sentAt' | 'codesExpireAt'>;

/** Who may touch a change: its own person only. */
export type ChangeKey = Pick<PendingChange, 'id' | 'idNatPs'>;

const columns = [
  'id',
  'id_nat_ps',
  'email',
  'phone',
  'email_code_mac',
  'phone_code_mac',
  'tries',
  'sent_at',
  'codes_expire_at',
  'expires_at',
] as const;
type Row = Pick<ChangeTables['directory_contact_change'], (typeof columns)[number]>;

export type ChangeStore = ReturnType<typeof createChangeStore>;

export function createChangeStore(database: Database) {
  return {
    async create(unit: Unit, change: Omit<PendingChange, 'tries'>): Promise<void> {
      await unit
        .as<ChangeTables>()
        .insertInto('directory_contact_change')
        .values({
          id: change.id,
          id_nat_ps: change.idNatPs,
          email: change.email,
          phone: change.phone,
          ...codeValues(change),
          expires_at: change.expiresAt,
          consumed_at: null,
        })
        .execute();
    },

    /** Forgets what has expired (index on `expires_at`). */
    async sweep(unit: Unit, now: number): Promise<void> {
      await unit
        .as<ChangeTables>()
        .deleteFrom('directory_contact_change')
        .where('expires_at', '<=', now)
        .execute();
    },

    /** Neither expired nor used. */
    async find({ id, idNatPs }: ChangeKey, now: number): Promise<PendingChange | undefined> {
      const row = await database
        .as<ChangeTables>()
        .selectFrom('directory_contact_change')
        .select(columns)
        .where('id', '=', id)
        .where('id_nat_ps', '=', idNatPs)
        .where('consumed_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row && rowToChange(row);
    },

    /** New codes in place of the old, once a pause: of two calls at the same time one is true. */
    async renewCodes(unit: Unit, key: ChangeKey, codes: SentCodes, notAfter: number): Promise<boolean> {
      const row = await unit
        .as<ChangeTables>()
        .updateTable('directory_contact_change')
        .set(codeValues(codes))
        .where('id', '=', key.id)
        .where('id_nat_ps', '=', key.idNatPs)
        .where('consumed_at', 'is', null)
        .where('sent_at', '<=', notAfter)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    /**
     * Counts a try and answers the change to compare with; `undefined` when no try is left. One statement, so that
     * of many tries at the same time only `most` are compared.
     */
    async countTry(
      unit: Unit,
      { id, idNatPs }: ChangeKey,
      { most, now }: { most: number; now: number },
    ): Promise<PendingChange | undefined> {
      const row = await unit
        .as<ChangeTables>()
        .updateTable('directory_contact_change')
        .set((set) => ({ tries: set('tries', '+', 1) }))
        .where('id', '=', id)
        .where('id_nat_ps', '=', idNatPs)
        .where('consumed_at', 'is', null)
        .where('tries', '<', most)
        .where('codes_expire_at', '>', now)
        .returning(columns)
        .executeTakeFirst();
      return row && rowToChange(row);
    },

    /** Uses a change, once: of two calls at the same time one is true. */
    async consume(unit: Unit, { id, idNatPs }: ChangeKey, now: number): Promise<boolean> {
      const row = await unit
        .as<ChangeTables>()
        .updateTable('directory_contact_change')
        .set({ consumed_at: now })
        .where('id', '=', id)
        .where('id_nat_ps', '=', idNatPs)
        .where('consumed_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Whether it was used already: a second press on the button. */
    async isConsumed({ id, idNatPs }: ChangeKey): Promise<boolean> {
      const row = await database
        .as<ChangeTables>()
        .selectFrom('directory_contact_change')
        .select('id')
        .where('id', '=', id)
        .where('id_nat_ps', '=', idNatPs)
        .where('consumed_at', 'is not', null)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function codeValues({ emailCodeMac, phoneCodeMac, sentAt, codesExpireAt }: SentCodes) {
  return {
    email_code_mac: emailCodeMac,
    phone_code_mac: phoneCodeMac,
    tries: 0,
    sent_at: sentAt,
    codes_expire_at: codesExpireAt,
  };
}

function rowToChange(row: Row): PendingChange {
  return {
    id: row.id,
    idNatPs: row.id_nat_ps,
    email: row.email,
    phone: row.phone,
    emailCodeMac: row.email_code_mac,
    phoneCodeMac: row.phone_code_mac,
    tries: row.tries,
    sentAt: row.sent_at,
    codesExpireAt: row.codes_expire_at,
    expiresAt: row.expires_at,
  };
}
