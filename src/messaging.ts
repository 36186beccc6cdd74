import type { Config, Secrets } from '#config';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/job-handler.ts';
import { createJobQueue, type JobQueue } from '#platform/jobs/job-queue.ts';
import { startJobs } from '#platform/jobs/start-jobs.ts';
import type { Logger } from '#platform/logger.ts';
import { createMailOutbox, type MailOutbox } from '#platform/mail/mail-outbox.ts';
import { joinMailSenders, type MailSender } from '#platform/mail/mail-sender.ts';
import { createSmtpMailSender } from '#platform/mail/smtp-mail-sender.ts';
import { createSmsOutbox, type SmsOutbox } from '#platform/sms/sms-outbox.ts';

/** How mails and messages leave: one queue for all modules, the outbox, and an SMTP server where one is named. */
export interface Messaging {
  jobs: JobQueue;
  /** What stayed here, for the sandbox to show. */
  mails: MailOutbox;
  sms: SmsOutbox;
  /** The outbox, and the SMTP server too. */
  mailSender: MailSender;
  /** Starts the one runner; `handlers` are those of the modules. */
  start(...handlers: JobHandlers[]): AsyncDisposable;
}

export interface MessagingDependencies {
  database: Database;
  clock: Clock;
  logger: Logger;
  config: Pick<Config, 'smtp'>;
  secrets: Pick<Secrets, 'hmacKey'>;
}

export function createMessaging({
  database,
  clock,
  logger,
  config,
  secrets,
}: MessagingDependencies): Messaging {
  const jobs = createJobQueue({ database, clock, secret: Buffer.from(secrets.hmacKey, 'base64url') });
  const mails = createMailOutbox({ database, clock });
  const smtp = config.smtp && createSmtpMailSender({ jobs, ...config.smtp });
  return {
    jobs,
    mails,
    sms: createSmsOutbox({ database, clock }),
    mailSender: smtp ? joinMailSenders(mails, smtp) : mails,
    start: (...given) => {
      const handlers = Object.assign({}, smtp?.jobHandlers, ...given);
      return startJobs({ database, clock, logger, queue: jobs, handlers });
    },
  };
}
