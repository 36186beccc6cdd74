import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { addProgram, type CibaAnswer, hintOf, idOf, openDemoCiba, order } from '../support/ciba-client.ts';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { askPhone, waitForPhone } from '../support/ecps-walk.ts';
import { headingOf, openChoice, press, readable } from '../support/http-walk.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const nurse = 'infirmier-rpps';
const connect = '/auth/realms/esante-wallet/protocol/openid-connect';
const byCard = { channel: 'CARD', acr_values: 'eidas2', binding_message: '05' };

const outcome = ({ status, body }: CibaAnswer) => [status, body.error];

/** From the sign-in page through the virtual reader; a card that was inserted stays there. */
async function readCard(browser: CookieBrowser, page: Page, slug: string): Promise<Page> {
  const reader = await press(browser, page, '/carte');
  const isInserted = /action="[^"]+\/code"/.test(reader.text);
  const inserted = isInserted ? reader : await press(browser, reader, '/carte', { persona: slug });
  return press(browser, inserted, '/code', { code: '1234' });
}

async function openRequests({ urls }: TestServer, slug: string) {
  const browser = createCookieBrowser();
  const page = await readCard(browser, await browser.open(new URL('/demandes', urls.wallet)), slug);
  assert.equal(page.url.pathname, '/demandes');
  return { browser, page };
}

const questionsOn = (page: Page) => page.text.split('data-testid="question"').length - 1;
const numbersOn = (page: Page) =>
  [...page.text.matchAll(/name="numero" value="(\d{2})"/g)].map(([, number]) => number ?? '');
const idsOn = (page: Page) =>
  [...page.text.matchAll(/action="(\/demandes\/[^"]+)"/g)].map(([, path]) => path ?? '');

testOnOneServer('signing in by card, asked for by a program', {
  'she reads her card, picks the number of the other screen, and the program has her tokens': async (
    server,
  ) => {
    const client = await openDemoCiba(server);
    const login_hint = await hintOf(server, nurse);
    const id = idOf(await client.ask({ ...byCard, login_hint }));
    assert.deepEqual(outcome(await client.poll(id)), [400, 'authorization_pending']);
    const { browser, page } = await openRequests(server, nurse);
    assert.match(readable(page.text), /Service de démonstration/);
    assert.equal(numbersOn(page).length, 3);
    assert.ok(numbersOn(page).includes('05'));
    const done = await press(browser, page, idsOn(page)[0] ?? '', { numero: '05' });
    assert.equal(headingOf(done), 'C’est fait');
    const { status, body } = await client.wait(id);
    assert.equal(status, 200, JSON.stringify(body));
    const claims = decodeJwt(String(body.id_token));
    assert.deepEqual([claims.SubjectNameID, claims.acr], [login_hint, 'eidas2']);
    const told = await fetch(new URL(`${connect}/userinfo`, server.urls.connect), {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    assert.equal(((await told.json()) as { authMode: string }).authMode, 'CARD');
    assert.equal(questionsOn(await browser.open(page.url)), 0);
    assert.deepEqual(outcome(await client.poll(id)), [400, 'invalid_grant']);
  },

  'another number, or a refusal, ends it; each has one try': async (server) => {
    const client = await openDemoCiba(server);
    const login_hint = await hintOf(server, nurse);
    for (const [answer, heading] of [
      ['other', 'Ce n’est pas ce nombre'],
      ['refus', 'Demande refusée'],
    ] as const) {
      const id = idOf(await client.ask({ ...byCard, login_hint }));
      const { browser, page } = await openRequests(server, nurse);
      const wrong = numbersOn(page).find((number) => number !== '05') ?? '';
      const numero = answer === 'other' ? wrong : answer;
      const path = idsOn(page)[0] ?? '';
      assert.equal(headingOf(await press(browser, page, path, { numero })), heading);
      const again = await press(browser, page, path, { numero: '05' });
      assert.deepEqual([again.status, headingOf(again)], [410, 'Cette demande n’attend plus']);
      assert.deepEqual(outcome(await client.poll(id)), [400, 'access_denied']);
    }
  },

  'a card that was read before does not answer; it is read for the request': async (server) => {
    const client = await openDemoCiba(server);
    const login_hint = await hintOf(server, nurse);
    const { browser, page } = await openRequests(server, nurse);
    assert.equal(questionsOn(page), 0);
    await server.api('POST', '/api/clock', { advanceMs: 1_000 });
    const id = idOf(await client.ask({ ...byCard, login_hint }));
    const stale = await browser.open(page.url);
    assert.deepEqual([questionsOn(stale), numbersOn(stale)], [1, []]);
    const readUrl = /<a class="button[^"]*" href="([^"]+\/auth[^"]+)"/.exec(stale.text)?.[1] ?? '';
    const fresh = await readCard(browser, await browser.open(readUrl.replaceAll('&amp;', '&')), nurse);
    await press(browser, fresh, idsOn(fresh)[0] ?? '', { numero: '05' });
    assert.equal((await client.wait(id)).status, 200);
  },

  'her e-CPS does not stand in for her card': async (server) => {
    const client = await openDemoCiba(server);
    const doctor = 'medecin-deux-lieux';
    const login_hint = await hintOf(server, doctor);
    const id = idOf(await client.ask({ ...byCard, login_hint }));
    const hers = await openRequests(server, doctor);
    await order(server, doctor, 'approve');
    const browser = createCookieBrowser();
    const choice = await openChoice(browser, server.urls);
    await waitForPhone(browser, await askPhone(browser, choice, login_hint));
    for (const page of [
      await browser.open(hers.page.url),
      await browser.submit(hers.page.url, idsOn(hers.page)[0] ?? '', { numero: '05' }),
    ])
      assert.match(page.url.pathname, /^\/connexion\//);
    assert.deepEqual(outcome(await client.poll(id)), [400, 'authorization_pending']);
  },

  'nobody else’s card shows or answers her requests': async (server) => {
    const client = await openDemoCiba(server);
    const id = idOf(await client.ask({ ...byCard, login_hint: await hintOf(server, nurse) }));
    const hers = await openRequests(server, nurse);
    const other = await openRequests(server, 'infirmier-sans-lieu');
    assert.equal(questionsOn(other.page), 0);
    await other.browser.submit(other.page.url, idsOn(hers.page)[0] ?? '', { numero: '05' });
    assert.deepEqual(outcome(await client.poll(id)), [400, 'authorization_pending']);
    const nobody = createCookieBrowser();
    const asked = await nobody.submit(hers.page.url, idsOn(hers.page)[0] ?? '', { numero: '05' });
    assert.match(asked.url.pathname, /^\/connexion\//);
    assert.doesNotMatch(asked.text, /e-CPS<\/strong>|name="identifiant"/);
  },

  'requests end by time, by a newer one of the same service, not by another’s': async (server) => {
    const [client, other] = [await openDemoCiba(server), await addProgram(server, 'other-program')];
    const login_hint = await hintOf(server, nurse);
    const older = idOf(await client.ask({ ...byCard, login_hint }));
    const newer = idOf(await client.ask({ ...byCard, login_hint }));
    idOf(await other.ask({ ...byCard, login_hint }));
    const { page } = await openRequests(server, nurse);
    assert.equal(questionsOn(page), 2);
    assert.deepEqual(outcome(await client.poll(older)), [400, 'expired_token']);
    await server.api('POST', '/api/clock', { advanceMs: 121_000 });
    assert.deepEqual(outcome(await client.poll(newer)), [400, 'expired_token']);
    for (let asked = 0; asked < 18; asked++) idOf(await client.ask({ ...byCard, login_hint }));
    assert.deepEqual(outcome(await client.ask({ ...byCard, login_hint })), [403, 'access_denied']);
  },

  'a level that only a card reaches is not asked of a phone': async (server) => {
    const client = await openDemoCiba(server);
    const login_hint = await hintOf(server, 'medecin-deux-lieux');
    const phone = await client.ask({ ...byCard, channel: 'MOBILE', login_hint });
    assert.deepEqual(outcome(phone), [400, 'unmet_authentication_requirements']);
    assert.equal((await client.ask({ ...byCard, login_hint })).status, 200);
  },
});
