import { sql } from 'kysely';
import { z } from 'zod';
import { formatIdNatPs, parseIdNatPs, type Verification } from '#national-id';
import type { Database, Unit } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import { type CardFailure, cardFailures } from './card-failure.ts';
import type { SmartCardTables } from './schema.ts';

/** `first` is the reader that the operator chose; `own` asks the browser anew, under a fresh host name. */
export const readers = ['first', 'own'] as const;
export type Reader = (typeof readers)[number];

export interface NewAttempt {
  id: string;
  signInId: string;
  reader: Reader;
  createdAt: number;
  expiresAt: number;
}

/** What the reader's one answer to an attempt was. */
export interface Presentation {
  attemptId: string;
  reader: Reader;
  presentedAt: number;
  codeHash: string;
  codeExpiresAt: number;
  result: { verification: Verification } | { failure: CardFailure };
}

export interface FailedAttempt {
  failure: CardFailure;
  /** The reader that failed: **Réessayer** goes back to it. */
  reader: Reader;
}

export type Redeemed = { verification: Verification } | FailedAttempt;

export type CardAttemptStore = ReturnType<typeof createCardAttemptStore>;

export function createCardAttemptStore(database: Database) {
  const queries = prepareQueries(database);
  return {
    async create(unit: Unit, attempt: NewAttempt): Promise<void> {
      const { id, signInId, reader, createdAt, expiresAt } = attempt;
      await queries.create(unit.as(), id, signInId, reader, createdAt, expiresAt);
    },

    /** Whether the attempt still waits for a card. */
    async isOpen(id: string, now: number): Promise<boolean> {
      const rows = await queries.findOpen(database.as(), id, now);
      return rows.length > 0;
    },

    /** Records the answer, once: of two concurrent answers one counts. Tells whose sign-in it answers. */
    async present(unit: Unit, presentation: Presentation): Promise<{ signInId: string } | undefined> {
      const { attemptId, reader, presentedAt, codeHash, codeExpiresAt, result } = presentation;
      const [failure, verification] =
        'failure' in result ? [result.failure, null] : [null, encodeVerification(result.verification)];
      const answer = [reader, presentedAt, codeHash, codeExpiresAt, failure, verification];
      const [row] = await queries.present(unit.as(), ...answer, attemptId, presentedAt);
      return row && { signInId: row.sign_in_id };
    },

    /** Redeems a code for the sign-in that it was made for, once: of two concurrent calls one succeeds. */
    async consume(
      unit: Unit,
      { signInId, codeHash, now }: { signInId: string; codeHash: string; now: number },
    ): Promise<Redeemed | undefined> {
      const [row] = await queries.consume(unit.as(), now, codeHash, signInId, now);
      if (!row) return undefined;
      if (row.verification === null) return toFailedAttempt(row);
      await queries.forgetVerification(unit.as(), row.id);
      return { verification: decodeVerification(row.verification) };
    },

    /** The failures of a sign-in that its own browser has been told, newest first. */
    async listFailures(signInId: string): Promise<FailedAttempt[]> {
      const rows = await database
        .as<SmartCardTables>()
        .selectFrom('card_attempt')
        .select(['reader', 'failure'])
        .where('sign_in_id', '=', signInId)
        .where('consumed_at', 'is not', null)
        .where('failure', 'is not', null)
        .orderBy('consumed_at', 'desc')
        .execute();
      return rows.map(toFailedAttempt);
    },

    async deleteExpired(unit: Unit, before: number): Promise<void> {
      await unit.as<SmartCardTables>().deleteFrom('card_attempt').where('expires_at', '<', before).execute();
    },
  };
}

/** What every sign-in by card runs; the values of each run come in the order of the texts. */
function prepareQueries(database: Database) {
  const db = database.as<SmartCardTables>();
  const attempt = { id: '', sign_in_id: '', reader: '', created_at: 0, expires_at: 0 };
  const answer = {
    reader: '',
    presented_at: 0,
    code_hash: '',
    code_expires_at: 0,
    failure: '',
    verification: '',
  };
  return {
    create: prepare(db.insertInto('card_attempt').values(attempt)),
    findOpen: prepare(
      db
        .selectFrom('card_attempt')
        .select('id')
        .where('id', '=', '')
        .where('presented_at', 'is', null)
        .where('expires_at', '>', 0),
    ),
    present: prepare(
      db
        .updateTable('card_attempt')
        .set(answer)
        .where('id', '=', '')
        .where('presented_at', 'is', null)
        .where('expires_at', '>', 0)
        .returning('sign_in_id'),
    ),
    consume: prepare(
      db
        .updateTable('card_attempt')
        .set({ consumed_at: 0 })
        .where('code_hash', '=', '')
        .where('sign_in_id', '=', '')
        .where('consumed_at', 'is', null)
        .where('code_expires_at', '>', 0)
        .returning(['id', 'reader', 'failure', 'verification']),
    ),
    /** The names on a card are needed until they are handed over, and not a moment longer. */
    forgetVerification: prepare(
      db
        .updateTable('card_attempt')
        .set({ verification: sql.lit(null) })
        .where('id', '=', ''),
    ),
  };
}

const failedAttempt = z.object({ failure: z.enum(cardFailures), reader: z.enum(readers) });
const toFailedAttempt = (row: { failure: string | null; reader: string }): FailedAttempt =>
  failedAttempt.parse(row);

const storedVerification = z.object({
  nationalId: z.string().transform((text, context) => {
    const nationalId = parseIdNatPs(text);
    if (!nationalId)
      context.addIssue({ code: 'custom', message: 'nationalId: not a prefixed national identifier' });
    return nationalId ?? z.NEVER;
  }),
  givenName: z.string(),
  familyName: z.string(),
  profession: z.string().nullable(),
  verifiedAt: z.number(),
});

const encodeVerification = ({
  nationalId,
  givenName,
  familyName,
  profession,
  verifiedAt,
}: Verification): string =>
  JSON.stringify({ nationalId: formatIdNatPs(nationalId), givenName, familyName, profession, verifiedAt });

const decodeVerification = (text: string): Verification => ({
  ...storedVerification.parse(JSON.parse(text)),
  method: 'card',
});
