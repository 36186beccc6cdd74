import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { nurse } from '../support/ecps-site.ts';
import { fetchFrom } from '../support/fetch-from.ts';
import { headingOf, readable } from '../support/http-walk.ts';
import { pressNamed } from '../support/named-controls.ts';
import { openRemovalSite, typeNumber } from '../support/removal-site.ts';
import { handOver } from '../support/test-phone.ts';

const number = nurse.nationalId.value;
const hour = 3_600_000;
/** Each time another address. */
const browserAt = (n: number) => createCookieBrowser(fetchFrom(`127.0.0.${10 + n}`));

test('a stranger causes six pairs of messages an hour at most, and never holds up her card', async (t) => {
  const site = await openRemovalSite(t);
  await handOver(site);
  for (let n = 0; n < 8; n++) {
    const { browser, page } = await typeNumber(site, number, browserAt(n));
    const asked = await pressNamed(browser, page, 'Recevoir les codes');
    assert.equal(asked.status, n < 6 ? 200 : 429);
    if (n >= 6) assert.match(readable(asked.text), /réessayez dans (1 h 00 min|59 min \d+ s)/);
  }
  assert.equal(site.removalCodes.length, 6);
  const hers = await typeNumber(site, number);
  const end = await pressNamed(hers.browser, hers.page, 'Carte CPS');
  assert.equal(headingOf(end), 'Votre e-CPS a été supprimée');
});

test('the limit of a number is the same for one that nobody has, and passes', async (t) => {
  const site = await openRemovalSite(t);
  const ask = async (n = 0) => {
    const { browser, page } = await typeNumber(site, '99700099999', browserAt(n));
    return (await pressNamed(browser, page, 'Recevoir les codes')).status;
  };
  for (let n = 0; n < 6; n++) assert.equal(await ask(n), 200);
  assert.equal(await ask(), 429);
  site.clock.setAhead(hour);
  assert.equal(await ask(), 200);
});

test('one address types sixty numbers in ten minutes, and no more', async (t) => {
  const site = await openRemovalSite(t);
  const statuses: number[] = [];
  for (let n = 0; n < 62; n++) statuses.push((await typeNumber(site, number)).page.status);
  assert.deepEqual(
    statuses.slice(0, 60),
    Array.from({ length: 60 }, () => 200),
  );
  assert.deepEqual(statuses.slice(60), [429, 429]);
  site.clock.setAhead(601_000);
  assert.equal((await typeNumber(site, number)).page.status, 200);
});
