import { Hono } from 'hono';
import type { Secrets } from '#config';
import { contactPageUrl, createContactPage } from '#contact-page';
import { createContactDesk, createContactJobHandlers, type Directory } from '#directory';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { createJobQueue } from '#platform/jobs/job-queue.ts';
import { startJobs } from '#platform/jobs/start-jobs.ts';
import type { Logger } from '#platform/logger.ts';
import type { MailSender } from '#platform/mail/mail-sender.ts';
import { createRateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import type { SmsSender } from '#platform/sms/sms-sender.ts';
import { createRelyingParty } from '#relying-party';
import type { Listeners } from './listeners.ts';
import { contactClientId } from './registrations.ts';

export interface ContactPageParts {
  database: Database;
  clock: Clock;
  logger: Logger;
  audit: EventReporter;
  secrets: Secrets;
  directory: Directory;
  mails: MailSender;
  sms: SmsSender;
  listeners: Pick<Listeners, 'sites'>;
}

export interface BuiltContactPage {
  /** For the directory listener. */
  routes: Hono<AppEnv>;
  /** Starts the jobs by which its mails and messages leave. */
  startSending(): AsyncDisposable;
  sweep(): Promise<void>;
}

/** The page of contact details: a client of the provider, on the directory's site. */
export function buildContactPage(parts: ContactPageParts, issuer: URL): BuiltContactPage {
  const { database, clock, logger, secrets, listeners } = parts;
  const { directory, wallet, app } = listeners.sites;
  const jobs = createJobQueue({ database, clock, secret: Buffer.from(secrets.hmacKey, 'base64url') });
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
  const handlers = createContactJobHandlers({
    clock,
    mailSender: parts.mails,
    smsSender: parts.sms,
    pageUrl: contactPageUrl(directory.url),
  });
  return {
    routes: new Hono<AppEnv>().route('/', relyingParty.routes).route('/', page.routes),
    startSending: () => startJobs({ database, clock, logger, queue: jobs, handlers }),
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
      scope: 'openid identity repair',
      acrValues: 'eidas1',
    },
    homePath: pathname,
    signInPath: pathname,
  });
}
