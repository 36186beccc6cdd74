import { createHmac } from 'node:crypto';
import type { Secrets } from '#config';
import type { Database } from '#platform/database/database.ts';
import type { Migration } from '#platform/database/migrations.ts';

interface InstallationTables {
  installation: { id: string; fingerprint: string };
}

export const installationMigrations: Migration[] = [
  {
    name: 'installation-001-secrets',
    async up(db) {
      await db.schema
        .createTable('installation')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .execute();
    },
  },
];

/**
 * The database keeps a fingerprint of the secrets that it is written with: others would find every e-CPS damaged and
 * every code wrong.
 *
 * @throws Error where they are not those.
 */
export async function verifySecrets(database: Database, secrets: Secrets): Promise<void> {
  const fingerprint = fingerprintOf(secrets);
  const known = (await findFingerprint(database)) ?? (await keepFingerprint(database, fingerprint));
  if (known === fingerprint) return;
  throw new Error(
    'secrets.json in the data directory (HYGIE_DATA_DIR) is not the one that this database was written with: put both back from the same backup.',
  );
}

function fingerprintOf({ wrappingKey, hmacKey }: Secrets): string {
  return createHmac('sha256', `${wrappingKey} ${hmacKey}`).update('hygie installation').digest('base64url');
}

async function findFingerprint(database: Database): Promise<string | undefined> {
  const db = database.as<InstallationTables>();
  const row = await db.selectFrom('installation').select('fingerprint').executeTakeFirst();
  return row?.fingerprint;
}

/** Of two first starts at once one counts. */
async function keepFingerprint(database: Database, fingerprint: string): Promise<string | undefined> {
  await database.write((unit) =>
    unit
      .as<InstallationTables>()
      .insertInto('installation')
      .values({ id: 'secrets', fingerprint })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute(),
  );
  return findFingerprint(database);
}
