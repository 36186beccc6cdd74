import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { dump, type EcpsSite, nurse, openEcpsSite } from '../support/ecps-site.ts';
import { activateByMail, assertRefused, lastToken, openPhone } from '../support/test-phone.ts';

const unknown = '99700099997';
const outcomesOf = (site: EcpsSite) => ({
  events: site.events.length,
  messages: site.links.length + site.codes.length + site.notices.length + site.removalCodes.length,
  sessions: site.ended.length,
});

/** Asserts that an act changes nothing and is told to nobody. */
async function assertHarmless(site: EcpsSite, act: () => Promise<unknown>): Promise<void> {
  const before = [await dump(site), outcomesOf(site)];
  await act();
  assert.deepEqual([await dump(site), outcomesOf(site)], before);
}

/** What opens links before, beside or after a person: gateways, previews, a browser that loads ahead. */
const scanners = [
  { method: 'HEAD', headers: {} },
  { method: 'GET', headers: { 'user-agent': 'Mozilla/5.0 (compatible; SafeLinks)' } },
  { method: 'GET', headers: { 'sec-purpose': 'prefetch;prerender', 'sec-fetch-mode': 'navigate' } },
  { method: 'GET', headers: { range: 'bytes=0-1' } },
  { method: 'OPTIONS', headers: { origin: 'https://preview.example' } },
];

async function scan(urls: readonly URL[]): Promise<void> {
  for (const url of urls)
    for (const { method, headers } of scanners) {
      const answer = await fetch(url, { method, headers, redirect: 'manual' });
      assert.ok(answer.status < 500, `${method} ${url.pathname}: ${answer.status}`);
    }
}

/** An address, and what becomes of it where a scanner moves the fragment into what a server sees. */
function variantsOf(href: string): URL[] {
  const url = new URL(href);
  const token = url.hash.slice(1);
  const seen = [new URL(url.pathname, url), new URL(`${url.pathname}?${token}`, url)];
  return token ? [...seen, new URL(`${url.pathname}?jeton=${token}`, url), new URL(`/${token}`, url)] : seen;
}

async function openAsked(t: TestContext) {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  const { id } = await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  const [message] = site.links;
  assert.ok(message);
  return { site, phone, id, message, token: lastToken(site) };
}

test('who opens the links of a mail consumes nothing and alarms nobody', async (t) => {
  const { site, phone, message, token } = await openAsked(t);
  await assertHarmless(site, () =>
    scan([...variantsOf(message.activationUrl), ...variantsOf(message.notMeUrl)]),
  );
  assert.equal((await phone.redeem(token)).stage, 'mail_confirmed');
});

test('who opens the “not me” of a notice freezes nothing', async (t) => {
  const site = await openEcpsSite(t);
  await activateByMail(site);
  const { notMeUrl } = site.notices.at(-1) ?? {};
  await assertHarmless(site, () => scan(variantsOf(notMeUrl ?? '')));
  assert.equal(await site.authenticator.findState(nurse.nationalId), 'active');
});

test('who opens the address of a card’s QR code consumes nothing', async (t) => {
  const site = await openEcpsSite(t);
  const verification = { ...nurse, method: 'card', verifiedAt: site.clock.now() } as const;
  const request = { verification, rpps: nurse.nationalId.value, locale: 'fr' } as const;
  const { id, url } = await site.authenticator.createCardEnrolment(request);
  await assertHarmless(site, () => scan(variantsOf(url)));
  assert.equal(await site.authenticator.findCardEnrolment(id), 'waiting');
});

test('in a browser whose app did not ask, the link consumes nothing and alarms nobody', async (t) => {
  const { site, phone, token } = await openAsked(t);
  const never = await openPhone(site);
  await assertHarmless(site, () => assertRefused(never.listEnrolments(), 'device.unknown'));
  const another = await openPhone(site);
  const own = await another.requestEnrolment(unknown, 'fr');
  await assertHarmless(site, async () => {
    assert.deepEqual(
      (await another.listEnrolments()).map(({ id }) => id),
      [own.id],
    );
  });
  assert.equal((await phone.redeem(token)).stage, 'mail_confirmed');
});

test('a token that is posted without a phone’s signature is worth nothing', async (t) => {
  const { site, phone, token } = await openAsked(t);
  const body = JSON.stringify({ token, deviceKey: phone.device.publicKey });
  await assertHarmless(site, async () => {
    for (const headers of [{}, { 'E-CPS-Proof': 'a.b.c' }, { authorization: `Bearer ${token}` }]) {
      const answer = await fetch(new URL('/api/activations', site.url), { method: 'POST', headers, body });
      assert.equal(answer.status, 401);
    }
  });
});

test('a signed redeem by another phone is refused and reported each time, at every step of hers', async (t) => {
  const { site, phone, id, token } = await openAsked(t);
  const thief = await openPhone(site);
  const steps = [
    async () => undefined,
    () => phone.redeem(token),
    () => phone.sendCode(id),
    () => phone.tryCode(id, site.codes[0]?.code ?? ''),
  ];
  for (const [index, step] of steps.entries()) {
    await step();
    const { message } = await assertRefused(thief.redeem(token), 'activation.other_device');
    assert.doesNotMatch(message, /Claire|Fontaine|997/);
    const reports = site.events.filter(({ name }) => name === 'authenticator.foreign_redeem');
    assert.equal(reports.length, index + 1);
    assert.equal(reports.at(-1)?.subject, `8${nurse.nationalId.value}`);
  }
  assert.equal((await phone.listEnrolments())[0]?.stage, 'verified');
  await assertRefused(thief.listEnrolments(), 'device.unknown');
});

test('whoever holds a link cannot tell by it whether its number leads to somebody', async (t) => {
  const site = await openEcpsSite(t);
  const thief = await openPhone(site);
  const answers: unknown[] = [];
  for (const number of [nurse.nationalId.value, unknown]) {
    await (await openPhone(site)).requestEnrolment(number, 'fr');
    const { status, code, message } = await assertRefused(
      thief.redeem(lastToken(site)),
      'activation.other_device',
    );
    answers.push({ status, code, message });
  }
  assert.deepEqual(answers[0], answers[1]);
});

test('links are tried sixty times a minute from one address, whatever the phone', async (t) => {
  const { site, phone, token } = await openAsked(t);
  for (let n = 0; n < 60; n++)
    await assertRefused((await openPhone(site)).redeem(token), 'activation.other_device');
  const refused = await assertRefused(phone.redeem(token), 'request.too_many');
  site.clock.setAhead((refused.retryAt ?? 0) - Date.now() + 1000);
  assert.equal((await phone.redeem(token)).stage, 'mail_confirmed');
});
