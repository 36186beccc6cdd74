import type { CreateTableBuilder, Kysely } from 'kysely';
import type { Migration } from '#platform/database/migrations.ts';
import type { AuthenticatorTables } from './schema.ts';

type Table = keyof AuthenticatorTables;
type Builder = CreateTableBuilder<Table, never>;

const required = (builder: Builder, type: 'text' | 'bigint' | 'integer', names: readonly string[]) =>
  names.reduce<Builder>(
    (table, name) => table.addColumn(name, type, (column) => column.notNull()) as Builder,
    builder,
  );
const optional = (builder: Builder, type: 'text' | 'bigint' | 'integer', names: readonly string[]) =>
  names.reduce<Builder>((table, name) => table.addColumn(name, type) as Builder, builder);
const keyed = (db: Kysely<unknown>, table: Table, key: string): Builder =>
  db.schema.createTable(table).addColumn(key, 'text', (column) => column.primaryKey()) as Builder;

export const migrations: Migration[] = [
  { name: 'authenticator-001-device', up: createDevices },
  { name: 'authenticator-002-enrolment', up: createEnrolments },
  { name: 'authenticator-003-credential', up: createCredentials },
  { name: 'authenticator-004-approval', up: createApprovals },
  { name: 'authenticator-005-removal', up: createRemovals },
];

async function createDevices(db: Kysely<unknown>): Promise<void> {
  const devices = required(keyed(db, 'authenticator_device', 'thumbprint'), 'text', ['public_key']);
  await required(devices, 'bigint', ['created_at']).execute();
  await required(keyed(db, 'authenticator_proof', 'id'), 'bigint', ['expires_at']).execute();
  await createIndex(db, 'authenticator_proof', ['expires_at']);
}

async function createEnrolments(db: Kysely<unknown>): Promise<void> {
  let table = keyed(db, 'authenticator_enrolment', 'id');
  table = required(table, 'integer', ['version', 'code_tries', 'evaluations']);
  table = required(table, 'bigint', ['created_at', 'expires_at']);
  table = required(table, 'text', ['channel', 'stage', 'national_id', 'device', 'locale']);
  table = required(table, 'text', ['mails_sent_at', 'sms_sent_at']);
  table = table.addColumn('pending_key', 'text', (column) => column.unique()) as Builder;
  table = optional(table, 'bigint', ['code_expires_at', 'consent_expires_at']);
  table = optional(table, 'text', ['ended_by', 'device_thumbprint', 'place', 'given_name', 'family_name']);
  table = optional(table, 'text', ['profession', 'code_mac', 'credential_id', 'fingerprint']);
  await optional(table, 'text', ['key_box']).execute();
  await createIndex(db, 'authenticator_enrolment', ['device_thumbprint']);
  await createIndex(db, 'authenticator_enrolment', ['expires_at']);
}

async function createCredentials(db: Kysely<unknown>): Promise<void> {
  let table = keyed(db, 'authenticator_credential', 'id');
  table = required(table, 'text', ['national_id', 'device_thumbprint', 'device', 'locale', 'given_name']);
  table = required(table, 'text', ['family_name', 'auth_key', 'fingerprint', 'key_box']);
  table = required(table, 'bigint', ['activated_at', 'expires_at']);
  table = required(table, 'integer', ['failures', 'lifetime_failures']);
  table = optional(table, 'bigint', ['frozen_at', 'locked_until', 'destroy_at']);
  await optional(table, 'text', ['profession']).execute();
  await createIndex(db, 'authenticator_credential', ['national_id']);
  await createIndex(db, 'authenticator_credential', ['device_thumbprint']);
  await createIndex(db, 'authenticator_credential', ['destroy_at']);
  const stones = keyed(db, 'authenticator_tombstone', 'credential_id');
  await required(required(stones, 'text', ['device_thumbprint', 'reason']), 'bigint', [
    'destroyed_at',
  ]).execute();
}

async function createApprovals(db: Kysely<unknown>): Promise<void> {
  let table = keyed(db, 'authenticator_approval', 'id');
  table = required(table, 'text', ['kind', 'status', 'national_id', 'device']);
  table = required(table, 'bigint', ['requested_at', 'expires_at']);
  table = optional(table, 'text', ['sign_in_id', 'browser_hash', 'client_id', 'service_name', 'numbers']);
  table = optional(table, 'text', ['enrolment_id', 'place', 'credential_id', 'new_element']);
  table = optional(table, 'integer', ['number']);
  await optional(table, 'bigint', ['answered_at']).execute();
  await createIndex(db, 'authenticator_approval', ['national_id', 'requested_at']);
  await createIndex(db, 'authenticator_approval', ['browser_hash']);
  await createIndex(db, 'authenticator_approval', ['enrolment_id']);
  await createIndex(db, 'authenticator_approval', ['expires_at']);

  const evaluations = required(keyed(db, 'authenticator_evaluation', 'id'), 'text', ['approval_id']);
  await required(evaluations, 'bigint', ['at']).execute();
  await createIndex(db, 'authenticator_evaluation', ['at']);
  const blocked = keyed(db, 'authenticator_blocked_browser', 'browser_hash');
  await required(blocked, 'bigint', ['blocked_until']).execute();
  await db.schema
    .createTable('authenticator_known_browser')
    .addColumn('national_id', 'text', (column) => column.notNull())
    .addColumn('browser_hash', 'text', (column) => column.notNull())
    .addColumn('used_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('authenticator_known_browser_key', ['national_id', 'browser_hash'])
    .execute();
}

async function createRemovals(db: Kysely<unknown>): Promise<void> {
  let table = keyed(db, 'authenticator_removal', 'id');
  table = required(table, 'integer', ['version', 'code_tries']);
  table = required(table, 'text', ['stage', 'national_id', 'device', 'codes_sent_at']);
  table = required(table, 'bigint', ['created_at', 'expires_at']);
  table = table.addColumn('browser_hash', 'text', (column) => column.notNull().unique()) as Builder;
  table = optional(table, 'text', ['proof', 'return_to', 'mail_code_mac', 'sms_code_mac', 'card_refusal']);
  await optional(table, 'bigint', ['codes_expire_at']).execute();
  await createIndex(db, 'authenticator_removal', ['expires_at']);
}

async function createIndex(db: Kysely<unknown>, table: Table, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .on(table)
    .columns(columns)
    .execute();
}

/** Emptied by a sandbox's reset. */
export const resetTables = [
  'authenticator_device',
  'authenticator_proof',
  'authenticator_enrolment',
  'authenticator_credential',
  'authenticator_tombstone',
  'authenticator_approval',
  'authenticator_evaluation',
  'authenticator_blocked_browser',
  'authenticator_known_browser',
  'authenticator_removal',
] as const satisfies Table[];
