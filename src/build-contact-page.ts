import { Hono } from 'hono';
import type { Secrets } from '#config';
import { contactPageUrl, createContactPage, notMeUrl } from '#contact-page';
import { type ContactDesk, createContactDesk, createContactJobHandlers, type Directory } from '#directory';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { JobHandlers } from '#platform/jobs/job-handler.ts';
import type { Logger } from '#platform/logger.ts';
import { createRateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import { createRelyingParty, type RelyingParty } from '#relying-party';
import type { Listeners } from './listeners.ts';
import type { Messaging } from './messaging.ts';
import { contactClientId } from './registrations.ts';

export interface ContactPageParts {
  database: Database;
  clock: Clock;
  logger: Logger;
  audit: EventReporter;
  secrets: Secrets;
  directory: Directory;
  messaging: Messaging;
  listeners: Pick<Listeners, 'sites'>;
}

export interface BuiltContactPage {
  /** For the directory listener. */
  routes: Hono<AppEnv>;
  /** Sessions on the directory's site, and the desk, for its other pages. */
  relyingParty: RelyingParty;
  desk: ContactDesk;
  /** The jobs by which its mails and messages leave. */
  jobHandlers: JobHandlers;
  sweep(): Promise<void>;
}

/** The page of contact details: a client of the provider, on the directory's site. */
export function buildContactPage(parts: ContactPageParts, issuer: URL): BuiltContactPage {
  const { database, clock, secrets, listeners } = parts;
  const { jobs, mailSender, sms: smsSender } = parts.messaging;
  const { directory, wallet, app } = listeners.sites;
  const relyingParty = buildRelyingParty(parts, issuer);
  const desk = createContactDesk({
    ...{ database, clock, jobs },
    events: parts.audit,
    directory: parts.directory,
    limiter: createRateLimiter({ clock }),
    hmacKey: secrets.hmacKey,
  });
  const returnSites = { wallet: wallet.url, app: app.url };
  const page = createContactPage({ relyingParty, desk, clock, returnSites });
  const jobHandlers = createContactJobHandlers({
    clock,
    mailSender,
    smsSender,
    pageUrl: contactPageUrl(directory.url),
    disputeUrl: (token) => notMeUrl(directory.url, token),
  });
  return {
    routes: new Hono<AppEnv>().route('/', relyingParty.routes).route('/', page.routes),
    ...{ relyingParty, desk, jobHandlers },
    sweep: desk.sweep,
  };
}

function buildRelyingParty(
  { database, clock, logger, audit, secrets, listeners }: ContactPageParts,
  issuer: URL,
) {
  const { directory } = listeners.sites;
  const { pathname } = contactPageUrl(directory.url);
  return createRelyingParty({
    database,
    clock,
    logger,
    events: audit,
    site: directory,
    client: {
      issuer,
      clientId: contactClientId,
      clientSecret: secrets.contactClientSecret,
      allowInsecure: true,
      scope: 'openid identity rpps repair',
      acrValues: 'eidas1',
    },
    homePath: pathname,
    signInPath: pathname,
  });
}
