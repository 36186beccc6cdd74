import { type Authenticator, removalPath } from '#authenticator';
import type { Config, Secrets } from '#config';
import { contactPageUrl } from '#contact-page';
import type { Directory } from '#directory';
import type { Oidc } from '#oidc';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { JobHandlers } from '#platform/jobs/job-handler.ts';
import { type Bridging, createBridging, createLinkNotices, createRepair, type Repair } from '#repair';
import type { Listeners } from './listeners.ts';
import type { Messaging } from './messaging.ts';

export interface RepairSources {
  database: Database;
  clock: Clock;
  audit: EventReporter;
  secrets: Pick<Secrets, 'hmacKey'>;
  directory: Directory;
  messaging: Messaging;
  listeners: Pick<Listeners, 'sites'>;
}

export interface BuiltRepair {
  repair: Repair;
  /** The jobs by which its notices leave. */
  jobHandlers: JobHandlers;
}

/** The repair of a sign-in: what it needs of the provider's sessions and of the phones. */
export function buildRepair(
  { audit, secrets, messaging, listeners, ...sources }: RepairSources,
  oidc: Pick<Oidc, 'findSession' | 'endSession' | 'signInUrl'>,
  authenticator: Authenticator,
): BuiltRepair {
  const { wallet, app, directory } = listeners.sites;
  const { jobHandlers, ...notices } = createLinkNotices({ ...messaging, smsSender: messaging.sms });
  const repair = createRepair({
    ...sources,
    ...oidc,
    events: audit,
    notices,
    ecps: authenticator,
    addresses: {
      wallet: wallet.url,
      app: app.url,
      contactPage: (returnTo) => contactPageUrl(directory.url, returnTo.href),
      forgotten: removalPath,
    },
    key: secrets.hmacKey,
  });
  return { repair, jobHandlers };
}

/** `bridging` where the operator turned it on; notices of its earlier uses leave in any case. */
export function buildBridging({
  config,
  directory,
  messaging,
}: Pick<RepairSources, 'directory' | 'messaging'> & { config: Pick<Config, 'bridging'> }): {
  bridging: Bridging | undefined;
  jobHandlers: JobHandlers;
} {
  const { jobs, mailSender, sms } = messaging;
  const { jobHandlers, ...bridging } = createBridging({ directory, jobs, mailSender, smsSender: sms });
  return { bridging: config.bridging ? bridging : undefined, jobHandlers };
}
