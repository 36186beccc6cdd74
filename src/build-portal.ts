import { Hono } from 'hono';
import type { Secrets } from '#config';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { Logger } from '#platform/logger.ts';
import { createFhirClient, createPortal, portalPaths } from '#portal';
import { createRelyingParty } from '#relying-party';
import type { Listeners } from './listeners.ts';
import { portalKey } from './portal-key.ts';
import { portalClientId } from './registrations.ts';

export interface PortalParts {
  database: Database;
  clock: Clock;
  logger: Logger;
  audit: EventReporter;
  secrets: Secrets;
  listeners: Pick<Listeners, 'sites'>;
}

/** The portal: a client of the provider that reads the directory over FHIR. */
export function buildPortal({ audit, secrets, listeners, ...parts }: PortalParts, issuer: URL): Hono<AppEnv> {
  const { portal, directory } = listeners.sites;
  const relyingParty = createRelyingParty({
    ...parts,
    events: audit,
    site: portal,
    client: {
      issuer,
      clientId: portalClientId,
      clientSecret: secrets.portalClientSecret,
      allowInsecure: true,
      scope: 'openid scope_all repair',
      acrValues: 'eidas1',
    },
    homePath: portalPaths.places,
    signInPath: portalPaths.signIn,
  });
  const fhir = createFhirClient({
    baseUrl: new URL('/fhir/v2', directory.url),
    apiKey: portalKey(secrets),
  });
  const pages = createPortal({ relyingParty, directory: fhir, logger: parts.logger });
  return new Hono<AppEnv>().route('/', relyingParty.routes).route('/', pages.routes);
}
