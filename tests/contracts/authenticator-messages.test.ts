import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import decodeQr from 'qr/decode.js';
import type { AuthenticatorDirectory } from '#authenticator';
import { VirtualClock } from '#platform/clock.ts';
import type { Unit } from '#platform/database/database.ts';
import { jobMigrations } from '#platform/jobs/job-migrations.ts';
import { createJobQueue } from '#platform/jobs/job-queue.ts';
import { startJobs } from '#platform/jobs/start-jobs.ts';
import { createLogger } from '#platform/logger.ts';
import { mailColors } from '#platform/mail/mail-look.ts';
import { createMailOutbox } from '#platform/mail/mail-outbox.ts';
import { createSmtpMailSender } from '#platform/mail/smtp-mail-sender.ts';
import { outboxMigrations } from '#platform/outbox/outbox.ts';
import { toGsmText } from '#platform/sms/gsm-alphabet.ts';
import { createSmsOutbox } from '#platform/sms/sms-outbox.ts';
import { createMessages } from '../../src/authenticator/messages/create-messages.ts';
import type {
  ActivationLinkMessage,
  CodeMessage,
  NoticeKind,
  NoticeMessage,
} from '../../src/authenticator/messages-port.ts';
import { mailJson, smsJson } from '../../src/sandbox/api/outbox-json.ts';
import { type Engine, forEachEngine, openTestDatabase } from '../support/databases.ts';
import { startMailServer } from '../support/mail-server.ts';
import { decodePng } from '../support/png.ts';

const minute = 60_000;
const appUrl = new URL('http://localhost:4003');
const requestedAt = Date.UTC(2026, 10, 23, 13, 32);

const claire = {
  givenName: 'Claire',
  familyName: 'Fontaine',
  email: 'claire.fontaine@example.fr',
  phone: '0639980142',
  locale: 'fr',
} as const;

const link = {
  recipient: claire,
  activationUrl: 'http://localhost:4003/activer#jeton=mW3o0oAbTn6S5p-T4lXk7w',
  notMeUrl: 'http://localhost:4003/ce-n-est-pas-moi/#aN0ther-482913-token_',
  rpps: '99700000013',
  device: 'Chrome, Android',
  place: 'Lorient (56)',
  requestedAt,
  expiresAt: requestedAt + 24 * 60 * minute,
  notBefore: requestedAt,
} satisfies ActivationLinkMessage;

const notice = {
  kind: 'activated',
  recipient: claire,
  nationalId: { kind: 'rpps', value: '99700000013' },
  device: 'Chrome, Android',
  at: requestedAt,
  notMeUrl: link.notMeUrl,
} satisfies NoticeMessage;

const noticeKinds: NoticeKind[] = [
  'activated',
  'consent_asked',
  'password_changed',
  'deactivated',
  'removed',
  'destroyed',
  'frozen',
  'replaced',
];

/** Knows nobody: these messages come with their recipients. */
const directory: AuthenticatorDirectory = {
  findPractitioner: async () => undefined,
  findContactDetails: async () => undefined,
  confirmContactDetails: async () => undefined,
  findLinkedAdeli: async () => [],
  resolveLink: async () => ({ outcome: 'none' }),
};

async function openPost(t: TestContext, engine: Engine) {
  const database = await openTestDatabase(t, engine, [...jobMigrations, ...outboxMigrations]);
  const clock = new VirtualClock(requestedAt - Date.now());
  const queue = createJobQueue({ database, clock, secret: Buffer.alloc(32, 3) });
  const mails = createMailOutbox({ database, clock });
  const sms = createSmsOutbox({ database, clock });
  const senders = { mailSender: mails, smsSender: sms };
  const messages = createMessages({ jobs: queue, clock, database, directory, ...senders, appUrl });
  const logger = createLogger('silent');
  const handlers = messages.jobHandlers;
  const runner = startJobs({ database, clock, logger, queue, handlers, pollMs: 20 });
  t.after(() => runner[Symbol.asyncDispose]());
  /** Sends, and waits until no job is left. */
  const settle = async (send?: (unit: Unit) => Promise<void>) => {
    if (send) await database.write(send);
    const left = () => database.as<{ job: { id: string } }>().selectFrom('job').select('id').execute();
    while ((await left()).length > 0) await new Promise(setImmediate);
  };
  const outbox = async () => ({
    mails: (await mails.latest({})).map(mailJson),
    sms: (await sms.latest({})).map(smsJson),
  });
  return { database, clock, messages, settle, outbox };
}

forEachEngine((engine) => {
  test('the mail with the activation link has its two links, one address as QR code, and no code', async (t) => {
    const post = await openPost(t, engine);
    await post.settle((unit) => post.messages.sendActivationLink(unit, link));
    const { mails, sms } = await post.outbox();
    const [mail] = mails;
    assert.deepEqual(sms, []);
    assert.equal(mail?.to, claire.email);
    assert.equal(mail?.subject, 'Activez votre e-CPS');
    assert.equal(mail?.code, null);
    assert.deepEqual(mail?.links, [
      { text: "Démarrer l'activation", href: link.activationUrl },
      { text: "Ce n'est pas moi", href: link.notMeUrl },
    ]);
    const texts = [mail?.text ?? '', mail?.html ?? ''];
    for (const said of [link.activationUrl, link.notMeUrl, 'Chrome, Android', 'Lorient (56)', '14:32'])
      for (const text of texts) assert.ok(text.includes(said), said);
    assert.match(mail?.text ?? '', /9970\u00a00000\u00a0013/);
    assert.match(mail?.text ?? '', /jusqu’au 24 novembre 2026 à 14:32 \(heure de Paris\)/);
  });

  test('the QR code is part of the HTML, wide enough, and says the same address', async (t) => {
    const post = await openPost(t, engine);
    await post.settle((unit) => post.messages.sendActivationLink(unit, link));
    const html = (await post.outbox()).mails[0]?.html ?? '';
    assert.doesNotMatch(html, /cid:|<link|<script|url\(|src="http/);
    const [, base64 = ''] = /src="data:image\/png;base64,([^"]+)"/.exec(html) ?? [];
    const picture = decodePng(Buffer.from(base64, 'base64'));
    assert.ok(picture.width >= 200 && picture.width === picture.height);
    assert.equal(decodeQr(picture), link.activationUrl);
  });

  test('a number that leads to nobody leaves the same job and sends nothing', async (t) => {
    const post = await openPost(t, engine);
    await post.settle((unit) => post.messages.sendActivationLink(unit, { ...link, recipient: null }));
    assert.deepEqual(await post.outbox(), { mails: [], sms: [] });
  });

  test('a link leaves not before its time, and one that is dead by then never', async (t) => {
    const post = await openPost(t, engine);
    const notBefore = requestedAt + 10 * minute;
    await post.database.write(async (unit) => {
      await post.messages.sendActivationLink(unit, { ...link, notBefore });
      await post.messages.sendActivationLink(unit, { ...link, notBefore, expiresAt: notBefore - 1 });
    });
    assert.deepEqual((await post.outbox()).mails, []);
    post.clock.setAhead(post.clock.aheadMs + 11 * minute);
    await post.settle();
    assert.equal((await post.outbox()).mails.length, 1);
  });

  test('a code goes by SMS, bound to the origin of the app by its last line', async (t) => {
    const post = await openPost(t, engine);
    const code: CodeMessage = {
      phone: claire.phone,
      locale: 'fr',
      code: '482917',
      host: 'localhost',
      expiresAt: post.clock.now() + 10 * minute,
    };
    await post.settle((unit) => post.messages.sendCode(unit, code));
    const [sms] = (await post.outbox()).sms;
    assert.equal(sms?.to, claire.phone);
    assert.equal(sms?.code, '482917');
    assert.match(sms?.text ?? '', /valable 10 minutes/);
    assert.equal(sms?.text.split('\n').at(-1), '@localhost #482917');
    assert.ok((sms?.text.length ?? 0) <= 160);
    await post.settle((unit) => post.messages.sendCode(unit, { ...code, expiresAt: post.clock.now() - 1 }));
    assert.equal((await post.outbox()).sms.length, 1);
  });

  test('every notice comes by mail and by SMS, in both languages, each in the alphabet of SMS', async (t) => {
    const post = await openPost(t, engine);
    await post.settle(async (unit) => {
      for (const locale of ['fr', 'en'] as const)
        for (const kind of noticeKinds)
          await post.messages.sendNotice(unit, { ...notice, kind, recipient: { ...claire, locale } });
    });
    const { mails, sms } = await post.outbox();
    assert.equal(new Set(mails.map(({ subject }) => subject)).size, 2 * noticeKinds.length);
    assert.equal(new Set(sms.map(({ text }) => text)).size, 2 * noticeKinds.length);
    for (const { text, code } of sms) {
      assert.equal(toGsmText(text), text);
      assert.ok(text.length <= 2 * 153, text);
      assert.ok(text.endsWith(link.notMeUrl));
      assert.equal(code, null);
    }
    for (const { links, code } of mails) {
      assert.equal(links.at(-1)?.href, link.notMeUrl);
      assert.equal(code, null);
    }
  });

  test('what was activated can be stopped by whoever did not do it', async (t) => {
    const post = await openPost(t, engine);
    await post.settle((unit) => post.messages.sendNotice(unit, notice));
    const { mails, sms } = await post.outbox();
    assert.equal(mails[0]?.subject, 'Votre e-CPS est activée');
    assert.deepEqual(mails[0]?.links, [{ text: "Ce n'est pas moi", href: link.notMeUrl }]);
    assert.match(
      sms[0]?.text ?? '',
      /^Votre e-CPS est activée \(Chrome, Android\)\.\nCe n'est pas vous \? http/,
    );
  });

  test('what ended an e-CPS leads to the next one, and says no alarm where there is nothing to stop', async (t) => {
    const post = await openPost(t, engine);
    await post.settle((unit) =>
      post.messages.sendNotice(unit, { ...notice, kind: 'deactivated', notMeUrl: null }),
    );
    const { mails, sms } = await post.outbox();
    assert.deepEqual(mails[0]?.links, [{ text: "Demander l'activation de la e-CPS", href: appUrl.href }]);
    assert.doesNotMatch(sms[0]?.text ?? '', /http/);
  });

  test('a person is reached where the directory reaches her', async (t) => {
    const post = await openPost(t, engine);
    await post.settle(async (unit) => {
      await post.messages.sendNotice(unit, { ...notice, recipient: { ...claire, email: null } });
      await post.messages.sendNotice(unit, { ...notice, recipient: { ...claire, phone: null } });
    });
    const { mails, sms } = await post.outbox();
    assert.deepEqual([mails.length, sms.length], [1, 1]);
  });

  test('what a person or a phone is called is text, never markup', async (t) => {
    const post = await openPost(t, engine);
    const device = '<a href="https://evil.example">Chrome</a>';
    await post.settle((unit) =>
      post.messages.sendActivationLink(unit, { ...link, device, recipient: { ...claire, givenName: '<b>' } }),
    );
    const [mail] = (await post.outbox()).mails;
    assert.equal(mail?.links.length, 2);
    assert.ok(mail?.html.includes('&lt;b&gt;'));
  });
});

test('by SMTP the same mail has a text, an HTML part and the picture beside it', async (t) => {
  const server = await startMailServer(t);
  const database = await openTestDatabase(t, 'sqlite', jobMigrations);
  const clock = new VirtualClock(requestedAt - Date.now());
  const jobs = createJobQueue({ database, clock, secret: Buffer.alloc(32, 3) });
  const mailSender = createSmtpMailSender({
    jobs,
    from: { name: 'e-CPS', address: 'no-reply@hygie.test' },
    server: { host: 'localhost', port: server.port, secure: false, requireTls: false },
  });
  const smsSender = { send: async () => {} };
  const messages = createMessages({ jobs, clock, database, directory, mailSender, smsSender, appUrl });
  const handlers = { ...messages.jobHandlers, ...mailSender.jobHandlers };
  await using _ = startJobs({ database, clock, logger: createLogger('silent'), queue: jobs, handlers });
  await database.write((unit) => messages.sendActivationLink(unit, link));
  const [received] = await server.received(1);
  const { text, html, attachments = [] } = received?.mail ?? {};
  assert.ok(text?.includes(link.activationUrl));
  assert.match(String(html), /<h1[^>]*>Activez votre/);
  assert.equal(attachments.length, 1);
  assert.equal(decodeQr(decodePng(attachments[0]?.content ?? Buffer.alloc(0))), link.activationUrl);
});

test('mails have the colours of the pages', async () => {
  const css = await readFile(new URL('../../web/assets/styles/1-tokens.css', import.meta.url), 'utf8');
  const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
  for (const [scheme, text] of [
    ['light', light],
    ['dark', dark.split('@media')[0] ?? ''],
  ] as const)
    for (const [token, value] of Object.entries(mailColors[scheme]))
      assert.ok(text.includes(`--${token}: ${value};`), `${scheme} ${token}`);
});
