import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import {
  authorizationUrl,
  authorize,
  codeOf,
  demoRedirect,
  openUntilService,
  presentCard,
  redeem,
  signIn,
  submit,
  userinfo,
} from '../support/oidc-client.ts';
import { rppsNurse, startProviderSite } from '../support/provider-site.ts';

test('a nurse signs in by card and the service learns who she is', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const page = await authorize(browser, site);
  assert.equal(page.status, 200);
  assert.match(page.text, /<strong>Service de démonstration</);
  assert.match(page.text, /Carte CPS/);
  const answer = await presentCard(browser, site, page);
  assert.equal(answer.url.origin + answer.url.pathname, demoRedirect);
  assert.equal(answer.url.searchParams.get('state'), 'the state');
  assert.equal(answer.url.searchParams.get('iss'), site.issuer);
  const { access_token } = await redeem(site, codeOf(answer));
  const claims = await (await userinfo(site, access_token)).json();
  assert.equal(claims.SubjectNameID, '899700000013');
  assert.equal(claims.given_name, 'Claire');
  assert.deepEqual(
    site.events.map(({ name }) => name),
    ['oidc.signed_in', 'oidc.code_issued', 'oidc.tokens_issued'],
  );
});

test('while the session is open another service needs no card', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  await signIn(browser, site);
  const silent = await authorize(browser, site, {
    redirectUri: 'http://127.0.0.1:2/other',
    prompt: 'none',
    nonce: 'another nonce',
  });
  const tokens = await redeem(site, codeOf(silent), { redirect_uri: 'http://127.0.0.1:2/other' });
  assert.ok(tokens.id_token);
});

test('without a session prompt=none answers login_required', async (t) => {
  const site = await startProviderSite(t);
  const answer = await authorize(createCookieBrowser(), site, { prompt: 'none' });
  assert.equal(answer.url.searchParams.get('error'), 'login_required');
  assert.equal(answer.url.searchParams.get('iss'), site.issuer);
});

test('prompt=login, prompt=consent and a passed max_age ask for the card again', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  await signIn(browser, site);
  for (const options of [{ prompt: 'login' }, { prompt: 'consent' }, { max_age: '0' }]) {
    const page = await authorize(browser, site, options);
    assert.match(page.text, /Carte CPS/, JSON.stringify(options));
    assert.ok(codeOf(await presentCard(browser, site, page)));
  }
  site.clock.setAhead(120_000);
  assert.match((await authorize(browser, site, { max_age: '60' })).text, /Carte CPS/);
  assert.ok(codeOf(await authorize(browser, site, { max_age: '600' })));
});

test('single sign-on ends after half an hour without a visit, and after four hours in all', async (t) => {
  const site = await startProviderSite(t);
  const minutes = (count: number) => count * 60_000;
  const idle = createCookieBrowser();
  await signIn(idle, site);
  site.clock.setAhead(minutes(31));
  assert.match((await authorize(idle, site)).text, /Carte CPS/);

  const busy = createCookieBrowser();
  await signIn(busy, site);
  const start = 31;
  for (let past = 25; past < 240; past += 25) {
    site.clock.setAhead(minutes(start + past));
    assert.ok(codeOf(await authorize(busy, site, { prompt: 'none' })), `${past} minutes`);
  }
  site.clock.setAhead(minutes(start + 241));
  assert.equal(
    (await authorize(busy, site, { prompt: 'none' })).url.searchParams.get('error'),
    'login_required',
  );
});

test('a card that was not recognised leads back to the reader that failed', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  site.card.answer = { failure: 'wrong_usage', reader: 'own' };
  const failed = await presentCard(browser, site, await authorize(browser, site));
  assert.equal(failed.status, 200);
  assert.match(failed.text, /<h1>Votre carte n&#39;a pas été reconnue<\/h1>/);
  assert.match(failed.text, /data-testid="card-failure" data-code="wrong_usage"/);
  assert.doesNotMatch(failed.text, /data-testid="cause"/);
  assert.match(failed.text, /Réessayer/);
  site.card.answer = { verification: rppsNurse(site.clock) };
  assert.ok(codeOf(await presentCard(browser, site, failed)));
  assert.deepEqual(site.card.readers, ['first', 'own']);
});

test('an expired or revoked card names its cause and who renews it', async (t) => {
  const site = await startProviderSite(t);
  for (const failure of ['expired', 'revoked'] as const) {
    const browser = createCookieBrowser();
    site.card.answer = { failure, reader: 'first' };
    const { text } = await presentCard(browser, site, await authorize(browser, site));
    assert.match(text, new RegExp(`data-testid="card-failure" data-code="${failure}"`));
    assert.match(text, /data-testid="cause" data-code="authenticator_expired"/);
    assert.match(text, /Agence du numérique en santé/);
    assert.doesNotMatch(text, /e-CPS/);
  }
});

test('going back to the service tells it access_denied', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const page = await authorize(browser, site);
  const answer = await submit(browser, site, page, `${page.url.pathname}/service`);
  assert.equal(answer.url.searchParams.get('error'), 'access_denied');
  assert.equal(answer.url.searchParams.get('state'), 'the state');
});

test('the sign-in pages speak the language that the service asks for', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  site.card.answer = { failure: 'expired', reader: 'first' };
  const page = await authorize(browser, site, { ui_locales: 'en fr' });
  assert.match(page.text, /How do you want to sign in\?/);
  assert.match((await presentCard(browser, site, page)).text, /Your card was not recognised/);
});

test('a sign-in that is gone says so and offers a way on', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const page = await authorize(browser, site);
  site.clock.setAhead(31 * 60_000);
  for (const path of ['', '/carte/retour?code=code-0']) {
    const stale = await browser.open(`${page.url.origin}${page.url.pathname}${path}`);
    assert.equal(stale.status, 410);
    assert.match(stale.text, /a expiré/);
    assert.match(stale.text, /href="http:\/\/localhost:4000\/professionnel\/connexion"/);
  }
  const resumed = await browser.open(new URL(page.url.pathname.replace('connexion', 'auth'), page.url));
  assert.equal(resumed.status, 400);
  assert.match(resumed.text, /a expiré/);
});

test('somebody else who signs in replaces the session and is not mixed up with it', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const first = await redeem(site, await signIn(browser, site));
  site.card.answer = {
    verification: { ...rppsNurse(site.clock), nationalId: { kind: 'rpps', value: '99700000021' } },
  };
  const page = await authorize(browser, site, { prompt: 'login' });
  const answer = await presentCard(browser, site, page);
  const second = await redeem(site, codeOf(answer));
  const { SubjectNameID } = await (await userinfo(site, second.access_token)).json();
  assert.equal(SubjectNameID, '899700000021');
  assert.notEqual(second.session_state, first.session_state);
  assert.equal((await userinfo(site, first.access_token)).status, 401);
});

test('a page of wallet signs people in by the same pages and knows the service they came from', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const wanted = new URL('/page', site.walletUrl);
  const page = await openUntilService(browser, site, wanted);
  assert.match(page.text, /Carte CPS/);
  const back = await presentCard(browser, site, page);
  assert.equal(back.url.pathname + back.url.search, '/page?x=1');
  const session = JSON.parse(back.text);
  assert.equal(session.verification.nationalId.value, '99700000013');
  assert.deepEqual(session.services, []);
  await authorize(browser, site);
  const { service } = JSON.parse((await browser.open(wanted)).text);
  const url = `http://localhost:1/login?iss=${encodeURIComponent(site.issuer)}`;
  assert.deepEqual(service, { name: 'Service de démonstration', url });
});

test('the form_post answer may go to its service and nowhere else', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  await signIn(browser, site);
  const page = await browser.open(authorizationUrl(site, { response_mode: 'form_post' }));
  assert.match(page.text, new RegExp(`action="${demoRedirect}"`));
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /form-action http:\/\/localhost:1;/);
  assert.match(policy, /script-src 'self' 'sha256-/);
});
