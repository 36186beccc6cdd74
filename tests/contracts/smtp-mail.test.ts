import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { VirtualClock } from '#platform/clock.ts';
import { jobMigrations } from '#platform/jobs/job-migrations.ts';
import { createJobQueue } from '#platform/jobs/job-queue.ts';
import { startJobs } from '#platform/jobs/start-jobs.ts';
import { createLogger } from '#platform/logger.ts';
import { createSmtpMailSender, type SmtpServer } from '#platform/mail/smtp-mail-sender.ts';
import { openTestDatabase } from '../support/databases.ts';
import { createTlsFiles, startMailServer } from '../support/mail-server.ts';

const mail = {
  to: 'claire.fontaine@example.fr',
  subject: 'Votre e-CPS est activée',
  text: 'Bonjour Claire, c’est activé.\n',
  html: '<p>Bonjour Claire</p><img src="cid:qr" alt="">',
  images: [{ cid: 'qr', contentType: 'image/png', content: Buffer.from('picture') }],
};
const from = { name: 'Hygie, e-CPS', address: 'no-reply@hygie.test' };
const inClear = { host: 'localhost', secure: false, requireTls: false };

/** A process that sends mails by this server. */
async function openOffice(t: TestContext, server: SmtpServer) {
  const database = await openTestDatabase(t, 'sqlite', jobMigrations);
  const clock = new VirtualClock();
  const log: string[] = [];
  const logger = createLogger(
    'info',
    new PassThrough().on('data', (line: Buffer) => void log.push(line.toString())),
  );
  const queue = createJobQueue({ database, clock, secret: Buffer.alloc(32) });
  const sender = createSmtpMailSender({ jobs: queue, server, from });
  const runner = startJobs({ database, clock, logger, queue, handlers: sender.jobHandlers, pollMs: 20 });
  t.after(() => runner[Symbol.asyncDispose]());
  const post = (changed: Partial<typeof mail> = {}) =>
    database.write((unit) => sender.send(unit, { ...mail, ...changed }));
  const waiting = () =>
    database
      .as<{ job: { id: string; last_failure: string | null; failed_at: number | null } }>()
      .selectFrom('job')
      .select(['id', 'last_failure', 'failed_at'])
      .execute();
  const until = async (holds: (rows: Awaited<ReturnType<typeof waiting>>) => boolean) => {
    for (;;) {
      const rows = await waiting();
      if (holds(rows)) return rows;
      await new Promise(setImmediate);
    }
  };
  return { post, until, queue, clock, log, runner };
}

test('a mail arrives with its text, its HTML and its picture, over STARTTLS and signed in', async (t) => {
  const { tls, ca } = await createTlsFiles(t);
  const auth = { user: 'hygie', password: 'mot de passe' };
  const server = await startMailServer(t, { tls, auth });
  const office = await openOffice(t, { ...inClear, port: server.port, requireTls: true, auth, ca });
  await office.post();
  const [received] = await server.received(1);
  assert.deepEqual(received?.recipients, [mail.to]);
  assert.equal(received?.secure, true);
  assert.equal(received?.user, auth.user);
  const { subject, text, html, attachments, headers, messageId } = received?.mail ?? {};
  assert.equal(subject, mail.subject);
  assert.equal(text, mail.text);
  assert.match(String(html), /<p>Bonjour Claire<\/p><img src="data:image\/png;base64,cGljdHVyZQ=="/);
  assert.deepEqual(
    attachments?.map(({ cid, contentType, related }) => ({ cid, contentType, related })),
    [{ cid: 'qr', contentType: 'image/png', related: true }],
  );
  assert.equal(received?.mail.from?.text, '"Hygie, e-CPS" <no-reply@hygie.test>');
  assert.equal(headers?.get('auto-submitted'), 'auto-generated');
  assert.match(messageId ?? '', /^<job_\w+@hygie\.test>$/);
  await office.until((rows) => rows.length === 0);
});

test('TLS from the first byte', async (t) => {
  const { tls, ca } = await createTlsFiles(t);
  const server = await startMailServer(t, { tls, secure: true });
  const office = await openOffice(t, {
    host: 'localhost',
    port: server.port,
    secure: true,
    requireTls: true,
    ca,
  });
  await office.post();
  assert.equal((await server.received(1))[0]?.secure, true);
});

test('nothing is said in clear where TLS is required, nor to a server whose certificate is unknown', async (t) => {
  const { tls } = await createTlsFiles(t);
  for (const options of [{}, { tls }]) {
    const server = await startMailServer(t, options);
    const office = await openOffice(t, { ...inClear, port: server.port, requireTls: true });
    await office.post();
    const [kept] = await office.until(([row]) => row?.last_failure !== null);
    assert.match(kept?.last_failure ?? '', /^SMTP: /);
    assert.equal(kept?.failed_at, null);
    assert.deepEqual(server.inbox, []);
    await office.runner[Symbol.asyncDispose]();
  }
});

test('on loopback a server without TLS, or with a certificate of its own, will do', async (t) => {
  const { tls } = await createTlsFiles(t);
  for (const options of [{}, { tls }]) {
    const server = await startMailServer(t, options);
    const office = await openOffice(t, { ...inClear, port: server.port });
    await office.post();
    assert.equal((await server.received(1))[0]?.secure, 'tls' in options);
  }
});

test('a server that is down delays mails; each arrives once when it is back', async (t) => {
  const down = await startMailServer(t);
  await down.stop();
  const office = await openOffice(t, { ...inClear, port: down.port });
  await office.post({ subject: 'un' });
  await office.post({ subject: 'deux' });
  const rows = await office.until((all) => all.every(({ last_failure }) => last_failure !== null));
  assert.deepEqual(
    rows.map(({ last_failure }) => last_failure),
    ['SMTP: CONN ECONNREFUSED', 'SMTP: CONN ECONNREFUSED'],
  );
  const server = await startMailServer(t, { port: down.port });
  office.clock.setAhead(60_000);
  await office.until((all) => all.length === 0);
  assert.deepEqual(server.inbox.map(({ mail: { subject } }) => subject).sort(), ['deux', 'un']);
  office.clock.setAhead(3_600_000);
  office.queue.wake();
  await office.post({ subject: 'trois' });
  await server.received(3);
  assert.equal(server.inbox.length, 3);
});

test('a refused recipient is given up, kept without the mail, and its address told to no log', async (t) => {
  const server = await startMailServer(t, {
    refuse: { recipient: (address) => (address.startsWith('inconnue') ? 550 : undefined) },
  });
  const office = await openOffice(t, { ...inClear, port: server.port });
  await office.post({ to: 'inconnue@example.fr' });
  await office.until(([row]) => row?.failed_at !== null);
  assert.equal((await office.queue.failed())[0]?.failure, 'SMTP: RCPT TO 550');
  await office.post();
  await server.received(1);
  assert.match(office.log.join(''), /RCPT TO 550/);
  assert.doesNotMatch(office.log.join(''), /inconnue|claire/);
});

test('a recipient that is greylisted, and a wrong password, are tried again', async (t) => {
  let answers = [450];
  const grey = await startMailServer(t, { refuse: { recipient: () => answers.pop() } });
  const office = await openOffice(t, { ...inClear, port: grey.port });
  await office.post();
  const [row] = await office.until(([first]) => first?.last_failure !== null);
  assert.equal(row?.last_failure, 'SMTP: RCPT TO 450');
  answers = [];
  office.clock.setAhead(60_000);
  await grey.received(1);

  const guarded = await startMailServer(t, { auth: { user: 'hygie', password: 'right' } });
  const auth = { user: 'hygie', password: 'wrong' };
  const stranger = await openOffice(t, { ...inClear, port: guarded.port, auth });
  await stranger.post();
  const [kept] = await stranger.until(([first]) => first?.last_failure !== null);
  assert.match(kept?.last_failure ?? '', /^SMTP: AUTH \w+ 535$/);
  assert.equal(kept?.failed_at, null);
});

test('a mail that the server does not want is given up', async (t) => {
  const server = await startMailServer(t, { refuse: { mail: () => 554 } });
  const office = await openOffice(t, { ...inClear, port: server.port });
  await office.post();
  await office.until(([row]) => row?.failed_at !== null);
  assert.equal((await office.queue.failed())[0]?.failure, 'SMTP: DATA 554');
});

test('an address is one recipient and no header, whatever it holds', async (t) => {
  const server = await startMailServer(t);
  const office = await openOffice(t, { ...inClear, port: server.port });
  for (const to of ['claire@example.fr, other@example.fr', 'claire@example.fr\r\nBcc: other@example.fr'])
    await office.post({ to });
  await office.until((rows) => rows.every(({ failed_at }) => failed_at !== null));
  assert.equal((await office.queue.failed()).length, 2);
  await office.post();
  const all = await server.received(1);
  assert.doesNotMatch(JSON.stringify(all.map(({ recipients }) => recipients)), /other/);
});
