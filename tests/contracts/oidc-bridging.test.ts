import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { decodeJwt } from 'jose';
import { adeli, rpps } from '#national-id';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import {
  authorize,
  introspect,
  presentCard,
  redeem,
  refresh,
  signIn,
  type Tokens,
  userinfo,
} from '../support/oidc-client.ts';
import { adeliNurse, serviceId, serviceSecret, startProviderSite } from '../support/provider-site.ts';

const identity = rpps('99700000013');
const sub = 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:899700000013';

/** A provider that bridges every ADELI login to the same record, and what it recorded. */
async function startBridging(t: TestContext, { fails = false } = {}) {
  const recorded: string[] = [];
  const site = await startProviderSite(t, 'sqlite', undefined, {
    bridging: {
      findIdentity: async ({ nationalId }) => (nationalId.kind === 'adeli' ? identity : undefined),
      async record(_unit, { service, locale }) {
        if (fails) throw new Error('The trail cannot be written.');
        recorded.push(`${service.name} ${locale}`);
      },
    },
  });
  site.card.answer = { verification: adeliNurse(site.clock) };
  return { site, recorded };
}

test('a bridged session gives the RPPS identity, for as long as it lives, and is recorded once', async (t) => {
  const { site, recorded } = await startBridging(t);
  const browser = createCookieBrowser();
  const first = await redeem(site, await signIn(browser, site));
  const second = (await (await refresh(site, first.refresh_token)).json()) as Tokens;
  const code = (await authorize(browser, site, { prompt: 'none', id_token_hint: first.id_token })).url;
  const third = await redeem(site, code.searchParams.get('code') ?? '');
  for (const tokens of [first, second, third]) {
    for (const token of [tokens.id_token, tokens.access_token]) {
      const claims = decodeJwt(token);
      assert.deepEqual([claims.sub, claims.SubjectNameID], [sub, '899700000013']);
    }
    assert.equal((await introspect(site, tokens.access_token)).sub, sub);
  }
  assert.deepEqual(recorded, ['Service de démonstration fr']);
});

test('a bridged sign-in that cannot be recorded does not happen', async (t) => {
  const { site } = await startBridging(t, { fails: true });
  const browser = createCookieBrowser();
  const page = await presentCard(browser, site, await authorize(browser, site));
  assert.equal(page.status, 500);
  assert.deepEqual(
    site.events.map(({ name }) => name).filter((name) => name === 'oidc.code_issued'),
    [],
  );
  const silent = await authorize(browser, site, { prompt: 'none' });
  assert.equal(silent.url.searchParams.get('error'), 'login_required');
});

test('a bridged session belongs to the number that was verified: it ends with that one, not with the other', async (t) => {
  const { site } = await startBridging(t);
  const { access_token } = await redeem(site, await signIn(createCookieBrowser(), site));
  await site.oidc.endSessionsOf(identity, 'superseded');
  assert.equal((await userinfo(site, access_token)).status, 200);
  await site.oidc.endSessionsOf(adeli('991234568'), 'superseded');
  assert.equal((await userinfo(site, access_token)).status, 401);
});

test('a service is told of the end of a bridged session by the subject that it was given', async (t) => {
  const { site } = await startBridging(t);
  const browser = createCookieBrowser();
  const code = await signIn(browser, site, { clientId: serviceId, redirectUri: site.redirectUri });
  const tokens = await redeem(site, code, {
    client_id: serviceId,
    client_secret: serviceSecret,
    redirect_uri: site.redirectUri,
  });
  await site.oidc.endSessionsOf(adeli('991234568'), 'superseded');
  const [token] = site.logoutTokens;
  const { sub: told, sid } = decodeJwt(token ?? '');
  assert.deepEqual([told, sid], [sub, tokens.session_state]);
});
