import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { createRemoteJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { forEachEngine } from '../support/databases.ts';
import { introspect, redeem, refresh, signIn, type Tokens } from '../support/oidc-client.ts';
import { adeliNurse, demoId, type ProviderSite, startProviderSite } from '../support/provider-site.ts';

const sub = 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:899700000013';

async function verify(site: ProviderSite, token: string): Promise<JWTPayload> {
  const keys = createRemoteJWKSet(new URL(`${site.issuer}/protocol/openid-connect/certs`));
  const { payload } = await jwtVerify(token, keys, { issuer: site.issuer, algorithms: ['RS256'] });
  return payload;
}

/** Takes out what differs from run to run, after checking it. */
function stable(payload: JWTPayload, tokens: Tokens): JWTPayload {
  const { exp, iat, auth_time, jti, sid, session_state, ...rest } = payload;
  assert.equal(exp, Number(iat) + 120);
  assert.ok(Number(auth_time) <= Number(iat));
  assert.ok(jti);
  assert.equal(sid, tokens.session_state);
  assert.equal(session_state, tokens.session_state);
  return rest;
}

forEachEngine((engine) => {
  test("a card gives PSC's tokens", async (t) => {
    const site = await startProviderSite(t, engine);
    const tokens = await redeem(site, await signIn(createCookieBrowser(), site));
    const { access_token, id_token, refresh_token, session_state, ...rest } = tokens;
    assert.deepEqual(rest, {
      token_type: 'Bearer',
      expires_in: 120,
      refresh_expires_in: 1800,
      scope: 'openid scope_all identity',
      'not-before-policy': 0,
    });
    assert.ok(session_state && refresh_token);
    const signing = site.ring.keys().find(({ alg }) => alg === 'RS256');
    assert.deepEqual(decodeProtectedHeader(id_token), { alg: 'RS256', typ: 'JWT', kid: signing?.kid });
    assert.deepEqual(stable(await verify(site, id_token), tokens), {
      iss: site.issuer,
      aud: demoId,
      sub,
      typ: 'ID',
      azp: demoId,
      nonce: 'the nonce',
      at_hash: createHash('sha256').update(access_token).digest().subarray(0, 16).toString('base64url'),
      authMode: 'CARD',
      acr: 'eidas2',
      auth_level: '1',
      SubjectNameID: '899700000013',
      preferred_username: '899700000013',
      given_name: 'Claire',
      family_name: 'MARTIN',
    });
    assert.deepEqual(stable(await verify(site, access_token), tokens), {
      iss: site.issuer,
      sub,
      typ: 'Bearer',
      azp: demoId,
      nonce: 'the nonce',
      scope: 'openid scope_all identity',
      authMode: 'CARD',
      acr: 'eidas2',
      auth_level: '1',
      otherIds: [{ identifiant: '899700000013', origine: 'RPPS', qualite: 1 }],
      SubjectNameID: '899700000013',
      preferred_username: '899700000013',
    });
  });

  test('refreshed tokens speak of the same sign-in', async (t) => {
    const site = await startProviderSite(t, engine);
    const first = await redeem(site, await signIn(createCookieBrowser(), site));
    const second = (await (await refresh(site, first.refresh_token)).json()) as Tokens;
    const [before, after] = [await verify(site, first.id_token), await verify(site, second.id_token)];
    assert.equal(after.auth_time, before.auth_time);
    assert.equal(after.sid, before.sid);
    assert.notEqual(after.at_hash, before.at_hash);
    assert.equal(second.scope, first.scope);
    assert.equal(second.expires_in, 120);
  });

  test('introspection tells an access token whole, a refresh token without SubjectNameID', async (t) => {
    const site = await startProviderSite(t, engine);
    const tokens = await redeem(site, await signIn(createCookieBrowser(), site));
    const common = {
      active: true,
      client_id: demoId,
      azp: demoId,
      iss: site.issuer,
      sub,
      username: '899700000013',
      preferred_username: '899700000013',
      acr: 'eidas2',
      scope: 'openid scope_all identity',
      nonce: 'the nonce',
      session_state: tokens.session_state,
      sid: tokens.session_state,
    };
    const { exp, iat, auth_time, jti, ...access } = await introspect(site, tokens.access_token);
    assert.ok(exp && iat && auth_time && jti);
    const expected = { ...common, typ: 'Bearer', SubjectNameID: '899700000013', auth_level: '1' };
    assert.deepEqual(access, expected);
    const {
      exp: until,
      iat: since,
      auth_time: signedInAt,
      ...renewal
    } = await introspect(site, tokens.refresh_token);
    assert.ok(until && since && signedInAt);
    assert.deepEqual(renewal, { ...common, typ: 'Refresh' });
    assert.deepEqual(await introspect(site, 'nothing'), { active: false });
  });
});

test('an access token holds an empty nonce where none was sent, and names only where a scope asks', async (t) => {
  const site = await startProviderSite(t);
  const tokens = await redeem(
    site,
    await signIn(createCookieBrowser(), site, { nonce: '', scope: 'openid' }),
  );
  assert.equal((await verify(site, tokens.access_token)).nonce, '');
  const { nonce, given_name, SubjectNameID } = await verify(site, tokens.id_token);
  assert.deepEqual([nonce, given_name, SubjectNameID], [undefined, undefined, '899700000013']);
});

test('the subject of an ADELI card is the number with its prefix', async (t) => {
  const site = await startProviderSite(t);
  site.card.answer = { verification: adeliNurse(site.clock) };
  const { id_token, access_token } = await redeem(site, await signIn(createCookieBrowser(), site));
  const id = await verify(site, id_token);
  assert.equal(id.sub, 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:0991234568');
  assert.equal(id.SubjectNameID, '0991234568');
  assert.equal(id.given_name, 'Jeanne');
  assert.deepEqual((await verify(site, access_token)).otherIds, [
    { identifiant: '0991234568', origine: 'ADELI', qualite: 1 },
  ]);
});
