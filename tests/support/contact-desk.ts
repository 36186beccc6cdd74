import type { TestContext } from 'node:test';
import { type ContactDesk, createContactDesk, createContactJobHandlers } from '#directory';
import { rpps } from '#national-id';
import { migrate } from '#platform/database/migrations.ts';
import { jobMigrations } from '#platform/jobs/job-migrations.ts';
import { createJobQueue } from '#platform/jobs/job-queue.ts';
import { startJobs } from '#platform/jobs/start-jobs.ts';
import { createLogger } from '#platform/logger.ts';
import { createMailOutbox } from '#platform/mail/mail-outbox.ts';
import { outboxMigrations } from '#platform/outbox/outbox.ts';
import { createRateLimiter, rateLimitMigrations } from '#platform/rate-limit/rate-limiter.ts';
import { createSmsOutbox } from '#platform/sms/sms-outbox.ts';
import { mailJson, smsJson } from '../../src/sandbox/api/outbox-json.ts';
import type { Engine } from './databases.ts';
import { liberal, person, practice } from './directory-rows.ts';
import { openTestDirectory, type TestDirectory } from './test-directory.ts';

export const claire = rpps('99700000013');
export const paul = rpps('99700000021');
export const formerNumber = '996000019';
export const pageUrl = new URL('http://localhost:4004/coordonnees');

type Mail = ReturnType<typeof mailJson>;
type Sms = ReturnType<typeof smsJson>;

export interface TestContactDesk extends TestDirectory {
  desk: ContactDesk;
  /** Waits until no job is left; newest first. */
  outbox(): Promise<{ mails: Mail[]; sms: Sms[] }>;
  /** The newest codes, after every job is done. */
  codes(): Promise<{ emailCode: string; phoneCode: string }>;
  importContacts(...lines: string[]): Promise<void>;
}

/** The directory of two nurses with its contact desk, and what leaves it. */
export async function openContactDesk(t: TestContext, engine: Engine): Promise<TestContactDesk> {
  const opened = await openTestDirectory(t, engine);
  const { database, clock, directory, events } = opened;
  await migrate(database, [...jobMigrations, ...outboxMigrations, ...rateLimitMigrations]);
  const rows = [claire, paul].map(({ value }) => ({ ...person(value), ...liberal, ...practice('R95141') }));
  await opened.importRows(rows, '202609070300');
  const queue = createJobQueue({ database, clock, secret: Buffer.alloc(32, 3) });
  const [mails, sms] = [createMailOutbox({ database, clock }), createSmsOutbox({ database, clock })];
  const handlers = createContactJobHandlers({
    ...{ clock, mailSender: mails, smsSender: sms, pageUrl },
    disputeUrl: (token) => new URL(`${pageUrl}/ce-n-est-pas-moi?jeton=${token}`),
  });
  const logger = createLogger('silent');
  const runner = startJobs({ database, clock, logger, queue, handlers, pollMs: 20 });
  t.after(() => runner[Symbol.asyncDispose]());
  const outbox = async () => {
    const left = () => database.as<{ job: { id: string } }>().selectFrom('job').select('id').execute();
    while ((await left()).length > 0) await new Promise(setImmediate);
    return { mails: (await mails.latest({})).map(mailJson), sms: (await sms.latest({})).map(smsJson) };
  };
  return {
    ...opened,
    outbox,
    desk: createContactDesk({
      ...{ database, clock, directory },
      events: { report: async (_, event) => void events.push(event) },
      jobs: queue,
      limiter: createRateLimiter({ clock }),
      hmacKey: Buffer.alloc(32, 7).toString('base64url'),
    }),
    async codes() {
      const sent = await outbox();
      return { emailCode: sent.mails[0]?.code ?? '', phoneCode: sent.sms[0]?.code ?? '' };
    },
    async importContacts(...lines) {
      const header = 'Identifiant PP;Adresse e-mail;Téléphone mobile';
      await directory.importContacts(await opened.write('coordonnees.csv', [header, ...lines]));
    },
  };
}
