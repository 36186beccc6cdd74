import type { Insertable, Selectable, Updateable } from 'kysely';
import type { NationalId } from '#national-id';
import { formatIdNatPs } from '#national-id';
import type { Database, Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { EnrolmentState } from '../enrolment.ts';
import type { AuthenticatorTables } from '../schema.ts';
import type { EnrolmentEnd, EnrolmentStage } from '../wire.ts';
import { readNationalId } from './national-id-text.ts';

type Rows = AuthenticatorTables['authenticator_enrolment'];

/** Names as the directory, or the card, has them. */
export interface Holder {
  givenName: string;
  familyName: string;
  profession: string | null;
}

export interface Enrolment {
  id: string;
  version: number;
  state: EnrolmentState;
  nationalId: NationalId;
  /** Null for a number that leads to nobody. */
  holder: Holder | null;
  device: string;
  place: string | null;
  locale: Locale;
  createdAt: number;
  codeMac: string | null;
  /** The credential to be, once an element was evaluated; without its key box once it is active. */
  credentialId: string | null;
  prepared: PreparedCredential | null;
}

export interface PreparedCredential {
  credentialId: string;
  fingerprint: string;
  keyBox: string;
}

export type NewEnrolment = Omit<Enrolment, 'version' | 'codeMac' | 'credentialId' | 'prepared'>;

/** What a transition changes beside the state. */
export interface EnrolmentChanges {
  codeMac?: string | null;
  /** Null once it is active. */
  prepared?: PreparedCredential | null;
  /** The phone that redeemed a card's link. */
  device?: string;
  /** As the directory has her when a mail is sent. */
  holder?: Holder | null;
}

export type EnrolmentStore = ReturnType<typeof createEnrolmentStore>;

export function createEnrolmentStore(database: Database) {
  return {
    /** Of two concurrent ones with the same pending number and phone one is created. */
    async create(unit: Unit, enrolment: NewEnrolment): Promise<boolean> {
      const row = await unit
        .as<AuthenticatorTables>()
        .insertInto('authenticator_enrolment')
        .values(newRow(enrolment))
        .onConflict((conflict) => conflict.column('pending_key').doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async find(id: string, unit?: Unit): Promise<Enrolment | undefined> {
      const row = await select(unit ?? database)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && toEnrolment(row);
    },

    /** The one that waits for its mail. */
    async findPending(unit: Unit, nationalId: NationalId, device: string): Promise<Enrolment | undefined> {
      const row = await select(unit)
        .where('pending_key', '=', pendingKey(nationalId, device))
        .executeTakeFirst();
      return row && toEnrolment(row);
    },

    /** Newest first; those that ended before `endedAfter`, or were given up, left out. */
    async listOfDevice(device: string, endedAfter: number): Promise<Enrolment[]> {
      const rows = await select(database)
        .where('device_thumbprint', '=', device)
        .where('stage', '!=', 'active')
        .where((is) => is.or([is('ended_by', 'is', null), is('ended_by', '!=', 'cancelled')]))
        .where('expires_at', '>', endedAfter)
        .orderBy('created_at', 'desc')
        .execute();
      return rows.map(toEnrolment);
    },

    /**
     * Writes the next state if nobody else wrote one since `enrolment` was read: of two concurrent calls one is
     * true.
     */
    async advance(
      unit: Unit,
      { id, version, nationalId }: Enrolment,
      state: EnrolmentState,
      changes: EnrolmentChanges = {},
    ): Promise<boolean> {
      const row = await unit
        .as<AuthenticatorTables>()
        .updateTable('authenticator_enrolment')
        .set({ ...stateColumns(state, nationalId), ...changedColumns(changes), version: version + 1 })
        .where('id', '=', id)
        .where('version', '=', version)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async deleteExpired(unit: Unit, before: number): Promise<void> {
      await unit
        .as<AuthenticatorTables>()
        .deleteFrom('authenticator_enrolment')
        .where('expires_at', '<', before)
        .execute();
    },
  };
}

const select = (reader: Unit | Database) =>
  reader.as<AuthenticatorTables>().selectFrom('authenticator_enrolment').selectAll();

const pendingKey = (nationalId: NationalId, device: string): string =>
  `${formatIdNatPs(nationalId)} ${device}`;

function newRow({ id, state, nationalId, holder, ...enrolment }: NewEnrolment): Insertable<Rows> {
  return {
    ...stateColumns(state, nationalId),
    id,
    version: 1,
    channel: state.channel,
    national_id: formatIdNatPs(nationalId),
    device: enrolment.device,
    place: enrolment.place,
    locale: enrolment.locale,
    ...holderColumns(holder),
    created_at: enrolment.createdAt,
    code_mac: null,
    credential_id: null,
    fingerprint: null,
    key_box: null,
  };
}

function stateColumns(state: EnrolmentState, nationalId: NationalId) {
  const waits = state.channel === 'mail' && state.stage === 'requested' && state.device !== null;
  return {
    stage: state.stage,
    ended_by: state.end,
    device_thumbprint: state.device,
    pending_key: waits ? pendingKey(nationalId, state.device ?? '') : null,
    expires_at: state.expiresAt,
    mails_sent_at: JSON.stringify(state.mailsSentAt),
    sms_sent_at: JSON.stringify(state.smsSentAt),
    code_expires_at: state.code?.expiresAt ?? null,
    code_tries: state.code?.tries ?? 0,
    consent_expires_at: state.consent?.expiresAt ?? null,
    evaluations: state.evaluations,
  } satisfies Updateable<Rows>;
}

function changedColumns(changes: EnrolmentChanges): Updateable<Rows> {
  const { codeMac, prepared, device, holder } = changes;
  return {
    ...(codeMac === undefined ? {} : { code_mac: codeMac }),
    ...(device === undefined ? {} : { device }),
    ...(holder === undefined ? {} : holderColumns(holder)),
    ...(prepared === undefined ? {} : preparedColumns(prepared)),
  };
}

const holderColumns = (holder: Holder | null) => ({
  given_name: holder?.givenName ?? null,
  family_name: holder?.familyName ?? null,
  profession: holder?.profession ?? null,
});

const preparedColumns = (prepared: PreparedCredential | null) =>
  prepared
    ? {
        credential_id: prepared.credentialId,
        fingerprint: prepared.fingerprint,
        key_box: prepared.keyBox,
      }
    : { key_box: null };

function toEnrolment(row: Selectable<Rows>): Enrolment {
  return {
    id: row.id,
    version: row.version,
    state: toState(row),
    nationalId: readNationalId(row.national_id),
    holder:
      row.given_name === null || row.family_name === null
        ? null
        : { givenName: row.given_name, familyName: row.family_name, profession: row.profession },
    device: row.device,
    place: row.place,
    locale: row.locale as Locale,
    createdAt: row.created_at,
    codeMac: row.code_mac,
    credentialId: row.credential_id,
    prepared:
      row.credential_id === null || row.fingerprint === null || row.key_box === null
        ? null
        : { credentialId: row.credential_id, fingerprint: row.fingerprint, keyBox: row.key_box },
  };
}

function toState(row: Selectable<Rows>): EnrolmentState {
  return {
    channel: row.channel as EnrolmentState['channel'],
    stage: row.stage as EnrolmentStage,
    end: row.ended_by as EnrolmentEnd | null,
    device: row.device_thumbprint,
    expiresAt: row.expires_at,
    mailsSentAt: JSON.parse(row.mails_sent_at) as number[],
    smsSentAt: JSON.parse(row.sms_sent_at) as number[],
    code: row.code_expires_at === null ? null : { expiresAt: row.code_expires_at, tries: row.code_tries },
    consent: row.consent_expires_at === null ? null : { expiresAt: row.consent_expires_at },
    evaluations: row.evaluations,
  };
}
