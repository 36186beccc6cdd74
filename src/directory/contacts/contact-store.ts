import type { Database, Unit } from '#platform/database/database.ts';

interface ContactTables {
  directory_contact: {
    id_nat_ps: string;
    email: string | null;
    phone: string | null;
    verified: number;
    updated_at: number;
  };
}

/** Where the directory reaches a person: codes and notices go there. */
export interface ContactDetails {
  email: string | null;
  /** Mobile, digits and a leading `+` only. */
  phone: string | null;
  /** Whether the person has proven to read both, or the operator vouches for them. */
  verified: boolean;
}

export type ContactRecord = Omit<ContactDetails, 'verified'> & { idNatPs: string };

export function createContactStore(database: Database) {
  return {
    async find(idNatPs: string): Promise<ContactDetails | undefined> {
      const row = await database
        .as<ContactTables>()
        .selectFrom('directory_contact')
        .select(['email', 'phone', 'verified'])
        .where('id_nat_ps', '=', idNatPs)
        .executeTakeFirst();
      return row && { email: row.email, phone: row.phone, verified: row.verified === 1 };
    },

    /** Replaces what was known of each; the operator vouches for them. */
    async put(unit: Unit, records: readonly ContactRecord[], updatedAt: number): Promise<void> {
      for (const { idNatPs, email, phone } of records) {
        const values = { email, phone, verified: 1, updated_at: updatedAt };
        await unit
          .as<ContactTables>()
          .insertInto('directory_contact')
          .values({ id_nat_ps: idNatPs, ...values })
          .onConflict((conflict) => conflict.column('id_nat_ps').doUpdateSet(values))
          .execute();
      }
    },
  };
}

export type ContactStore = ReturnType<typeof createContactStore>;
