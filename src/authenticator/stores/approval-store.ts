import { type Selectable, sql } from 'kysely';
import { formatIdNatPs, type NationalId } from '#national-id';
import type { Database, Unit } from '#platform/database/database.ts';
import { type PreparedQuery, prepare, prepareList } from '#platform/database/prepare.ts';
import type { ApprovalState } from '../approval.ts';
import type { ApprovalStatus } from '../face.ts';
import type { AuthenticatorTables } from '../schema.ts';
import type { ApprovalKind } from '../wire.ts';
import { readNationalId } from './national-id-text.ts';

type Rows = AuthenticatorTables['authenticator_approval'];

/** A service's question; null for the other kinds. */
export interface SignInQuestion {
  signInId: string;
  browserHash: string;
  clientId: string;
  serviceName: string;
  /** The one that the page shows, and the three that the phone shows. */
  number: number;
  numbers: number[];
}

export interface Approval {
  id: string;
  state: ApprovalState;
  nationalId: NationalId;
  signIn: SignInQuestion | null;
  /** `activation`: the enrolment that waits. */
  enrolmentId: string | null;
  device: string;
  place: string | null;
  requestedAt: number;
  /** Who answered, or for `password` who asked. */
  credentialId: string | null;
}

export type ApprovalStore = ReturnType<typeof createApprovalStore>;

export function createApprovalStore(database: Database) {
  const queries = prepareQueries(database);
  /** The first row shows its shape. */
  let insert: PreparedQuery<unknown> | undefined;
  return {
    async create(unit: Unit, approval: Approval): Promise<void> {
      const row = toRow(approval);
      const db = unit.as<AuthenticatorTables>();
      insert ??= prepare(db.insertInto('authenticator_approval').values(row));
      await insert(db, ...Object.values(row));
    },

    async find(id: string, unit?: Unit): Promise<Approval | undefined> {
      const [row] = await queries.find((unit ?? database).as(), id);
      return row && toApproval(row);
    },

    /** What these persons' phones are asked now, oldest first (index on person and time). */
    async listPending(nationalIds: readonly NationalId[], now: number): Promise<Approval[]> {
      if (nationalIds.length === 0) return [];
      const rows = await queries.listPending(database.as(), nationalIds.map(formatIdNatPs), now);
      return rows.map(toApproval);
    },

    /** How many of a service's questions to a person are open. */
    async countPending(unit: Unit, nationalId: NationalId, clientId: string, now: number): Promise<number> {
      const [row] = await queries.countPending(unit.as(), formatIdNatPs(nationalId), clientId, now);
      return Number(row?.count ?? 0);
    },

    /** The last questions of services that are over, newest first; those that gave way to a newer one left out. */
    async listEnded(nationalId: NationalId, now: number, most: number): Promise<ApprovalState[]> {
      const rows = await queries.listEnded(database.as(), formatIdNatPs(nationalId), now, most);
      return rows.map(toState);
    },

    /** Ends the open question of a browser, whoever it was to. */
    async supersede(unit: Unit, browserHash: string, now: number): Promise<number> {
      const rows = await queries.supersede(unit.as(), now, browserHash, now);
      return rows.length;
    },

    /** Takes the question about an enrolment back from her other phones. */
    async cancelConsent(unit: Unit, enrolmentId: string, now: number): Promise<void> {
      await unit
        .as<AuthenticatorTables>()
        .updateTable('authenticator_approval')
        .set({ status: 'cancelled', answered_at: now })
        .where('enrolment_id', '=', enrolmentId)
        .where('status', '=', 'pending')
        .execute();
    },

    /**
     * Writes the next state if the row still has the state that `approval` was read with: of two concurrent calls
     * one is true.
     */
    async advance(
      unit: Unit,
      { id, state: from }: Approval,
      state: ApprovalState,
      answer: { at: number; credentialId?: string },
    ): Promise<boolean> {
      const next = [state.status, answer.at, state.newElement, answer.credentialId ?? null];
      const rows = await queries.advance(unit.as(), ...next, id, from.status, from.newElement ?? '');
      return rows.length > 0;
    },

    /** Whether this element was not counted for this question yet: of two concurrent calls one is true. */
    async recordEvaluation(unit: Unit, id: string, approvalId: string, at: number): Promise<boolean> {
      const rows = await queries.recordEvaluation(unit.as(), id, approvalId, at);
      return rows.length > 0;
    },

    async deleteExpired(unit: Unit, before: number): Promise<void> {
      const db = unit.as<AuthenticatorTables>();
      await db.deleteFrom('authenticator_approval').where('expires_at', '<', before).execute();
      await db.deleteFrom('authenticator_evaluation').where('at', '<', before).execute();
    },
  };
}

const select = (reader: Unit | Database) =>
  reader.as<AuthenticatorTables>().selectFrom('authenticator_approval').selectAll();

/** The queries of each sign-in; the samples show their shape, values come with each call. */
function prepareQueries(database: Database) {
  const db = database.as<AuthenticatorTables>();
  const pending = sql.lit('pending');
  return {
    find: prepare(select(database).where('id', '=', '')),
    countPending: prepare(
      db
        .selectFrom('authenticator_approval')
        .select((is) => is.fn.countAll<number>().as('count'))
        .where('national_id', '=', '')
        .where('client_id', '=', '')
        .where('status', '=', pending)
        .where('expires_at', '>', 0),
    ),
    listPending: prepareList((nationalIds) =>
      select(database)
        .where('national_id', 'in', nationalIds)
        .where('status', '=', pending)
        .where('kind', '!=', sql.lit('password'))
        .where('expires_at', '>', 0)
        .orderBy('requested_at'),
    ),
    listEnded: prepare(
      select(database)
        .where('national_id', '=', '')
        .where('kind', '=', sql.lit('sign_in'))
        .where('status', 'not in', [sql.lit('superseded'), sql.lit('cancelled')])
        .where((is) => is.or([is('status', '!=', pending), is('expires_at', '<=', 0)]))
        .orderBy('requested_at', 'desc')
        .limit(1),
    ),
    advance: prepare(
      db
        .updateTable('authenticator_approval')
        .set({
          status: '',
          answered_at: 0,
          new_element: '',
          credential_id: sql`coalesce(${''}, credential_id)`,
        })
        .where('id', '=', '')
        .where('status', '=', '')
        .where(sql<boolean>`coalesce(new_element, '') = ${''}`)
        .returning('id'),
    ),
    supersede: prepare(
      db
        .updateTable('authenticator_approval')
        .set({ status: sql.lit('superseded'), answered_at: 0 })
        .where('browser_hash', '=', '')
        .where('status', '=', pending)
        .where('expires_at', '>', 0)
        .returning('id'),
    ),
    recordEvaluation: prepare(
      db
        .insertInto('authenticator_evaluation')
        .values({ id: '', approval_id: '', at: 0 })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id'),
    ),
  };
}

function toRow({ state, signIn, ...approval }: Approval): Selectable<Rows> {
  return {
    id: approval.id,
    kind: state.kind,
    status: state.status,
    national_id: formatIdNatPs(approval.nationalId),
    sign_in_id: signIn?.signInId ?? null,
    browser_hash: signIn?.browserHash ?? null,
    client_id: signIn?.clientId ?? null,
    service_name: signIn?.serviceName ?? null,
    number: signIn?.number ?? null,
    numbers: signIn && JSON.stringify(signIn.numbers),
    enrolment_id: approval.enrolmentId,
    device: approval.device,
    place: approval.place,
    requested_at: approval.requestedAt,
    expires_at: state.expiresAt,
    answered_at: null,
    credential_id: approval.credentialId,
    new_element: null,
  };
}

const toState = (row: Selectable<Rows>): ApprovalState => ({
  kind: row.kind as ApprovalKind,
  status: row.status as ApprovalStatus,
  expiresAt: row.expires_at,
  newElement: row.new_element,
});

function toApproval(row: Selectable<Rows>): Approval {
  return {
    id: row.id,
    state: toState(row),
    nationalId: readNationalId(row.national_id),
    signIn: toQuestion(row),
    enrolmentId: row.enrolment_id,
    device: row.device,
    place: row.place,
    requestedAt: row.requested_at,
    credentialId: row.credential_id,
  };
}

function toQuestion(row: Selectable<Rows>): SignInQuestion | null {
  const { sign_in_id: signInId, browser_hash: browserHash, client_id: clientId, number } = row;
  if (signInId === null || browserHash === null || clientId === null || number === null) return null;
  const numbers = JSON.parse(row.numbers ?? '[]') as number[];
  return { signInId, browserHash, clientId, serviceName: row.service_name ?? '', number, numbers };
}
