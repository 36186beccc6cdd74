import assert from 'node:assert/strict';
import { parseEnvironment } from '../../src/config/env.ts';
import { openContactPage, runContacts } from '../support/contact-walk.ts';
import { type CookieBrowser, createCookieBrowser } from '../support/cookie-browser.ts';
import { signInByCard } from '../support/http-walk.ts';
import { pressNamed } from '../support/named-controls.ts';
import { askForChange, openOperatorPage, signInOperator } from '../support/operator-walk.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const julien = '99700014253';
const asked = 'stranger@example.fr';
const pages = (reference: string) => ['', '/coordonnees', `/coordonnees/${reference}`, '/chargements/imp_x'];

const ask = (server: TestServer) => askForChange(server, { rpps: julien, adresse: asked });
const emailOf = async ({ api }: TestServer) => {
  const { body } = await api<{ slug: string; email: string | null }[]>('GET', '/api/personas');
  return body.find(({ slug }) => slug === 'infirmier-rpps')?.email;
};

/** Both decisions, as their forms post them. */
async function decide(server: TestServer, browser: CookieBrowser, reference: string): Promise<number[]> {
  const page = new URL(`/operateur/coordonnees/${reference}`, server.urls.directory);
  const accepted = await browser.submit(page, `${page.pathname}/acceptation`);
  const refused = await browser.submit(page, `${page.pathname}/refus`, { motif: 'not_asked' });
  return [accepted.status, refused.status];
}

async function assertStillOpen(server: TestServer, reference: string): Promise<void> {
  assert.ok((await runContacts(server, 'list')).out.includes(reference), 'the request waits');
  assert.notEqual(await emailOf(server), asked);
}

testOnOneServer('the pages of those who run the directory', {
  'open to nobody else: neither page nor decision, whoever is signed in': async (server) => {
    const reference = await ask(server);
    const browser = createCookieBrowser();
    await signInByCard(browser, server.urls, 'infirmier-rpps');
    await openContactPage(browser, server);
    for (const path of pages(reference)) {
      const page = await openOperatorPage(browser, server, path);
      assert.equal(page.status, 403, path);
      assert.ok(!page.text.includes(asked) && !page.text.includes(reference), path);
    }
    assert.deepEqual(await decide(server, browser, reference), [403, 403]);
    await assertStillOpen(server, reference);
  },

  'show nothing and decide nothing without a session, with one that was ended, or with that of another site':
    async (server) => {
      const reference = await ask(server);
      const stranger = createCookieBrowser();
      for (const path of pages(reference)) {
        const page = await openOperatorPage(stranger, server, path);
        assert.ok(!page.text.includes(asked), path);
      }
      assert.deepEqual(await decide(server, stranger, reference), [403, 403]);
      const { browser, page } = await signInOperator(server);
      const cookies = await browser.jar.getCookies(server.urls.directory);
      const secret = cookies.find(({ key }) => key === 'directory_session')?.value ?? '';
      assert.ok(secret);
      await pressNamed(browser, page, 'Déconnexion');
      await stranger.jar.setCookie(`directory_session=${secret}; Path=/`, server.urls.directory);
      assert.deepEqual(await decide(server, stranger, reference), [403, 403]);
      const portal = createCookieBrowser();
      await signInByCard(portal, server.urls, 'employe-cpe');
      const [own] = (await portal.jar.getCookies(server.urls.portal)).filter(
        ({ key }) => key === 'portal_session',
      );
      await stranger.jar.setCookie(`directory_session=${own?.value}; Path=/`, server.urls.directory);
      assert.deepEqual(await decide(server, stranger, reference), [403, 403]);
      await assertStillOpen(server, reference);
    },

  "take no decision out of another site's form": async (server) => {
    const reference = await ask(server);
    const { browser } = await signInOperator(server);
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'same-site', origin: server.urls.portal },
      { origin: 'https://evil.example' },
      {},
    ]) {
      for (const step of ['acceptation', 'refus']) {
        const url = new URL(`/operateur/coordonnees/${reference}/${step}`, server.urls.directory);
        const body = new URLSearchParams({ motif: 'not_asked' });
        assert.equal((await browser.request(url, { method: 'POST', headers, body })).status, 403);
      }
    }
    await assertStillOpen(server, reference);
  },

  'let one decision count, whatever comes after it or at the same time': async (server) => {
    const { browser } = await signInOperator(server);
    const refusedFirst = await ask(server);
    const page = new URL('/operateur/coordonnees', server.urls.directory);
    const post = (reference: string, step: string) =>
      browser.submit(page, `${page.pathname}/${reference}/${step}`, { motif: 'not_asked' });
    assert.equal((await post(refusedFirst, 'refus')).status, 200);
    assert.equal((await post(refusedFirst, 'acceptation')).status, 409);
    assert.notEqual(await emailOf(server), asked);
    const reference = await ask(server);
    const answers = await Promise.all(
      ['acceptation', 'acceptation', 'refus', 'acceptation'].map((step) => post(reference, step)),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409]);
  },

  'take no reason that is not in the list, and no request that is too old or not there': async (server) => {
    const reference = await ask(server);
    const { browser } = await signInOperator(server);
    const page = new URL('/operateur/coordonnees', server.urls.directory);
    for (const motif of ['', 'accepted', '<script>', 'x'.repeat(10_000)])
      assert.equal(
        (await browser.submit(page, `${page.pathname}/${reference}/refus`, { motif })).status,
        422,
      );
    await assertStillOpen(server, reference);
    assert.equal((await browser.submit(page, `${page.pathname}/AAA-AAA/acceptation`)).status, 404);
    await server.api('POST', '/api/clock', { advanceMs: 61 * 24 * 3_600_000 });
    const { browser: later } = await signInOperator(server);
    assert.equal((await later.submit(page, `${page.pathname}/${reference}/acceptation`)).status, 404);
    assert.notEqual(await emailOf(server), asked);
  },

  'keep who decided in the trail, and out of the log': async (server) => {
    const reference = await ask(server);
    const { browser } = await signInOperator(server);
    await decide(server, browser, reference);
    const { DatabaseSync } = await import('node:sqlite');
    if (server.env.HYGIE_DATABASE_URL) return;
    const state = new DatabaseSync(`${server.dataDir}/state.sqlite`, { readOnly: true });
    const rows = state.prepare(
      "select actor, details from audit_record where name like 'directory.contact_a%'",
    );
    assert.deepEqual(
      rows.all().map((row) => ({ ...row })),
      [{ actor: '599000189300017/0000000042', details: JSON.stringify({ reference }) }],
    );
    state.close();
  },

  'are for those whose whole identifier is in the setting': async () => {
    const parse = (text: string) =>
      parseEnvironment({ HYGIE_DIRECTORY_OPERATORS: text }).HYGIE_DIRECTORY_OPERATORS;
    assert.deepEqual(parse('899700014253, 0991234568'), ['899700014253', '0991234568']);
    for (const wrong of ['99700014253', '8997000142', '*', '899700014253;', '899700014253 0991234568'])
      assert.throws(() => parse(wrong), /HYGIE_DIRECTORY_OPERATORS: must be national identifiers/);
  },
});
