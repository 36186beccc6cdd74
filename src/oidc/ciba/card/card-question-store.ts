import { formatIdNatPs, type NationalId, parseIdNatPs, type Verification } from '#national-id';
import type { Database, Unit } from '#platform/database/database.ts';
import type { OidcCardQuestionTable, OidcTables } from '../../migrations.ts';
import type { CardQuestion, CardQuestionStatus } from './card-question.ts';

export type CardQuestionStore = ReturnType<typeof createCardQuestionStore>;

/** Answered or not, a question is of no use to anybody long after its time. */
const keptMs = 600_000;

export function createCardQuestionStore(database: Database) {
  return {
    async create(unit: Unit, question: CardQuestion): Promise<void> {
      const db = unit.as<OidcTables>();
      await db
        .deleteFrom('oidc_card_question')
        .where('expires_at', '<', question.askedAt - keptMs)
        .execute();
      await db.insertInto('oidc_card_question').values(toRow(question)).execute();
    },

    async find(id: string): Promise<CardQuestion | undefined> {
      const row = await database
        .as<OidcTables>()
        .selectFrom('oidc_card_question')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && toQuestion(row);
    },

    /** What somebody is asked now, oldest first. */
    async listPending(nationalId: NationalId, now: number): Promise<CardQuestion[]> {
      const rows = await database
        .as<OidcTables>()
        .selectFrom('oidc_card_question')
        .selectAll()
        .where('national_id', '=', formatIdNatPs(nationalId))
        .where('status', '=', 'pending')
        .where('expires_at', '>', now)
        .orderBy('asked_at')
        .execute();
      return rows.map(toQuestion);
    },

    /** Ends the open question of a service to somebody. */
    async supersede(unit: Unit, nationalId: NationalId, clientId: string): Promise<void> {
      await unit
        .as<OidcTables>()
        .updateTable('oidc_card_question')
        .set({ status: 'superseded' })
        .where('national_id', '=', formatIdNatPs(nationalId))
        .where('client_id', '=', clientId)
        .where('status', '=', 'pending')
        .execute();
    },

    /** Of two concurrent calls one is true. */
    async advance(
      unit: Unit,
      id: string,
      from: CardQuestionStatus,
      to: { status: CardQuestionStatus; verification?: Verification },
    ): Promise<boolean> {
      const { status, verification } = to;
      const rows = await unit
        .as<OidcTables>()
        .updateTable('oidc_card_question')
        .set({ status, ...(verification ? { verification: JSON.stringify(verification) } : {}) })
        .where('id', '=', id)
        .where('status', '=', from)
        .returning('id')
        .execute();
      return rows.length > 0;
    },
  };
}

function toRow({ nationalId, service, ...question }: CardQuestion): OidcCardQuestionTable {
  return {
    id: question.id,
    sign_in_id: question.signInId,
    national_id: formatIdNatPs(nationalId),
    client_id: service.clientId,
    service_name: service.name,
    number: question.number,
    numbers: JSON.stringify(question.numbers),
    status: question.status,
    verification: question.verification && JSON.stringify(question.verification),
    asked_at: question.askedAt,
    expires_at: question.expiresAt,
  };
}

function toQuestion(row: OidcCardQuestionTable): CardQuestion {
  const nationalId = parseIdNatPs(row.national_id);
  if (!nationalId) throw new Error('national_id: not a prefixed national identifier');
  return {
    id: row.id,
    signInId: row.sign_in_id,
    nationalId,
    service: { clientId: row.client_id, name: row.service_name },
    number: row.number,
    numbers: JSON.parse(row.numbers) as number[],
    status: row.status as CardQuestionStatus,
    verification: row.verification === null ? null : (JSON.parse(row.verification) as Verification),
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
  };
}
