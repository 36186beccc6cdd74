import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Profile, Strategy } from 'passport-openidconnect';
import { refresh, userinfo } from '../support/oidc-client.ts';
import { demoId, demoSecret } from '../support/provider-site.ts';
import {
  createBrowserFor,
  type ServedSandbox,
  signInAtService,
  startServedSandbox,
} from '../support/served-sandbox.ts';

const callbackUrl = 'http://localhost:3000/auth/psc/callback';

interface User {
  profile: Profile;
  idToken: string;
  accessToken: string;
  refreshToken: string;
}

function createStrategy({ issuer, walletUrl }: ServedSandbox): Strategy {
  const at = (path: string) => `${issuer}/protocol/openid-connect/${path}`;
  return new Strategy(
    {
      issuer,
      authorizationURL: new URL('/auth', walletUrl).href,
      tokenURL: at('token'),
      userInfoURL: at('userinfo'),
      clientID: demoId,
      clientSecret: demoSecret,
      callbackURL: callbackUrl,
      scope: ['openid', 'scope_all'],
      acrValues: 'eidas1',
    },
    (_issuer, profile, _context, idToken, accessToken, refreshToken, done) =>
      done(null, { profile, idToken, accessToken, refreshToken } satisfies User),
  );
}

type Outcome = { redirect: string } | { user: User };

/** What passport does around a strategy: each request has one outcome. */
function authenticate(strategy: Strategy, session: object, url: string): Promise<Outcome> {
  const query = Object.fromEntries(new URL(url).searchParams);
  return new Promise((resolve, reject) => {
    const acting = Object.assign(Object.create(strategy) as Strategy, {
      redirect: (location: string) => resolve({ redirect: location }),
      success: (user: User) => resolve({ user }),
      fail: (challenge: unknown) => reject(new Error(JSON.stringify(challenge))),
      error: reject,
    });
    acting.authenticate({ session, query, body: {}, url, headers: {}, connection: {} }, {});
  });
}

test('passport-openidconnect signs in; its tokens are renewed and its session is ended', async (t) => {
  const sandbox = await startServedSandbox(t);
  const strategy = createStrategy(sandbox);
  const session = {};
  const begun = await authenticate(strategy, session, callbackUrl);
  assert.ok('redirect' in begun);
  const answer = await signInAtService(sandbox, createBrowserFor(callbackUrl), begun.redirect);
  const ended = await authenticate(strategy, session, answer.url.href);
  assert.ok('user' in ended);
  const { profile, idToken, accessToken, refreshToken } = ended.user;
  const { idNatPs, familyName } = sandbox.persona;
  assert.equal(profile.id.split(':').at(-1), idNatPs);
  assert.equal(profile.name?.familyName, familyName);
  const renewed = await (await refresh(sandbox, refreshToken)).json();
  assert.equal((await userinfo(sandbox, renewed.access_token)).status, 200);
  const logout = `${sandbox.issuer}/protocol/openid-connect/logout?${new URLSearchParams({ id_token_hint: idToken })}`;
  assert.equal((await fetch(logout)).status, 200);
  assert.equal((await userinfo(sandbox, accessToken)).status, 401);
});
