import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDeviceKey, createPhone } from '#ecps-phone';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { forEachEngine } from '../support/databases.ts';
import { type EcpsSite, nurse, openEcpsSite } from '../support/ecps-site.ts';
import { fetchFrom } from '../support/fetch-from.ts';
import { readable } from '../support/http-walk.ts';
import { pressNamed } from '../support/named-controls.ts';
import { openRemovalSite, type RemovalSite, typeNumber } from '../support/removal-site.ts';
import { handOver } from '../support/test-phone.ts';

const number = nurse.nationalId.value;
const minute = 60_000;
const hour = 60 * minute;

/** **Recevoir les codes** in a new browser at an address; what came of it. */
async function askForCodes(site: RemovalSite, address: string, added: Record<string, string> = {}) {
  const { browser, page } = await typeNumber(site, number, createCookieBrowser(fetchFrom(address, added)));
  return pressNamed(browser, page, 'Recevoir les codes');
}

async function openPhone(
  site: Pick<EcpsSite, 'url'>,
  address: string,
  answered: (answer: Response) => void = () => {},
) {
  const send = fetchFrom(address);
  const heard: typeof fetch = async (input, init) => {
    const answer = await send(input, init);
    answered(answer);
    return answer;
  };
  return createPhone({ baseUrl: site.url, device: await createDeviceKey(), iterations: 1000, fetch: heard });
}

test('codes by mail and SMS: one address cannot use up what a person may be sent', async (t) => {
  const site = await openRemovalSite(t);
  const statuses = [];
  for (let n = 0; n < 8; n++) statuses.push((await askForCodes(site, '127.0.0.5')).status);
  assert.deepEqual(statuses, [200, 200, 200, 429, 429, 429, 429, 429]);
  for (let n = 0; n < 3; n++) assert.equal((await askForCodes(site, '127.0.0.6')).status, 200);
  assert.equal((await askForCodes(site, '127.0.0.7')).status, 429, 'the limit of the number');
  assert.equal(site.removalCodes.length, 6);
});

test('no header makes an address another one', async (t) => {
  const site = await openRemovalSite(t);
  const claims = [
    'x-forwarded-for',
    'forwarded',
    'x-real-ip',
    'client-ip',
    'true-client-ip',
    'cf-connecting-ip',
  ];
  const statuses = [];
  for (const [n, header] of claims.entries()) {
    const claimed = header === 'forwarded' ? `for=192.0.2.${n}` : `192.0.2.${n}`;
    statuses.push((await askForCodes(site, '127.0.0.5', { [header]: claimed })).status);
  }
  assert.deepEqual(statuses, [200, 200, 200, 429, 429, 429]);
});

test('a page at its limit says when, to people and to programs, and keeps its word', async (t) => {
  const site = await openRemovalSite(t);
  for (let n = 0; n < 3; n++) await askForCodes(site, '127.0.0.5');
  site.clock.setAhead(20 * minute);
  const refused = await askForCodes(site, '127.0.0.5');
  assert.equal(refused.status, 429);
  assert.match(readable(refused.text), /réessayez dans (40 min|39 min \d+ s)/);
  const seconds = Number(refused.headers.get('retry-after'));
  assert.ok(seconds > 39 * 60 && seconds <= 40 * 60, `${seconds}`);
  site.clock.setAhead(20 * minute + seconds * 1000);
  assert.equal((await askForCodes(site, '127.0.0.5')).status, 200);
});

test('the app is told too: an instant in the problem, seconds in the header', async (t) => {
  const site = await openEcpsSite(t);
  const answers: Response[] = [];
  const phone = await openPhone(site, '127.0.0.5', (answer) => answers.push(answer));
  for (let n = 0; n < 10; n++) await phone.requestEnrolment(String(99700030000 + n), 'fr');
  const refusal = await phone.requestEnrolment('99700030010', 'fr').catch((error: unknown) => error);
  const { code, retryAt } = refusal as { code: string; retryAt: number };
  assert.equal(code, 'request.too_many');
  const last = answers.at(-1);
  assert.equal(last?.status, 429);
  const left = (retryAt - site.clock.now()) / 1000;
  assert.ok(Math.abs(Number(last?.headers.get('retry-after')) - left) < 5, `${left}`);
});

test('mails: what one address asks beyond its share waits, what others ask leaves at once', async (t) => {
  const site = await openEcpsSite(t);
  const ask = async (address: string) => {
    await (await openPhone(site, address)).requestEnrolment(number, 'fr');
    return (site.links.at(-1)?.notBefore ?? 0) <= site.clock.now();
  };
  const stranger = [];
  for (let n = 0; n < 12; n++) stranger.push(await ask('127.0.0.5'));
  assert.equal(stranger.filter(Boolean).length, 5);
  assert.equal(await ask('127.0.0.6'), true);
});

test('questions: one address leaves others what may ask a person, and her own browser is never kept out', async (t) => {
  const site = await openEcpsSite(t);
  await handOver(site);
  const ask = async (browser: string, address: string) =>
    (await site.ask({ browserHash: browser, address })).outcome;
  const outcomes = [];
  for (let n = 0; n < 40; n++) outcomes.push(await ask(`stranger ${n % 2}`, '127.0.0.5'));
  assert.equal(outcomes.filter((outcome) => outcome === 'pending').length, 25);
  assert.equal(await ask('a new browser of hers', '127.0.0.6'), 'pending');
});

forEachEngine((engine) => {
  test('of many at once never one too many, and what one person may get is shared by all who ask', async (t) => {
    const site = await openRemovalSite(t, { engine });
    const addresses = ['127.0.0.5', '127.0.0.6', '127.0.0.7', '127.0.0.8'];
    const browsers = addresses.flatMap((address) =>
      Array.from({ length: 5 }, () => createCookieBrowser(fetchFrom(address))),
    );
    const opened = await Promise.all(browsers.map((browser) => typeNumber(site, number, browser)));
    const sent = await Promise.all(
      opened.map(({ browser, page }) => pressNamed(browser, page, 'Recevoir les codes')),
    );
    assert.equal(sent.filter(({ status }) => status === 200).length, 6);
    assert.equal(sent.filter(({ status }) => status === 429).length, 14);
    assert.equal(site.removalCodes.length, 6);
    site.clock.setAhead(hour);
    assert.equal((await askForCodes(site, '127.0.0.5')).status, 200);
  });
});
