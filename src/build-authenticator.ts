import { type Authenticator, createAuthenticator, createMessages, type EcpsSessions } from '#authenticator';
import type { Secrets } from '#config';
import type { Directory } from '#directory';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import { createJobQueue } from '#platform/jobs/job-queue.ts';
import { startJobs } from '#platform/jobs/start-jobs.ts';
import type { Logger } from '#platform/logger.ts';
import type { MailSender } from '#platform/mail/mail-sender.ts';
import type { SmsSender } from '#platform/sms/sms-sender.ts';

export interface AuthenticatorParts {
  database: Database;
  clock: Clock;
  logger: Logger;
  events: EventReporter;
  secrets: Secrets;
  directory: Directory;
  mailSender: MailSender;
  smsSender: SmsSender;
  sessions: EcpsSessions;
  appUrl: URL;
}

export interface BuiltAuthenticator {
  authenticator: Authenticator;
  /** Starts the jobs by which mails and messages leave. */
  startSending(): AsyncDisposable;
}

/** The phone authenticator with its messages. */
export function buildAuthenticator(parts: AuthenticatorParts): BuiltAuthenticator {
  const { database, clock, logger, secrets } = parts;
  const queue = createJobQueue({ database, clock, secret: Buffer.from(secrets.hmacKey, 'base64url') });
  const { jobHandlers, ...messages } = createMessages({ ...parts, jobs: queue });
  return {
    authenticator: createAuthenticator({ ...parts, messages, keys: secrets }),
    startSending: () => startJobs({ database, clock, logger, queue, handlers: jobHandlers }),
  };
}
