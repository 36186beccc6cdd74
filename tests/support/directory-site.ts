import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { sql } from 'kysely';
import {
  type ActivityRecord,
  createDirectory,
  createDirectoryPages,
  type Directory,
  type GenerationLocation,
  isFhirPath,
  migrations,
} from '#directory';
import { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import { createSite, requestListener } from '#platform/http/create-site.ts';
import { openListener } from '#platform/http/listener.ts';
import { randomLabel } from '#platform/ids.ts';
import { createLogger } from '#platform/logger.ts';
import { activityColumns } from '../../src/directory/extract/columns.ts';
import { type Engine, openTestDatabase, temporaryDirectory } from './databases.ts';

export interface DirectorySite {
  directory: Directory;
  /** Origin of the listener. */
  url: string;
  /** Imports a Personne_activite extract of that date (`AAAAMMJJhhmm`). */
  importRows(rows: readonly ActivityRecord[], date: string): Promise<void>;
  /** One request to the FHIR API: what follows `/fhir/v2`, or a whole address. */
  request(path: string, init?: RequestInit): Promise<FhirAnswer>;
}

export interface FhirAnswer {
  status: number;
  headers: Headers;
  body: FhirBody;
}

/** What tests look at of bundles, outcomes and resources. */
export interface FhirBody {
  resourceType: string;
  id: string;
  total?: number;
  entry?: { fullUrl: string; resource: FhirBody }[];
  link?: { relation: string; url: string }[];
  issue?: { severity: string; code: string; diagnostics: string; location?: string[] }[];
  [element: string]: unknown;
}

/** The directory listener for real, over an empty directory of its own on that engine. */
export async function startDirectorySite(t: TestContext, engine: Engine): Promise<DirectorySite> {
  // Hooks run in the order of their making: what uses the database is registered, and so ends, before it.
  const ending = new AsyncDisposableStack();
  t.after(() => ending.disposeAsync());
  const data = await temporaryDirectory(t);
  const database = await openTestDatabase(t, engine, migrations);
  const generations = engine === 'sqlite' ? { kind: engine, directory: data } : ownSchemas(ending, database);
  const logger = createLogger('silent');
  const directory = ending.use(
    await createDirectory({ database, generations, clock: new VirtualClock(), logger, events: silentEvents }),
  );
  const url = await serve(ending, directory);
  return {
    directory,
    url,
    async importRows(rows, date) {
      const file = join(data, `PS_LibreAcces_Personne_activite_${date}.txt`);
      await writeFile(file, formatExtract(rows));
      assert.equal((await directory.importExtracts([file])).status, 'applied');
    },
    async request(path, init) {
      const address = path.startsWith('http') ? path : `${url}/fhir/v2${path}`;
      const response = await fetch(address, init);
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
    },
  };
}

const silentEvents: EventReporter = { report: async () => {} };

function ownSchemas(ending: AsyncDisposableStack, database: Database): GenerationLocation {
  const prefix = `test_${randomLabel(8)}_`;
  ending.defer(async () => {
    const schemas = await sql<{ name: string }>`
      select nspname as name from pg_namespace where starts_with(nspname, ${prefix})`.execute(database.as());
    for (const { name } of schemas.rows) {
      await sql`drop schema ${sql.id(name)} cascade`.execute(database.as());
    }
  });
  return { kind: 'postgres', url: process.env.HYGIE_TEST_DATABASE_URL ?? '', prefix };
}

async function serve(ending: AsyncDisposableStack, directory: Directory): Promise<string> {
  const listener = await openListener({ port: 0, bind: '127.0.0.1' });
  ending.defer(() => listener.close());
  const url = new URL(`http://localhost:${listener.port}`);
  const title = { fr: 'Annuaire santé', en: 'Health directory' };
  const site = { name: 'directory', url, title, sandbox: true } as const;
  const app = createSite(site, { logger: createLogger('silent'), isCrossSite: isFhirPath });
  app.route('/', createDirectoryPages(directory)).route('/', directory.routes);
  listener.serve(requestListener(site, app));
  return url.origin;
}

function formatExtract(rows: readonly ActivityRecord[]): string {
  const columns = Object.keys(activityColumns) as (keyof ActivityRecord)[];
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join('|'));
  return [Object.values(activityColumns).join('|'), ...lines, ''].join('\n');
}
