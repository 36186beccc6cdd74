import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adeli } from '#national-id';
import type { CardRequest } from '../../src/sandbox/pki/index.ts';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { codeOf, headingOf, textOf } from '../support/http-walk.ts';
import { linkByCommand } from '../support/link-by-command.ts';
import { followNamed, pressNamed } from '../support/named-controls.ts';
import { certifyHolder, presentOwnCard } from '../support/own-reader.ts';
import { activateByToken, openPhone, tokenOf } from '../support/repair-walk.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { getPersona } from '../support/walk.ts';

const number = '996000019';
const nurse = { code: '60', label: 'Infirmier' };
/** Who the record under the linked number is. */
const julien = { givenName: 'Julien', familyName: 'MARCHAND', profession: nurse };
const scan = 'Scanner avec mon téléphone';

const rppsOf = async (server: TestServer, slug: string) => (await getPersona(server, slug)).rpps ?? '';

async function signIn(server: TestServer, holder: Partial<CardRequest>) {
  const browser = createCookieBrowser();
  const card = await certifyHolder(server, { ...julien, nationalId: adeli(number), ...holder });
  const portal = await presentOwnCard(server, card, browser);
  assert.equal(textOf(portal, 'national-id'), `Numéro ADELI ${number}`);
  return { browser, portal };
}

interface SignedIn {
  browser: CookieBrowser;
  portal: Page;
}

/** Nothing of the record can be had: no code, no form about its contact details, no number shown. */
async function assertNothingGained(server: TestServer, { browser, portal }: SignedIn, rpps: string) {
  const repair = await followNamed(browser, portal, 'Réparer ma connexion');
  assert.doesNotMatch(repair.text, new RegExp(scan));
  for (const way of ['/telephone', '/mail', '/e-cps']) {
    const page = await browser.open(repair.url.href + way, { headers: { 'sec-fetch-site': 'same-origin' } });
    assert.equal(page.url.pathname, repair.url.pathname, way);
  }
  const mail = await browser.submit(repair.url, `${repair.url.pathname}/mail`);
  assert.equal(mail.url.pathname, repair.url.pathname);
  const contacts = await browser.open(`${server.urls.directory}/coordonnees`);
  assert.doesNotMatch(contacts.text, /name="adresse"/);
  const typed = { adresse: 'thief@example.org', mobile: '0639987742' };
  const saved = await browser.submit(contacts.url, '/coordonnees', typed);
  assert.notEqual(headingOf(saved), 'Vos coordonnées sont enregistrées');
  for (const page of [portal, repair, mail, contacts]) assert.ok(!page.text.includes(rpps), String(page.url));
  const { body } = await server.api<unknown[]>('GET', '/api/sms');
  assert.deepEqual(body, [], 'nobody was written to');
}

interface WrongLink {
  holder?: Partial<CardRequest>;
  /** Whose record the link leads to. */
  personas?: string[];
  cause?: string;
}

/** One condition of the link broken at a time. */
const wrong: Record<string, WrongLink> = {
  // First, while there is no link: one is only ever replaced.
  'no RPPS number': { personas: [], cause: 'no_rpps' },
  'another family name': { holder: { familyName: 'MARCHANT' } },
  'a family name that only begins alike': { holder: { familyName: 'MARCHAND-LE GALL' } },
  'another given name': { holder: { givenName: 'Julie' } },
  'the names the other way round': { holder: { givenName: 'Marchand', familyName: 'JULIEN' } },
  'another profession': { holder: { profession: { code: '70', label: 'Masseur-Kinésithérapeute' } } },
  'no profession': { holder: { profession: null } },
  'two RPPS numbers': { personas: ['infirmier-rpps', 'pharmacienne'] },
  'a record that has ended': {
    personas: ['infirmiere-radiee'],
    holder: { givenName: 'Nadine', familyName: 'LE GOFF' },
    cause: 'record_inactive',
  },
};

const refused = Object.fromEntries(
  Object.entries(wrong).map(([what, { holder = {}, personas = ['infirmier-rpps'], cause }]) => [
    `with ${what} hands over nothing`,
    async (server: TestServer) => {
      const linked = await Promise.all(personas.map((slug) => rppsOf(server, slug)));
      await linkByCommand(server, number, ...linked);
      const names = cause === 'record_inactive' ? await namesOf(server, personas[0] ?? '') : holder;
      const signedIn = await signIn(server, names);
      assert.equal(codeOf(signedIn.portal, 'cause'), cause ?? 'identity_mismatch');
      await assertNothingGained(server, signedIn, linked[0] ?? (await rppsOf(server, 'infirmier-rpps')));
    },
  ]),
);

async function namesOf(server: TestServer, slug: string): Promise<Partial<CardRequest>> {
  const { givenName, familyName } = await getPersona(server, slug);
  return { givenName, familyName };
}

const attacks: Record<string, (server: TestServer) => Promise<void>> = {
  // First, while nobody has been written to.
  ...refused,

  'whose conditions all hold leads to a code: so the others fail by their one fault': async (server) => {
    await linkByCommand(server, number, await rppsOf(server, 'infirmier-rpps'));
    const { browser, portal } = await signIn(server, {});
    assert.equal(codeOf(portal, 'cause'), 'legacy_adeli_identity');
    const repair = await followNamed(browser, portal, 'Réparer ma connexion');
    assert.ok(tokenOf(await pressNamed(browser, repair, scan), server));
  },

  'that is taken back ends the code on the page, and what was shown dies with its 90 seconds': async (
    server,
  ) => {
    await linkByCommand(server, number, await rppsOf(server, 'infirmier-rpps'));
    const { browser, portal } = await signIn(server, {});
    const code = await pressNamed(browser, await followNamed(browser, portal, 'Réparer ma connexion'), scan);
    const token = tokenOf(code, server);
    await linkByCommand(server, number, await rppsOf(server, 'pharmacienne'));
    const again = await browser.open(code.url);
    assert.doesNotMatch(again.text, /class="qr"/);
    assert.equal(codeOf(again, 'cause'), 'identity_mismatch');
    await server.api('POST', '/api/clock', { advanceMs: 91_000 });
    const phone = await openPhone(server);
    await assert.rejects(phone.redeem(token), /too old/);
  },

  'that changes after a code was shown never moves the code to the other record': async (server) => {
    const rpps = await rppsOf(server, 'infirmier-rpps');
    await linkByCommand(server, number, rpps);
    const { browser, portal } = await signIn(server, {});
    const code = await pressNamed(browser, await followNamed(browser, portal, 'Réparer ma connexion'), scan);
    await linkByCommand(server, number, await rppsOf(server, 'pharmacienne'));
    const { credential } = await activateByToken(server, tokenOf(code, server));
    assert.deepEqual(credential.nationalId, { kind: 'rpps', value: rpps });
    const page = await browser.open(code.url);
    assert.equal(codeOf(page, 'cause'), 'identity_mismatch', 'and the page leads on to nobody');
  },
};

test('a link from an ADELI number', async (t) => {
  const server = await startTestServer(t);
  for (const [sentence, attack] of Object.entries(attacks)) await t.test(sentence, () => attack(server));
});
