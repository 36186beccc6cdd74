import type { Database, Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { Reach } from './parse-contacts.ts';

interface RequestTables {
  directory_contact_request: {
    id: string;
    rpps: string;
    email: string;
    phone: string;
    locale: string;
    requested_at: number;
    expires_at: number;
  };
}

/** A change that somebody without a card asks the Order for. */
export interface ContactRequest extends Reach {
  /** Also the reference that the person is told, such as `7K2-41F`. */
  id: string;
  /** As typed: nobody looked yet whether it leads to somebody. */
  rpps: string;
  locale: Locale;
  /** Instants, milliseconds. */
  requestedAt: number;
  expiresAt: number;
}

const columns = ['id', 'rpps', 'email', 'phone', 'locale', 'requested_at', 'expires_at'] as const;

export type RequestStore = ReturnType<typeof createRequestStore>;

export function createRequestStore(database: Database) {
  return {
    /** False where the reference is taken. */
    async create(unit: Unit, request: ContactRequest): Promise<boolean> {
      const row = await unit
        .as<RequestTables>()
        .insertInto('directory_contact_request')
        .values(requestToRow(request))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Forgets what nobody decided in time. */
    async sweep(unit: Unit, now: number): Promise<void> {
      await unit
        .as<RequestTables>()
        .deleteFrom('directory_contact_request')
        .where('expires_at', '<=', now)
        .execute();
    },

    /** Undecided, oldest first. */
    async list(): Promise<ContactRequest[]> {
      const rows = await database
        .as<RequestTables>()
        .selectFrom('directory_contact_request')
        .select(columns)
        .orderBy('requested_at')
        .orderBy('id')
        .execute();
      return rows.map(rowToRequest);
    },

    async find(id: string): Promise<ContactRequest | undefined> {
      const row = await database
        .as<RequestTables>()
        .selectFrom('directory_contact_request')
        .select(columns)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && rowToRequest(row);
    },

    /** Takes a request out of the queue, once: of two decisions at the same time one gets it. */
    async consume(unit: Unit, id: string): Promise<ContactRequest | undefined> {
      const row = await unit
        .as<RequestTables>()
        .deleteFrom('directory_contact_request')
        .where('id', '=', id)
        .returning(columns)
        .executeTakeFirst();
      return row && rowToRequest(row);
    },
  };
}

function requestToRow({ requestedAt, expiresAt, ...request }: ContactRequest) {
  return { ...request, requested_at: requestedAt, expires_at: expiresAt };
}

function rowToRequest(row: RequestTables['directory_contact_request']): ContactRequest {
  const { requested_at, expires_at, locale, ...request } = row;
  return { ...request, locale: locale as Locale, requestedAt: requested_at, expiresAt: expires_at };
}
