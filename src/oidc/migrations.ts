import type { Migration } from '#platform/database/migrations.ts';

/**
 * What oidc-provider keeps: sessions, interactions, codes, tokens, pushed requests, used assertions.
 * Ids are hashed: whoever reads the table cannot present them.
 */
export interface OidcRecordTable {
  /** The library's model: `Session`, `AuthorizationCode`… */
  model: string;
  /** SHA-256 of the id, base64url. */
  id_hash: string;
  /** JSON, without the id; its seconds are those of the virtual clock. */
  payload: string;
  grant_hash: string | null;
  /** `uid` of a session, or of the session that a token belongs to. */
  session_uid: string | null;
  consumed_at: number | null;
  expires_at: number;
  /** Whose a `Session` is; null for other models, and until somebody signed in. */
  subject: string | null;
}

/** Services in the database; those of the composition root are not in it. */
export interface OidcClientTable {
  client_id: string;
  /** JSON by the names of RFC 7591 section 2; a secret is hashed. */
  metadata: string;
  created_at: number;
}

/** Keys that sign tokens. */
export interface OidcKeyTable {
  alg: string;
  /** Counts up for each algorithm: of two processes that begin a new one, one does. */
  generation: number;
  kid: string;
  /** The private JWK, sealed under a key of the secrets. */
  sealed_jwk: string;
  created_at: number;
  signs_from: number;
  retires_at: number | null;
}

/** Questions of services' programs to holders of cards (`CardQuestion`). */
export interface OidcCardQuestionTable {
  id: string;
  sign_in_id: string;
  /** With its prefix. */
  national_id: string;
  client_id: string;
  service_name: string;
  number: number;
  /** JSON. */
  numbers: string;
  status: string;
  /** JSON; null until it is approved. */
  verification: string | null;
  asked_at: number;
  expires_at: number;
}

export interface OidcTables {
  oidc_card_question: OidcCardQuestionTable;
  oidc_key: OidcKeyTable;
  oidc_record: OidcRecordTable;
  oidc_client: OidcClientTable;
}

export const migrations: Migration[] = [
  {
    name: 'oidc-001-records',
    async up(db) {
      await db.schema
        .createTable('oidc_record')
        .addColumn('model', 'text', (column) => column.notNull())
        .addColumn('id_hash', 'text', (column) => column.notNull())
        .addColumn('payload', 'text', (column) => column.notNull())
        .addColumn('grant_hash', 'text')
        .addColumn('session_uid', 'text')
        .addColumn('consumed_at', 'bigint')
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('oidc_record_key', ['id_hash', 'model'])
        .execute();
      await db.schema
        .createIndex('oidc_record_grant')
        .on('oidc_record')
        .column('grant_hash')
        .where('grant_hash', 'is not', null)
        .execute();
      await db.schema
        .createIndex('oidc_record_session')
        .on('oidc_record')
        .columns(['session_uid', 'model'])
        .where('session_uid', 'is not', null)
        .execute();
      await db.schema.createIndex('oidc_record_expiry').on('oidc_record').column('expires_at').execute();
    },
  },
  {
    name: 'oidc-002-session-subject',
    async up(db) {
      await db.schema.alterTable('oidc_record').addColumn('subject', 'text').execute();
      await db.schema
        .createIndex('oidc_record_subject')
        .on('oidc_record')
        .column('subject')
        .where('subject', 'is not', null)
        .execute();
    },
  },
  {
    name: 'oidc-003-clients',
    async up(db) {
      await db.schema
        .createTable('oidc_client')
        .addColumn('client_id', 'text', (column) => column.primaryKey())
        .addColumn('metadata', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
  {
    name: 'oidc-004-keys',
    async up(db) {
      await db.schema
        .createTable('oidc_key')
        .addColumn('alg', 'text', (column) => column.notNull())
        .addColumn('generation', 'integer', (column) => column.notNull())
        .addColumn('kid', 'text', (column) => column.notNull().unique())
        .addColumn('sealed_jwk', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('signs_from', 'bigint', (column) => column.notNull())
        .addColumn('retires_at', 'bigint')
        .addPrimaryKeyConstraint('oidc_key_key', ['alg', 'generation'])
        .execute();
    },
  },
  {
    name: 'oidc-005-card-questions',
    async up(db) {
      await db.schema
        .createTable('oidc_card_question')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('sign_in_id', 'text', (column) => column.notNull())
        .addColumn('national_id', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addColumn('service_name', 'text', (column) => column.notNull())
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('numbers', 'text', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('verification', 'text')
        .addColumn('asked_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('oidc_card_question_person')
        .on('oidc_card_question')
        .columns(['national_id', 'status'])
        .execute();
      await db.schema
        .createIndex('oidc_card_question_expiry')
        .on('oidc_card_question')
        .column('expires_at')
        .execute();
    },
  },
];

/** Emptied by a sandbox's reset. */
export const resetTables = ['oidc_record', 'oidc_client', 'oidc_card_question'];
