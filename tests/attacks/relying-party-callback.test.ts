import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { startRelyingPartySite } from '../support/relying-party-site.ts';

const claims = { sub: 'f:uuid:899700000013' };

/** Signs in up to the callback address, which is not opened. */
async function stopAtCallback(site: URL, browser = createCookieBrowser()): Promise<URL> {
  let at = new URL('/connexion/demarrer', site);
  while (at.pathname !== '/connexion/retour') {
    const response = await browser.request(at);
    at = new URL(response.headers.get('location') ?? '', at);
  }
  return at;
}

test('a callback made for one browser signs no other browser in (login CSRF)', async (t) => {
  const { site, issuer } = await startRelyingPartySite(t);
  issuer.answer({ claims });
  const attacker = createCookieBrowser();
  const callback = await stopAtCallback(site, attacker);
  const victim = createCookieBrowser();
  await victim.request(new URL('/connexion/demarrer', site));
  const page = await victim.open(callback);
  assert.equal(page.status, 400);
  assert.match(page.text, /Cette connexion n’est plus valable/);
  assert.equal((await victim.open(new URL('/accueil', site))).url.pathname, '/entrer');
  assert.equal((await attacker.open(callback)).url.pathname, '/accueil', 'the attempt did not use it up');
});

test('a cookie of the right name with another secret finishes nothing, and uses nothing up', async (t) => {
  const { site, issuer } = await startRelyingPartySite(t);
  issuer.answer({ claims });
  const hers = createCookieBrowser();
  const callback = await stopAtCallback(site, hers);
  const state = callback.searchParams.get('state') ?? '';
  for (const secret of ['A'.repeat(43), state, '']) {
    const his = createCookieBrowser();
    await his.jar.setCookie(`portal_login_${state.slice(0, 8)}=${secret}; Path=/`, site.href);
    assert.equal((await his.open(callback)).status, 400);
  }
  assert.equal((await hers.open(callback)).url.pathname, '/accueil');
});

test('a code of one request is refused in another request of the same browser (injection)', async (t) => {
  const { site, issuer } = await startRelyingPartySite(t);
  issuer.answer({ claims });
  const browser = createCookieBrowser();
  const stolen = await stopAtCallback(site);
  const own = await stopAtCallback(site, browser);
  own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
  const page = await browser.open(own);
  assert.equal(page.status, 400);
  assert.equal((await browser.open(new URL('/accueil', site))).url.pathname, '/entrer');
});

test('a callback is good once', async (t) => {
  const { site, issuer } = await startRelyingPartySite(t);
  issuer.answer({ claims });
  const browser = createCookieBrowser();
  const callback = await stopAtCallback(site, browser);
  const cookie = await browser.jar.getCookieString(site.href);
  const replay = () => fetch(callback, { headers: { cookie }, redirect: 'manual' });
  const statuses = (await Promise.all([replay(), replay()])).map(({ status }) => status).sort();
  assert.deepEqual(statuses, [303, 400]);
});

test('an answer that claims to come from another issuer is refused (mix-up)', async (t) => {
  const { site, issuer } = await startRelyingPartySite(t);
  issuer.answer({ claims });
  const browser = createCookieBrowser();
  const callback = await stopAtCallback(site, browser);
  callback.searchParams.set('iss', 'https://autre.example/realm');
  const page = await browser.open(callback);
  assert.equal(page.status, 502);
  assert.equal((await browser.open(new URL('/accueil', site))).url.pathname, '/entrer');
});

test('a session name that an attacker planted is not kept (session fixation)', async (t) => {
  const { site, issuer } = await startRelyingPartySite(t);
  issuer.answer({ claims });
  const browser = createCookieBrowser();
  await browser.jar.setCookie('portal_session=planted; Path=/', site.href);
  await browser.open(new URL('/connexion/demarrer', site));
  const cookies = await browser.jar.getCookies(site.href);
  assert.notEqual(cookies.find(({ key }) => key === 'portal_session')?.value, 'planted');
});

test('no address leads from the sign-in to another site (open redirector)', async (t) => {
  const { site, issuer } = await startRelyingPartySite(t);
  issuer.answer({ claims });
  const elsewhere = [
    'https://mal.example/',
    '//mal.example/',
    '/\\mal.example/',
    '\t//mal.example',
    '/\t/mal.example',
  ];
  for (const target of elsewhere) {
    const start = new URL('/connexion/demarrer', site);
    start.searchParams.set('retour', target);
    assert.equal((await createCookieBrowser().open(start)).url.host, site.host, target);
    const initiate = new URL('/connexion/initier', site);
    initiate.searchParams.set('iss', issuer.url.href);
    initiate.searchParams.set('target_link_uri', target);
    assert.equal((await createCookieBrowser().open(initiate)).url.host, site.host, target);
  }
});

test('an initiated sign-in that names another issuer goes nowhere', async (t) => {
  const { site } = await startRelyingPartySite(t);
  for (const query of ['', '?iss=https://mal.example/realm']) {
    const page = await createCookieBrowser().open(new URL(`/connexion/initier${query}`, site));
    assert.equal(page.status, 400);
    assert.match(page.text, /Ce lien de connexion ne vient pas du bon service/);
  }
});

test('another site cannot sign a person out by a form', async (t) => {
  const { site, issuer } = await startRelyingPartySite(t);
  issuer.answer({ claims });
  const browser = createCookieBrowser();
  await browser.open(new URL('/connexion/demarrer', site));
  const answer = await browser.request(new URL('/deconnexion', site), {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  assert.equal(answer.status, 403);
  assert.equal((await browser.open(new URL('/accueil', site))).url.pathname, '/accueil');
});

test('the database holds nothing that opens a session or finishes a sign-in', async (t) => {
  const { site, issuer, database } = await startRelyingPartySite(t);
  issuer.answer({ claims });
  const browser = createCookieBrowser();
  await browser.open(new URL('/connexion/demarrer', site));
  const callback = await stopAtCallback(site, browser);
  type Row = Record<string, unknown>;
  const db = database.as<{ relying_party_login: Row; relying_party_session: Row }>();
  const rows = JSON.stringify([
    await db.selectFrom('relying_party_login').selectAll().execute(),
    await db.selectFrom('relying_party_session').selectAll().execute(),
  ]);
  const cookies = await browser.jar.getCookies(site.href);
  const own = cookies.filter(({ key }) => key.startsWith('portal_'));
  assert.equal(own.length, 2);
  for (const { value } of own) assert.ok(!rows.includes(value));
  assert.ok(!rows.includes(callback.searchParams.get('state') ?? 'missing'));
});
