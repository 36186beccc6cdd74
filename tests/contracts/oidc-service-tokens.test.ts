import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { forEachEngine } from '../support/databases.ts';
import { introspect, type Tokens, tokenRequest, userinfo } from '../support/oidc-client.ts';
import { machineId } from '../support/provider-clients.ts';
import { demoSecret, type ProviderSite, startProviderSite } from '../support/provider-site.ts';

function ask(site: ProviderSite, body: Record<string, string> = {}): Promise<Response> {
  return tokenRequest(site, { grant_type: 'client_credentials', client_id: machineId, ...body });
}

forEachEngine((engine) => {
  test('a service gets a token for itself, which resource servers introspect', async (t) => {
    const site = await startProviderSite(t, engine);
    const response = await ask(site);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const { access_token, ...rest } = (await response.json()) as Tokens;
    assert.deepEqual(rest, {
      token_type: 'Bearer',
      expires_in: 120,
      scope: 'stocks orders',
      'not-before-policy': 0,
    });
    const { iat, exp, jti, ...claims } = decodeJwt(access_token);
    assert.equal(exp, Number(iat) + 120);
    const about = {
      iss: site.issuer,
      sub: machineId,
      typ: 'Bearer',
      azp: machineId,
      client_id: machineId,
      scope: 'stocks orders',
    };
    assert.deepEqual(claims, about);
    assert.equal(decodeProtectedHeader(access_token).alg, 'RS256');
    const told = await introspect(site, access_token);
    assert.deepEqual(told, { ...told, ...about, iat, exp, jti, active: true });
    assert.equal('username' in told, false);
  });
});

test('it opens no userinfo, is told of by its signature alone, revoked, and runs out', async (t) => {
  const site = await startProviderSite(t);
  const token = async () => ((await (await ask(site, { scope: 'stocks' })).json()) as Tokens).access_token;
  const first = await token();
  assert.equal(decodeJwt(first).scope, 'stocks');
  assert.equal((await userinfo(site, first)).status, 401);
  assert.deepEqual(await introspect(site, String(decodeJwt(first).jti)), { active: false });
  const body = { token: first, client_id: machineId };
  await tokenRequest(site, body, '/protocol/openid-connect/revoke');
  assert.deepEqual(await introspect(site, first), { active: false });
  const second = await token();
  site.clock.setAhead(121_000);
  assert.deepEqual(await introspect(site, second), { active: false });
});

test('what is refused: another scope, another secret, and a service of people', async (t) => {
  const site = await startProviderSite(t);
  const errorOf = async (response: Response) => [response.status, (await response.json()).error];
  assert.deepEqual(await errorOf(await ask(site, { scope: 'stocks openid' })), [400, 'invalid_scope']);
  assert.deepEqual(await errorOf(await ask(site, { client_secret: 'wrong' })), [401, 'invalid_client']);
  const people = await tokenRequest(site, { grant_type: 'client_credentials', client_secret: demoSecret });
  assert.deepEqual(await errorOf(people), [400, 'unauthorized_client']);
});
