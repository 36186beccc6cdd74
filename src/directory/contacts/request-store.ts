import type { Database, Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';
import { maskEmail, maskPhone } from './mask.ts';
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
    decision: string | null;
    reason: string | null;
    decided_by: string | null;
    decided_at: number | null;
  };
}

/** Why a request was refused. */
export const refusalReasons = ['not_verified', 'not_asked', 'no_record', 'wrong_details'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export interface Verdict {
  decision: 'accepted' | 'refused';
  reason: RefusalReason | null;
  /** Wire form of the national identifier of the operator; null for the command line. */
  decidedBy: string | null;
  /** Instant, milliseconds. */
  decidedAt: number;
}

/** A request that somebody has decided: its address and mobile are masked for good. */
export interface DecidedRequest extends Verdict {
  id: string;
  rpps: string;
  maskedEmail: string;
  maskedPhone: string;
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
type Row = Pick<RequestTables['directory_contact_request'], (typeof columns)[number]>;

/** Enough to see what a colleague did this morning. */
const shownDecisions = 10;

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
        .where('decided_at', 'is', null)
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
        .where('decided_at', 'is', null)
        .executeTakeFirst();
      return row && rowToRequest(row);
    },

    /** Newest decision first; with `id` that one alone. */
    async listDecided(id?: string): Promise<DecidedRequest[]> {
      const decided = database
        .as<RequestTables>()
        .selectFrom('directory_contact_request')
        .selectAll()
        .where('decided_at', 'is not', null);
      const named = id === undefined ? decided : decided.where('id', '=', id);
      const rows = await named.orderBy('decided_at', 'desc').orderBy('id').limit(shownDecisions).execute();
      return rows.map(rowToDecided);
    },

    /**
     * Decides a request, once: of two decisions at the same time one is true. Its address and mobile are masked where
     * they lie; who decided stays until the request would have been forgotten.
     */
    async decide(unit: Unit, request: ContactRequest, verdict: Verdict): Promise<boolean> {
      const row = await unit
        .as<RequestTables>()
        .updateTable('directory_contact_request')
        .set({
          ...{ decision: verdict.decision, reason: verdict.reason },
          ...{ decided_by: verdict.decidedBy, decided_at: verdict.decidedAt },
          ...{ email: maskEmail(request.email), phone: maskPhone(request.phone) },
        })
        .where('id', '=', request.id)
        .where('decided_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function requestToRow({ requestedAt, expiresAt, ...request }: ContactRequest) {
  const open = { decision: null, reason: null, decided_by: null, decided_at: null };
  return { ...request, ...open, requested_at: requestedAt, expires_at: expiresAt };
}

function rowToRequest(row: Row): ContactRequest {
  const { requested_at, expires_at, locale, ...request } = row;
  return { ...request, locale: locale as Locale, requestedAt: requested_at, expiresAt: expires_at };
}

function rowToDecided(row: RequestTables['directory_contact_request']): DecidedRequest {
  return {
    ...{ id: row.id, rpps: row.rpps, maskedEmail: row.email, maskedPhone: row.phone },
    decision: row.decision as DecidedRequest['decision'],
    reason: row.reason as DecidedRequest['reason'],
    decidedBy: row.decided_by,
    decidedAt: row.decided_at ?? 0,
  };
}
