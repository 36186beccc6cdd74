import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { nurse } from '../support/ecps-site.ts';
import { readable } from '../support/http-walk.ts';
import { pressNamed } from '../support/named-controls.ts';
import {
  cardOf,
  openRemovalSite,
  type RemovalSite,
  typeCodes,
  typeNumber,
  wrong,
} from '../support/removal-site.ts';
import { handOver } from '../support/test-phone.ts';

const unknown = '99700099999';
const idNatPs = '899700012042';

const people: Record<string, { number: string; prepare?: (site: RemovalSite) => unknown }> = {
  unknown: { number: unknown },
  'with an e-CPS': { number: nurse.nationalId.value, prepare: (site) => handOver(site) },
  'without e-CPS': { number: nurse.nationalId.value },
  'without contacts': {
    number: nurse.nationalId.value,
    prepare: async (site) => {
      await handOver(site);
      site.people.set(idNatPs, { ...nurse, email: null, phone: null });
    },
  },
  'struck off': {
    number: nurse.nationalId.value,
    prepare: async (site) => {
      await handOver(site);
      site.people.set(idNatPs, { ...nurse, active: false });
    },
  },
};

async function countRows(site: RemovalSite): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ['authenticator_removal', 'rate_limit']) {
    const rows = await site.database.as<Record<string, object>>().selectFrom(table).selectAll().execute();
    counts[table] = rows.length;
  }
  return counts;
}

/** How long codes serve goes down by the second. */
const untimed = (text: string): string => text.replace(/servent encore [^.]*\./, '');

/** What a stranger sees and causes who types a number, asks for codes and guesses them. */
async function walk(t: TestContext, number: string, prepare?: (site: RemovalSite) => unknown) {
  const site = await openRemovalSite(t);
  await prepare?.(site);
  const before = site.events.length;
  const { browser, page } = await typeNumber(site, number);
  const sent = await pressNamed(browser, page, 'Recevoir les codes');
  const { codes } = site.removalCodes[0] ?? { codes: { mail: '', sms: '' } };
  const guesses = { mail: wrong(codes.mail), sms: wrong(codes.sms) };
  const pages = [page, sent];
  for (let n = 0; n < 6; n++) pages.push(await typeCodes(browser, sent, guesses));
  site.card.answer = {
    verification: cardOf(site, { familyName: 'Autre', nationalId: { kind: 'rpps', value: '99700014253' } }),
  };
  pages.push(await pressNamed(browser, sent, 'Carte CPS'));
  return {
    pages: pages.map((one) => [one.status, readable(untimed(one.text)).replaceAll(number, 'NUMBER')]),
    lengths: pages.map((one) => untimed(one.text).length),
    headers: pages.map(({ headers }) => [...headers.keys()].sort()),
    rows: await countRows(site),
    jobs: site.removalCodes.length,
    events: site.events.slice(before).map(({ name, subject }) => [name, subject]),
  };
}

test('a forgotten password looks alike, whoever the number leads to', async (t) => {
  const first = await walk(t, unknown);
  assert.equal(first.jobs, 1);
  assert.deepEqual(
    first.events.filter(([, subject]) => subject !== undefined),
    [],
  );
  for (const [name, { number, prepare }] of Object.entries(people))
    assert.deepEqual(await walk(t, number, prepare), first, name);
});

test('what the database keeps of codes and cookies is of no use to its reader', async (t) => {
  const site = await openRemovalSite(t);
  await handOver(site);
  const { browser, page } = await typeNumber(site, nurse.nationalId.value);
  await pressNamed(browser, page, 'Recevoir les codes');
  const cookie = (await browser.jar.getCookieString(site.walletUrl.href)).split('=')[1] ?? '';
  const { codes } = site.removalCodes[0] ?? { codes: { mail: '', sms: '' } };
  const rows = await site.database
    .as<Record<string, object>>()
    .selectFrom('authenticator_removal')
    .selectAll()
    .execute();
  const kept = JSON.stringify(rows);
  for (const secret of [cookie, codes.mail, codes.sms]) {
    assert.ok(secret.length >= 6);
    assert.ok(!kept.includes(`"${secret}"`));
  }
});
