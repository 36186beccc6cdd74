import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { forEachEngine } from '../support/databases.ts';
import {
  authorize,
  challenge,
  demoRedirect,
  presentCard,
  redeem,
  refresh,
  signIn,
  type Tokens,
  tokenRequest,
  userinfo,
  verifier,
} from '../support/oidc-client.ts';
import { keyClientId, serviceId, serviceSecret, startProviderSite } from '../support/provider-site.ts';

const grant = { grant_type: 'authorization_code', redirect_uri: demoRedirect };

forEachEngine((engine) => {
  test('a code that comes twice revokes what it gave', async (t) => {
    const site = await startProviderSite(t, engine);
    const code = await signIn(createCookieBrowser(), site);
    const tokens = await redeem(site, code);
    const again = await tokenRequest(site, { ...grant, code });
    assert.deepEqual([again.status, (await again.json()).error], [400, 'invalid_grant']);
    assert.equal((await userinfo(site, tokens.access_token)).status, 401);
    assert.equal((await refresh(site, tokens.refresh_token)).status, 400);
  });

  test('a code that comes back after its minute still revokes what it gave', async (t) => {
    const site = await startProviderSite(t, engine);
    const code = await signIn(createCookieBrowser(), site);
    const tokens = await redeem(site, code);
    site.clock.setAhead(300_000);
    assert.equal((await tokenRequest(site, { ...grant, code })).status, 400);
    assert.equal((await refresh(site, tokens.refresh_token)).status, 400);
  });

  test('a code redeemed by several requests at once gives tokens to one at most, and those are revoked', async (t) => {
    const site = await startProviderSite(t, engine);
    const code = await signIn(createCookieBrowser(), site);
    const responses = await Promise.all(
      Array.from({ length: 5 }, () => tokenRequest(site, { ...grant, code })),
    );
    const won = responses.filter(({ status }) => status === 200);
    assert.ok(won.length <= 1);
    for (const response of responses)
      if (response.status !== 200) assert.equal((await response.json()).error, 'invalid_grant');
    for (const response of won) {
      const tokens = (await response.json()) as Tokens;
      assert.equal((await userinfo(site, tokens.access_token)).status, 401);
    }
  });

  test('of two requests with one code at the same time neither keeps what it got', async (t) => {
    const site = await startProviderSite(t, engine);
    const browser = createCookieBrowser();
    let code = await signIn(browser, site);
    for (let time = 0; time < 4; time++) {
      const responses = await Promise.all([1, 2].map(() => tokenRequest(site, { ...grant, code })));
      for (const response of responses.filter(({ status }) => status === 200)) {
        const tokens = (await response.json()) as Tokens;
        assert.equal((await userinfo(site, tokens.access_token)).status, 401);
        assert.equal((await refresh(site, tokens.refresh_token)).status, 400);
      }
      code = (await authorize(browser, site)).url.searchParams.get('code') ?? '';
    }
  });

  test('of concurrent refreshes one succeeds, and what it got stays valid', async (t) => {
    const site = await startProviderSite(t, engine);
    const { refresh_token } = await redeem(site, await signIn(createCookieBrowser(), site));
    const responses = await Promise.all(Array.from({ length: 5 }, () => refresh(site, refresh_token)));
    const won = responses.filter(({ status }) => status === 200);
    assert.equal(won.length, 1);
    for (const response of responses)
      if (response.status !== 200) assert.equal((await response.json()).error, 'invalid_grant');
    const tokens = (await won[0]?.json()) as Tokens;
    assert.equal((await refresh(site, refresh_token)).status, 400);
    assert.equal((await userinfo(site, tokens.access_token)).status, 200);
    assert.equal((await refresh(site, tokens.refresh_token)).status, 200);
  });
});

test("reusing one sign-in's code leaves what a later one got", async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const code = await signIn(browser, site);
  await redeem(site, code);
  const later = await redeem(site, (await authorize(browser, site)).url.searchParams.get('code') ?? '');
  assert.equal((await tokenRequest(site, { ...grant, code })).status, 400);
  assert.equal((await userinfo(site, later.access_token)).status, 200);
});

test('a code serves its own client, its own redirect_uri to the character, and a right secret', async (t) => {
  const site = await startProviderSite(t);
  const code = await signIn(createCookieBrowser(), site);
  const attempts: [Record<string, string>, number][] = [
    [{ redirect_uri: `${demoRedirect}/` }, 400],
    [{ redirect_uri: demoRedirect.replace('localhost', '127.0.0.1') }, 400],
    [{ redirect_uri: demoRedirect.toUpperCase() }, 400],
    [{ client_id: serviceId, client_secret: serviceSecret }, 400],
    [{ client_secret: 'a guess' }, 401],
    [{ client_id: keyClientId, client_secret: '' }, 401],
  ];
  for (const [change, status] of attempts)
    assert.equal(
      (await tokenRequest(site, { ...grant, code, ...change })).status,
      status,
      JSON.stringify(change),
    );
  assert.ok((await redeem(site, code)).access_token);
});

test('PKCE plain is refused, and a verifier cannot be dropped or guessed', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  for (const code_challenge_method of ['plain', '']) {
    const answer = await authorize(browser, site, { code_challenge: challenge, code_challenge_method });
    assert.equal(answer.url.searchParams.get('error'), 'invalid_request');
  }
  const code = await signIn(browser, site, { code_challenge: challenge, code_challenge_method: 'S256' });
  for (const code_verifier of ['', challenge, 'x'.repeat(43)]) {
    const response = await tokenRequest(site, { ...grant, code, code_verifier });
    assert.equal((await response.json()).error, 'invalid_grant');
  }
});

test('a code that was asked for without a challenge is not redeemed with a verifier (PKCE downgrade)', async (t) => {
  const site = await startProviderSite(t);
  const code = await signIn(createCookieBrowser(), site);
  const downgraded = await tokenRequest(site, { ...grant, code, code_verifier: verifier });
  assert.deepEqual([downgraded.status, (await downgraded.json()).error], [400, 'invalid_grant']);
});

test('a code is good for a minute', async (t) => {
  const site = await startProviderSite(t);
  const code = await signIn(createCookieBrowser(), site);
  site.clock.setAhead(61_000);
  assert.equal((await tokenRequest(site, { ...grant, code })).status, 400);
});

test('a refresh token serves the client that it was given to', async (t) => {
  const site = await startProviderSite(t);
  const { refresh_token } = await redeem(site, await signIn(createCookieBrowser(), site));
  const other = { client_id: serviceId, client_secret: serviceSecret };
  const stolen = await tokenRequest(site, { grant_type: 'refresh_token', refresh_token, ...other });
  assert.equal(stolen.status >= 400, true);
  assert.equal((await refresh(site, refresh_token)).status, 200);
});

test('every answer of the authorization endpoint names its issuer (mix-up)', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const denied = await authorize(browser, site, { prompt: 'none' });
  const page = await authorize(browser, site);
  const given = await presentCard(browser, site, page);
  for (const { url } of [denied, given]) assert.equal(url.searchParams.get('iss'), site.issuer);
});

test('grants and response types that PSC lists but nobody should use do not work', async (t) => {
  const site = await startProviderSite(t);
  for (const grant_type of [
    'password',
    'client_credentials',
    'implicit',
    'urn:ietf:params:oauth:grant-type:device_code',
  ]) {
    const response = await tokenRequest(site, { grant_type, username: 'u', password: 'p' });
    assert.equal(response.status, 400, grant_type);
  }
  for (const response_type of ['token', 'id_token', 'code id_token', 'none']) {
    const answer = await authorize(createCookieBrowser(), site, { response_type });
    const parameters = new URLSearchParams(answer.url.search + answer.url.hash.replace('#', '&'));
    assert.match(parameters.get('error') ?? '', /unsupported_response_type|invalid_request/, response_type);
  }
});
