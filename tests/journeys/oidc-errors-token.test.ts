import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importJWK, SignJWT } from 'jose';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { basic, postForm } from '../support/oauth-form.ts';
import {
  type AuthorizationOptions,
  authorize,
  challenge,
  codeOf,
  demoRedirect,
  redeem,
  refresh,
  signIn,
  type Tokens,
  verifier,
} from '../support/oidc-client.ts';
import {
  demoId,
  demoSecret,
  keyClientId,
  type ProviderSite,
  serviceId,
  serviceSecret,
  signedId,
  startProviderSite,
} from '../support/provider-site.ts';

const demo = { client_id: demoId, client_secret: demoSecret };
const service = basic(serviceId, serviceSecret);
const redemption = { grant_type: 'authorization_code', code: 'x', redirect_uri: demoRedirect };
const endpoint = ({ issuer }: ProviderSite) => `${issuer}/protocol/openid-connect/token`;

/** The error by name, in the shape of RFC 6749 section 5.2. */
async function errorOf(response: Response, status = 400): Promise<string> {
  const body = (await response.json()) as {
    error: string;
    error_description?: string;
    access_token?: string;
  };
  assert.equal(response.status, status, JSON.stringify(body));
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
  assert.match(response.headers.get('cache-control') ?? '', /no-store/);
  assert.equal(body.access_token, undefined);
  return body.error;
}

const newCode = (site: ProviderSite, options: AuthorizationOptions = {}) =>
  signIn(createCookieBrowser(), site, options);
const newTokens = async (site: ProviderSite) => redeem(site, await newCode(site));

test('invalid_client: whoever is not a client, or does not show it', async (t) => {
  const site = await startProviderSite(t);
  const wrong: Record<string, Record<string, string>> = {
    'no authentication at all': {},
    'an unknown client': { ...demo, client_id: 'nobody' },
    'a wrong secret': { ...demo, client_secret: 'a guess' },
    'the secret of another client': { client_id: demoId, client_secret: serviceSecret },
    'no secret': { client_id: demoId },
    'a secret where assertions are due': { client_id: keyClientId, client_secret: demoSecret },
  };
  for (const [what, credentials] of Object.entries(wrong))
    await t.test(what, async () => {
      const response = await postForm(endpoint(site), { ...redemption, ...credentials });
      assert.equal(await errorOf(response, 401), 'invalid_client');
    });
  await t.test('a wrong secret in the header, which is told of the scheme', async () => {
    const response = await postForm(endpoint(site), redemption, basic(serviceId, 'a guess'));
    assert.match(response.headers.get('www-authenticate') ?? '', /^Basic .*error="invalid_client"/);
    assert.equal(await errorOf(response, 401), 'invalid_client');
  });
});

test('invalid_client: an assertion that is not the client’s, not for us, or not now', async (t) => {
  const site = await startProviderSite(t);
  const key = await importJWK(site.clientKey);
  const now = Math.floor(Date.now() / 1000);
  const good = { iss: keyClientId, sub: keyClientId, aud: site.issuer, jti: 'once', exp: now + 60, iat: now };
  const send = async (claims: object, alg = 'ES256') => {
    const header = { alg, kid: 'client-key' };
    const assertion = await new SignJWT({ ...claims }).setProtectedHeader(header).sign(key);
    return sendAssertion(site, assertion);
  };
  for (const [what, claims] of Object.entries({
    'the issuer of another': { ...good, iss: serviceId },
    'another audience': { ...good, aud: 'https://example.org/' },
    'no jti': { ...good, jti: undefined },
    'no end': { ...good, exp: undefined },
    'an end that has passed': { ...good, exp: now - 120, iat: now - 180 },
  }))
    await t.test(what, async () => {
      assert.equal(await errorOf(await send(claims), 401), 'invalid_client');
    });
  await t.test('one that was used', async () => {
    assert.equal(await errorOf(await send(good)), 'invalid_grant');
    assert.equal(await errorOf(await send(good), 401), 'invalid_client');
  });
  await t.test('one without signature', async () => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${encode({ alg: 'none' })}.${encode({ ...good, jti: 'none' })}.`;
    assert.equal(await errorOf(await sendAssertion(site, unsigned), 401), 'invalid_client');
  });
});

function sendAssertion(site: ProviderSite, assertion: string): Promise<Response> {
  return postForm(endpoint(site), {
    ...redemption,
    client_id: keyClientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
}

test('invalid_request: what is missing, twice there, or not a form', async (t) => {
  const site = await startProviderSite(t);
  const without = (name: string) =>
    Object.fromEntries(Object.entries({ ...redemption, ...demo }).filter(([key]) => key !== name));
  for (const name of ['grant_type', 'code', 'redirect_uri'])
    await t.test(`no ${name}`, async () => {
      assert.equal(await errorOf(await postForm(endpoint(site), without(name))), 'invalid_request');
    });
  await t.test('no refresh_token', async () => {
    const response = await postForm(endpoint(site), { ...demo, grant_type: 'refresh_token' });
    assert.equal(await errorOf(response), 'invalid_request');
  });
  await t.test('two ways to authenticate', async () => {
    const response = await postForm(endpoint(site), { ...redemption, ...demo }, basic(demoId, demoSecret));
    assert.equal(await errorOf(response), 'invalid_request');
  });
  await t.test('two clients', async () => {
    const response = await postForm(endpoint(site), { ...redemption, client_id: demoId }, service);
    assert.equal(await errorOf(response), 'invalid_request');
  });
  await t.test('a parameter twice', async () => {
    const body = new URLSearchParams({ ...redemption, ...demo });
    body.append('code', 'y');
    assert.equal(await errorOf(await fetch(endpoint(site), { method: 'POST', body })), 'invalid_request');
  });
  await t.test('JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(endpoint(site), { method: 'POST', body: '{}', headers });
    assert.equal(await errorOf(response), 'invalid_request');
  });
  await t.test('a verifier that is too short', async () => {
    const code = await newCode(site, { code_challenge: challenge, code_challenge_method: 'S256' });
    const response = await postForm(endpoint(site), { ...redemption, ...demo, code, code_verifier: 'x' });
    assert.equal(await errorOf(response), 'invalid_request');
  });
});

test('unsupported_grant_type: grants that are not offered, and words that are none', async (t) => {
  const site = await startProviderSite(t);
  for (const grant_type of [
    'password',
    'implicit',
    'urn:ietf:params:oauth:grant-type:device_code',
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    'whatever',
  ])
    await t.test(grant_type, async () => {
      const response = await postForm(endpoint(site), { ...demo, grant_type });
      assert.equal(await errorOf(response), 'unsupported_grant_type');
    });
});

test('unauthorized_client: a grant that is offered, but not to this client', async (t) => {
  const site = await startProviderSite(t);
  const form = { client_id: 'hygie-wallet', grant_type: 'authorization_code', code: 'x', redirect_uri: 'x' };
  assert.equal(await errorOf(await postForm(endpoint(site), form)), 'unauthorized_client');
});

test('invalid_grant: a code that cannot be redeemed, for each reason alike', async (t) => {
  const site = await startProviderSite(t);
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
  const give = async (code: string, more: Record<string, string> = {}, as: object = demo) =>
    postForm(endpoint(site), { ...redemption, ...as, code, ...more });
  const signed = { client_id: signedId, client_secret: demoSecret };
  const reasons: Record<string, () => Promise<Response>> = {
    unknown: () => give('x'),
    'of another client': async () => give(await newCode(site), {}, signed),
    'for another redirect_uri': async () =>
      give(await newCode(site), { redirect_uri: 'http://localhost:2/' }),
    'for the same redirect_uri, but for a slash': async () =>
      give(await newCode(site), { redirect_uri: `${demoRedirect}/` }),
    'without its verifier': async () => give(await newCode(site, pkce)),
    'with another verifier': async () => give(await newCode(site, pkce), { code_verifier: 'y'.repeat(43) }),
    'with a verifier that nobody announced': async () =>
      give(await newCode(site), { code_verifier: verifier }),
    'used before': async () => {
      const code = await newCode(site);
      await redeem(site, code);
      return give(code);
    },
    'of a session that has ended': async () => {
      const browser = createCookieBrowser();
      const { session_state } = await redeem(site, await signIn(browser, site));
      const code = codeOf(await authorize(browser, site, { prompt: 'none' }));
      await site.oidc.endSession(String(session_state), 'signed_out');
      return give(code);
    },
    'more than a minute old': async () => {
      const code = await newCode(site);
      site.clock.setAhead(site.clock.aheadMs + 61_000);
      return give(code);
    },
  };
  for (const [what, attempt] of Object.entries(reasons))
    await t.test(what, async () => assert.equal(await errorOf(await attempt()), 'invalid_grant'));
});

test('invalid_grant: a refresh token that gives nothing, for each reason alike', async (t) => {
  const site = await startProviderSite(t);
  const age = (ms: number) => site.clock.setAhead(site.clock.aheadMs + ms);
  const reasons: Record<string, () => Promise<Response>> = {
    unknown: () => refresh(site, 'x'),
    'an access token': async () => refresh(site, (await newTokens(site)).access_token),
    'of another client': async () => {
      const { refresh_token } = await newTokens(site);
      return postForm(endpoint(site), { grant_type: 'refresh_token', refresh_token }, service);
    },
    'rotated before': async () => {
      const { refresh_token } = await newTokens(site);
      assert.equal((await refresh(site, refresh_token)).status, 200);
      return refresh(site, refresh_token);
    },
    revoked: async () => {
      const { refresh_token } = await newTokens(site);
      await postForm(`${site.issuer}/protocol/openid-connect/revoke`, { ...demo, token: refresh_token });
      return refresh(site, refresh_token);
    },
    'of a session that has ended': async () => {
      const { refresh_token, session_state } = await newTokens(site);
      await site.oidc.endSession(String(session_state), 'signed_out');
      return refresh(site, refresh_token);
    },
    'half an hour old': async () => {
      const { refresh_token } = await newTokens(site);
      age(30 * 60_000 + 1_000);
      return refresh(site, refresh_token);
    },
    'of a session of four hours, however often it was renewed': async () => {
      let { refresh_token: token } = await newTokens(site);
      for (let past = 0; past < 4 * 60 - 25; past += 25) {
        age(25 * 60_000);
        const renewed = await refresh(site, token);
        assert.equal(renewed.status, 200);
        token = ((await renewed.json()) as Tokens).refresh_token;
      }
      age(25 * 60_000);
      return refresh(site, token);
    },
  };
  for (const [what, attempt] of Object.entries(reasons))
    await t.test(what, async () => assert.equal(await errorOf(await attempt()), 'invalid_grant'));
});

test('invalid_scope: a renewal never gets more than was granted', async (t) => {
  const site = await startProviderSite(t);
  const { refresh_token } = await newTokens(site);
  for (const scope of ['openid scope_all repair', 'openid "', 'unheard-of']) {
    const form = { ...demo, grant_type: 'refresh_token', refresh_token, scope };
    assert.equal(await errorOf(await postForm(endpoint(site), form)), 'invalid_scope', scope);
  }
  const less = { ...demo, grant_type: 'refresh_token', refresh_token, scope: 'openid' };
  const renewed = (await (await postForm(endpoint(site), less)).json()) as Tokens;
  assert.equal(renewed.scope, 'openid');
});
