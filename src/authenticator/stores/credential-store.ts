import { type RawBuilder, type Selectable, sql } from 'kysely';
import { formatIdNatPs, type NationalId } from '#national-id';
import type { Database, Unit } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { PasswordCount } from '../password-ladder.ts';
import { failuresUntilDestroyed, lastTryMs, lifetimeFailures, pauses } from '../policy.ts';
import type { AuthenticatorTables } from '../schema.ts';
import type { PublicKeyJwk } from '../wire.ts';
import { publicKeyJwk } from '../wire-schemas.ts';
import type { Holder } from './enrolment-store.ts';
import { readNationalId } from './national-id-text.ts';

type Rows = AuthenticatorTables['authenticator_credential'];

/** An e-CPS on one phone. Instants are milliseconds. */
export interface Credential {
  id: string;
  nationalId: NationalId;
  deviceThumbprint: string;
  /** The phone as it described itself. */
  device: string;
  locale: Locale;
  holder: Holder;
  authKey: PublicKeyJwk;
  fingerprint: string;
  keyBox: string;
  activatedAt: number;
  expiresAt: number;
  frozenAt: number | null;
  count: PasswordCount;
  /** After the last try: gone from then on. */
  destroyAt: number | null;
}

export type NewCredential = Omit<Credential, 'frozenAt' | 'count' | 'destroyAt'>;

/** `removed`: by **Mot de passe oublié**. `password`: too many wrong ones. The last two: a new e-CPS took its place. */
export type DestructionReason =
  | 'deactivated'
  | 'removed'
  | 'password'
  | 'activated_under_rpps'
  | 'activated_again';

export type CredentialStore = ReturnType<typeof createCredentialStore>;

export function createCredentialStore(database: Database) {
  const queries = prepareQueries(database);
  return {
    async create(unit: Unit, credential: NewCredential): Promise<void> {
      const { holder } = credential;
      await unit
        .as<AuthenticatorTables>()
        .insertInto('authenticator_credential')
        .values({
          id: credential.id,
          national_id: formatIdNatPs(credential.nationalId),
          device_thumbprint: credential.deviceThumbprint,
          device: credential.device,
          locale: credential.locale,
          given_name: holder.givenName,
          family_name: holder.familyName,
          profession: holder.profession,
          auth_key: JSON.stringify(credential.authKey),
          fingerprint: credential.fingerprint,
          key_box: credential.keyBox,
          activated_at: credential.activatedAt,
          expires_at: credential.expiresAt,
          frozen_at: null,
          failures: 0,
          lifetime_failures: 0,
          locked_until: null,
          destroy_at: null,
        })
        .execute();
    },

    async find(id: string, unit?: Unit): Promise<Credential | undefined> {
      const [row] = await queries.find((unit ?? database).as(), id);
      return row && toCredential(row);
    },

    /** Oldest first; expired and frozen ones too. */
    async listOfPerson(nationalId: NationalId, unit?: Unit): Promise<Credential[]> {
      const rows = await queries.listOfPerson((unit ?? database).as(), formatIdNatPs(nationalId));
      return rows.map(toCredential);
    },

    async listOfDevice(thumbprint: string): Promise<Credential[]> {
      const rows = await queries.listOfDevice(database.as(), thumbprint);
      return rows.map(toCredential);
    },

    /**
     * Counts a try before it is made, in one statement: of many at once never one more than the ladder allows.
     * `undefined` where no try may be made now.
     */
    async countTry(unit: Unit, id: string, now: number): Promise<PasswordCount | undefined> {
      const pausesEnd = pauses.map(({ pauseMs }) => now + pauseMs);
      const [row] = await queries.countTry(unit.as(), ...pausesEnd, now + lastTryMs, id, now, now);
      return row && toCount(row);
    },

    /** The last try was right after all: the run ends, and that one was no failure. False where it is gone. */
    async resetRun(unit: Unit, id: string): Promise<boolean> {
      const rows = await queries.resetRun(unit.as(), id);
      return rows.length > 0;
    },

    /** Null thaws. True where that changed something. */
    async setFrozen(unit: Unit, id: string, frozenAt: number | null): Promise<boolean> {
      const row = await unit
        .as<AuthenticatorTables>()
        .updateTable('authenticator_credential')
        .set({ frozen_at: frozenAt })
        .where('id', '=', id)
        .where('frozen_at', frozenAt === null ? 'is not' : 'is', null)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Deletes the row and `k` with it, and leaves a tombstone: of two concurrent calls one is true. */
    async destroy(unit: Unit, id: string, reason: DestructionReason, now: number): Promise<boolean> {
      const db = unit.as<AuthenticatorTables>();
      const row = await db
        .deleteFrom('authenticator_credential')
        .where('id', '=', id)
        .returning('device_thumbprint')
        .executeTakeFirst();
      if (!row) return false;
      await db
        .insertInto('authenticator_tombstone')
        .values({ credential_id: id, device_thumbprint: row.device_thumbprint, reason, destroyed_at: now })
        .execute();
      return true;
    },

    /** Whether it was destroyed. Ids are not guessed: whoever names one had it. */
    async isGone(id: string): Promise<boolean> {
      const row = await database
        .as<AuthenticatorTables>()
        .selectFrom('authenticator_tombstone')
        .select('credential_id')
        .where('credential_id', '=', id)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Those whose last try was followed by no signature. */
    async listUsedUp(now: number): Promise<Credential[]> {
      const rows = await select(database).where('destroy_at', '<=', now).execute();
      return rows.map(toCredential);
    },
  };
}

const select = (reader: Unit | Database) =>
  reader.as<AuthenticatorTables>().selectFrom('authenticator_credential').selectAll();

/** The queries of each sign-in; the samples show their shape, values come with each call. */
function prepareQueries(database: Database) {
  const update = () => database.as<AuthenticatorTables>().updateTable('authenticator_credential');
  return {
    find: prepare(select(database).where('id', '=', '')),
    listOfPerson: prepare(select(database).where('national_id', '=', '').orderBy('activated_at')),
    listOfDevice: prepare(select(database).where('device_thumbprint', '=', '').orderBy('activated_at')),
    countTry: prepare(
      update()
        .set({
          failures: sql`failures + 1`,
          lifetime_failures: sql`lifetime_failures + 1`,
          locked_until: lockAfterTry(),
          destroy_at: sql`case when ${isLastTry} then ${instant()} end`,
        })
        .where('id', '=', '')
        .where('frozen_at', 'is', null)
        .where('destroy_at', 'is', null)
        .where('expires_at', '>', 0)
        .where((is) => is.or([is('locked_until', 'is', null), is('locked_until', '<=', 0)]))
        .returning(['failures', 'lifetime_failures', 'locked_until']),
    ),
    resetRun: prepare(
      update()
        .set({
          failures: sql.lit(0),
          lifetime_failures: sql`lifetime_failures - case when failures > 0 then 1 else 0 end`,
          locked_until: sql.lit(null),
          destroy_at: sql.lit(null),
        })
        .where('id', '=', '')
        .returning('id'),
    ),
  };
}

const isLastTry = sql<boolean>`(failures + 1 >= ${sql.lit(failuresUntilDestroyed)} or lifetime_failures + 1 >= ${sql.lit(lifetimeFailures)})`;

/** PostgreSQL takes a bare parameter of `case` for text. */
const instant = () => sql`cast(${0} as bigint)`;

/** In the row's own statement, so that the count that locks is the count that was written; its values: ends of pauses. */
function lockAfterTry(): RawBuilder<number | null> {
  const steps = pauses.map(({ failures }) => sql`when failures + 1 = ${sql.lit(failures)} then ${instant()}`);
  return sql`case when ${isLastTry} then null ${sql.join(steps, sql` `)} end`;
}

const toCount = (row: Pick<Selectable<Rows>, 'failures' | 'lifetime_failures' | 'locked_until'>) => ({
  failures: row.failures,
  lifetimeFailures: row.lifetime_failures,
  lockedUntil: row.locked_until,
});

function toCredential(row: Selectable<Rows>): Credential {
  return {
    id: row.id,
    nationalId: readNationalId(row.national_id),
    deviceThumbprint: row.device_thumbprint,
    device: row.device,
    locale: row.locale as Locale,
    holder: { givenName: row.given_name, familyName: row.family_name, profession: row.profession },
    authKey: publicKeyJwk.parse(JSON.parse(row.auth_key)),
    fingerprint: row.fingerprint,
    keyBox: row.key_box,
    activatedAt: row.activated_at,
    expiresAt: row.expires_at,
    frozenAt: row.frozen_at,
    count: toCount(row),
    destroyAt: row.destroy_at,
  };
}
