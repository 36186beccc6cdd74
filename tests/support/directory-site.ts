import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
  type ActivityRecord,
  createDirectoryPages,
  type Directory,
  type FhirAccess,
  type FhirApi,
  fhirRules,
} from '#directory';
import { createSite, requestListener } from '#platform/http/create-site.ts';
import { openListener } from '#platform/http/listener.ts';
import { createLogger } from '#platform/logger.ts';
import type { Engine } from './databases.ts';
import { openTestDirectory, type TestDirectory } from './test-directory.ts';

export interface DirectorySite extends Omit<TestDirectory, 'importRows'> {
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
export async function startDirectorySite(
  t: TestContext,
  engine: Engine,
  access?: FhirAccess,
): Promise<DirectorySite> {
  const opened = await openTestDirectory(t, engine, access);
  const { directory, fhir, importRows } = opened;
  const url = await serve(t, directory, fhir);
  return {
    ...opened,
    url,
    async importRows(rows, date) {
      assert.equal((await importRows(rows, date)).status, 'applied');
    },
    async request(path, init) {
      const address = path.startsWith('http') ? path : `${url}/fhir/v2${path}`;
      const response = await fetch(address, init);
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
    },
  };
}

async function serve(t: TestContext, directory: Directory, fhir: FhirApi): Promise<string> {
  const listener = await openListener({ port: 0, bind: '127.0.0.1' });
  t.after(() => listener.close());
  const url = new URL(`http://localhost:${listener.port}`);
  const title = { fr: 'Annuaire santé', en: 'Health directory' };
  const site = { name: 'directory', url, title, sandbox: true } as const;
  const app = createSite(site, { logger: createLogger('silent'), ...fhirRules });
  app.route('/', createDirectoryPages(directory)).route('/', fhir.routes);
  listener.serve(requestListener(site, app));
  return url.origin;
}
