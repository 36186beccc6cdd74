import { hash } from 'node:crypto';
import { type CompiledQuery, type QueryResult, sql } from 'kysely';
import type { Database, Unit } from '#platform/database/database.ts';
import type { OidcRecordTable, OidcTables } from './migrations.ts';

export type OidcRecord = OidcRecordTable;

/** What a reader gets: ids are known to whoever asks, or to nobody. */
export type StoredRecord = Pick<OidcRecord, 'payload' | 'consumed_at' | 'expires_at'>;

/** Someone else was first: a code, token or assertion that can be used once had been used. */
export class AlreadyConsumed extends Error {
  override name = 'AlreadyConsumed';
  readonly model: string;

  constructor(model: string) {
    super(`This ${model} was used before.`);
    this.model = model;
  }
}

export function hashId(id: string): string {
  return hash('sha256', id, 'base64url');
}

export type RecordStore = ReturnType<typeof createRecordStore>;

/** Rows swept at a time: a sweep never holds the writer for long. */
const sweepRows = 500;

/**
 * What is found by the hash of a secret is read in the writer's state; lists see committed state; writing methods take
 * their unit. The texts of the hot queries are made once.
 */
export function createRecordStore(database: Database) {
  const queries = compileQueries(database);
  const readOne = async (query: CompiledQuery, parameters: unknown[]): Promise<StoredRecord | undefined> => {
    const { rows } = await database.latest<OidcTables>().executeQuery<StoredRecord>({ ...query, parameters });
    return rows[0];
  };
  return {
    /** `now`: what has expired by then is not found. */
    find: (model: string, idHash: string, now: number) => readOne(queries.find, [idHash, model, now]),

    findSession: (uid: string, now: number) => readOne(queries.findSession, [uid, now]),

    /** The `uid` of every session that somebody has. */
    async listSessions(subject: string, now: number): Promise<string[]> {
      const rows = await database
        .as<OidcTables>()
        .selectFrom('oidc_record')
        .select('session_uid')
        .where('subject', '=', subject)
        .where('model', '=', 'Session')
        .where('expires_at', '>', now)
        .execute();
      return rows.flatMap(({ session_uid }) => session_uid ?? []);
    },

    /** Creates or replaces. */
    async save(unit: Unit, record: OidcRecord): Promise<void> {
      await execute(unit, queries.save, values(record));
    },

    /** @throws AlreadyConsumed where a row with this id exists: of concurrent calls one succeeds. */
    async createOnce(unit: Unit, record: OidcRecord): Promise<void> {
      const { rows } = await execute(unit, queries.createOnce, values(record));
      if (rows.length === 0) throw new AlreadyConsumed(record.model);
    },

    /**
     * Marks as used and keeps the row `keptMs` longer. Of concurrent calls one succeeds.
     * @throws AlreadyConsumed for the others, and for an id that is gone.
     */
    async consume(unit: Unit, model: string, idHash: string, at: number, keptMs = 0): Promise<void> {
      const { rows } = await execute(unit, queries.consume, [at, keptMs, idHash, model]);
      if (rows.length === 0) throw new AlreadyConsumed(model);
    },

    async delete(unit: Unit, model: string, idHash: string): Promise<void> {
      await execute(unit, queries.delete, [idHash, model]);
    },

    /** Deletes a grant's codes and tokens of one model. */
    async deleteByGrant(unit: Unit, model: string, grantHash: string): Promise<void> {
      await execute(unit, queries.deleteByGrant, [grantHash, model]);
    },

    /** Deletes all that a grant gave. */
    async deleteGrant(unit: Unit, grantHash: string): Promise<void> {
      await execute(unit, queries.deleteGrant, [grantHash]);
    },

    /** Finds the grant of a code, used or not. */
    async findGrantHash(model: string, idHash: string): Promise<string | undefined> {
      const row = await database
        .as<OidcTables>()
        .selectFrom('oidc_record')
        .select('grant_hash')
        .where('id_hash', '=', idHash)
        .where('model', '=', model)
        .executeTakeFirst();
      return row?.grant_hash ?? undefined;
    },

    /** Lets a session live on until `expiresAt`, never shorter than it would. */
    async extendSession(unit: Unit, uid: string, expiresAt: number): Promise<void> {
      await execute(unit, queries.extendSession, [expiresAt, uid, expiresAt]);
    },

    /** Deletes a session and every code and token of it. False where it was gone. */
    async deleteSession(unit: Unit, uid: string): Promise<boolean> {
      const { rows } = await execute(unit, queries.deleteSession, [uid]);
      return rows.some((row) => row.model === 'Session');
    },

    /** Deletes rows that have expired, a batch at a time; returns how many. */
    async sweep(unit: Unit, now: number): Promise<number> {
      const { rows } = await execute(unit, queries.sweep, [now]);
      return rows.length;
    },
  };
}

function execute(
  unit: Unit,
  query: CompiledQuery,
  parameters: unknown[],
): Promise<QueryResult<OidcRecordTable>> {
  return unit
    .as<OidcTables>()
    .executeQuery<OidcRecordTable>({ ...query, parameters } as CompiledQuery<OidcRecordTable>);
}

function values(record: OidcRecord): unknown[] {
  const { model, id_hash, payload, grant_hash, session_uid, consumed_at, expires_at, subject } = record;
  return [model, id_hash, payload, grant_hash, session_uid, consumed_at, expires_at, subject];
}

/** Placeholders stand in for the values of each call; their order is the order of the text. */
function compileQueries(database: Database) {
  const db = database.as<OidcTables>();
  const row: OidcRecordTable = {
    model: '',
    id_hash: '',
    payload: '',
    grant_hash: '',
    session_uid: '',
    consumed_at: 0,
    expires_at: 0,
    subject: '',
  };
  const records = db.selectFrom('oidc_record').select(['payload', 'consumed_at', 'expires_at']);
  const insert = db.insertInto('oidc_record').values(row);
  const compile = (text: ReturnType<typeof sql>) => text.compile(db);
  return {
    find: records.where('id_hash', '=', '').where('model', '=', '').where('expires_at', '>', 0).compile(),
    findSession: records
      .where('session_uid', '=', '')
      .where('model', '=', sql.lit('Session'))
      .where('expires_at', '>', 0)
      .compile(),
    save: insert
      .onConflict((conflict) =>
        conflict.columns(['id_hash', 'model']).doUpdateSet((excluded) => ({
          payload: excluded.ref('excluded.payload'),
          grant_hash: excluded.ref('excluded.grant_hash'),
          session_uid: excluded.ref('excluded.session_uid'),
          consumed_at: excluded.ref('excluded.consumed_at'),
          expires_at: excluded.ref('excluded.expires_at'),
          subject: excluded.ref('excluded.subject'),
        })),
      )
      .compile(),
    createOnce: insert
      .onConflict((conflict) => conflict.columns(['id_hash', 'model']).doNothing())
      .returning('model')
      .compile(),
    consume: compile(
      sql`update oidc_record set consumed_at = ${0}, expires_at = expires_at + ${0}
          where id_hash = ${''} and model = ${''} and consumed_at is null returning model`,
    ),
    delete: compile(sql`delete from oidc_record where id_hash = ${''} and model = ${''}`),
    deleteByGrant: compile(sql`delete from oidc_record where grant_hash = ${''} and model = ${''}`),
    deleteGrant: compile(sql`delete from oidc_record where grant_hash = ${''}`),
    extendSession: compile(
      sql`update oidc_record set expires_at = ${0} where session_uid = ${''} and model = 'Session' and expires_at < ${0}`,
    ),
    deleteSession: compile(sql`delete from oidc_record where session_uid = ${''} returning model`),
    sweep: compile(
      sql`delete from oidc_record where (id_hash, model) in
          (select id_hash, model from oidc_record where expires_at <= ${0} limit ${sql.lit(sweepRows)}) returning model`,
    ),
  };
}
