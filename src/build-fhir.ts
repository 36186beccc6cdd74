import { join } from 'node:path';
import type { Config, Secrets } from '#config';
import { createFhirApi, type Directory, type FhirApi } from '#directory';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Logger } from '#platform/logger.ts';
import { generationsOf } from './command-context.ts';
import type { Messaging } from './messaging.ts';
import { portalKey } from './portal-key.ts';

export interface FhirParts {
  config: Config;
  secrets: Secrets;
  database: Database;
  clock: Clock;
  logger: Logger;
  directory: Directory;
  messaging: Messaging;
}

/** The FHIR API; the files of its exports lie in the data directory. */
export function buildFhir({ config, secrets, directory, messaging, ...parts }: FhirParts): FhirApi {
  return createFhirApi({
    ...parts,
    store: directory.store,
    keys: directory.keys,
    access: { ...config.fhir, portalKey: portalKey(secrets) },
    jobs: messaging.jobs,
    generations: generationsOf(config),
    exportDirectory: join(config.dataDir, 'exports'),
  });
}
