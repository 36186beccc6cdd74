import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { migrate } from '#platform/database/migrations.ts';
import { jobMigrations } from '#platform/jobs/job-migrations.ts';
import { createJobQueue } from '#platform/jobs/job-queue.ts';
import { createMailOutbox } from '#platform/mail/mail-outbox.ts';
import { outboxMigrations } from '#platform/outbox/outbox.ts';
import { createSmsOutbox } from '#platform/sms/sms-outbox.ts';
import { createMessages } from '../../src/authenticator/messages/create-messages.ts';
import { nurse, openEcpsSite } from '../support/ecps-site.ts';
import { handOver, openPhone } from '../support/test-phone.ts';

const rounds = 15;
const factor = 3;

const medianOf = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

/** The jobs that write the messages, run by hand; what they would have written is left. */
async function openWriter(t: TestContext) {
  const site = await openEcpsSite(t);
  const { database, clock } = site;
  await migrate(database, [...jobMigrations, ...outboxMigrations]);
  const jobs = createJobQueue({ database, clock, secret: Buffer.alloc(32, 3) });
  const senders = {
    mailSender: createMailOutbox({ database, clock }),
    smsSender: createSmsOutbox({ database, clock }),
  };
  const directory = {
    findPractitioner: async () => undefined,
    findContactDetails: async ({ value }: { value: string }) =>
      value === nurse.nationalId.value ? { email: nurse.email, phone: nurse.phone } : undefined,
    confirmContactDetails: async () => undefined,
    findLinkedAdeli: async () => [],
    resolveLink: async () => ({ outcome: 'none' }) as const,
  };
  const { jobHandlers } = createMessages({ jobs, clock, database, directory, ...senders, appUrl: site.url });
  const write = (kind: string, payload: object) =>
    jobHandlers[`authenticator.${kind}`]?.run(payload, { id: 'job', attempt: 1, signal: t.signal });
  return { site, write };
}

/** How many times longer one message takes to be written than the other, written by turns. */
async function compareWork(write: (which: 0 | 1) => Promise<unknown> | undefined): Promise<number> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++)
    for (const which of [0, 1] as const) {
      const from = performance.now();
      await write(which);
      times[which].push(performance.now() - from);
    }
  const [one, other] = [medianOf(times[0]), medianOf(times[1])];
  return Math.max(one, other) / Math.min(one, other);
}

async function assertSameWork(write: Parameters<typeof compareWork>[0]): Promise<void> {
  const ratios: number[] = [];
  while (ratios.length < 4 && !ratios.some((ratio) => ratio < factor)) ratios.push(await compareWork(write));
  assert.ok(
    ratios.some((ratio) => ratio < factor),
    ratios.join(' '),
  );
}

test('the mail of an activation that nobody gets takes the process as long as hers', async (t) => {
  const { site, write } = await openWriter(t);
  for (const number of [nurse.nationalId.value, '99700099997'])
    await (await openPhone(site)).requestEnrolment(number, 'fr');
  const [hers, nobodys] = site.links;
  assert.ok(hers?.recipient && nobodys && nobodys.recipient === null);
  assert.ok(await write('activation-link', hers));
  assert.equal(await write('activation-link', nobodys), undefined);
  await assertSameWork((which) => write('activation-link', which ? hers : nobodys));
});

test('so do the codes of a forgotten password', async (t) => {
  const { site, write } = await openWriter(t);
  await handOver(site);
  const at = site.clock.now();
  const codesFor = (value: string) => ({
    nationalId: { kind: 'rpps', value },
    codes: { mail: '123456', sms: '654321' },
    device: 'Firefox, Linux',
    locale: 'fr',
    host: 'localhost',
    requestedAt: at,
    expiresAt: at + 600_000,
  });
  const [hers, nobodys] = [codesFor(nurse.nationalId.value), codesFor('99700099997')];
  assert.ok(await write('removal-codes', hers));
  assert.equal(await write('removal-codes', nobodys), undefined);
  await assertSameWork((which) => write('removal-codes', which ? hers : nobodys));
});
