import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { temporaryDirectory } from '../support/databases.ts';
import { type DemoTokens, redeemDemoCode } from '../support/demo-client.ts';
import {
  accessTokenType,
  claimsOf,
  endpoint,
  exchangeGrant,
  exchangerId,
  getSubjectToken,
  jwtType,
  openExchanger,
  realm,
} from '../support/exchange-client.ts';
import { askMtls } from '../support/mtls-client.ts';
import { runCommand } from '../support/run-command.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const audience = 'https://api.demo.example';
const getUserinfo = (server: TestServer, token: unknown) =>
  fetch(new URL(endpoint('userinfo'), server.urls.connect), {
    headers: { authorization: `Bearer ${token}` },
  });

testOnOneServer('an access token is exchanged for one of an API', {
  'what another service was given becomes a token for the API, bound to the certificate, for an hour': async (
    server,
  ) => {
    const exchanger = await openExchanger(server);
    const subjectToken = await getSubjectToken(server);
    const { status, text, body, headers } = await exchanger.exchange(subjectToken, {
      actor_token: await exchanger.signActor(),
      actor_token_type: jwtType,
      audience,
    });
    assert.equal(status, 200, text);
    assert.match(String(headers['cache-control']), /no-store/);
    const { access_token: token, session_state: session, ...rest } = body;
    assert.deepEqual(rest, {
      issued_token_type: accessTokenType,
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'demo.lecture',
      'not-before-policy': 0,
    });
    const keys = createRemoteJWKSet(new URL(endpoint('certs'), server.urls.connect));
    const issuer = new URL(realm, server.urls.connect).href;
    const { payload } = await jwtVerify(String(token), keys, { issuer, audience });
    const subject = claimsOf(subjectToken);
    assert.equal(payload.exp, Number(payload.iat) + 3600);
    for (const name of ['sub', 'SubjectNameID', 'preferred_username', 'sid', 'auth_time', 'acr'])
      assert.equal(payload[name], subject[name], name);
    assert.deepEqual([payload.sid, payload.azp, payload.client_id], [session, exchangerId, exchangerId]);
    assert.deepEqual([payload.scope, payload.otherIds], ['demo.lecture', undefined]);
    const { fingerprint256 } = new X509Certificate(exchanger.certificate.certificatePem);
    const digest = Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
    assert.deepEqual(payload.cnf, { 'x5t#S256': digest });
    assert.deepEqual(payload.act, {
      iss: exchangerId,
      sub: 'poste-12',
      lps_nom: 'Logiciel de soins',
      lps_id: 'LPS-1',
      lps_version: '4.2',
      situation_exercice: '1000000001',
    });
    const told = await exchanger.introspect(token);
    for (const name of ['aud', 'act', 'cnf', 'scope', 'SubjectNameID', 'exp', 'client_id'])
      assert.deepEqual(told[name], payload[name], name);
    assert.equal(told.active, true);
  },

  'without an actor or an audience; both types of token; the issuer named as the guide does': async (
    server,
  ) => {
    const exchanger = await openExchanger(server);
    const subjectToken = await getSubjectToken(server);
    for (const type of [jwtType, accessTokenType]) {
      const { body } = await exchanger.exchange(subjectToken, {
        scope: 'demo.ecriture demo.lecture demo.ecriture',
        subject_token_type: type,
        requested_token_type: type,
        subject_issuer: 'psc',
      });
      assert.equal(body.issued_token_type, type);
      const claims = claimsOf(body.access_token);
      assert.deepEqual(
        [claims.aud, claims.act, claims.scope],
        [audience, undefined, 'demo.ecriture demo.lecture'],
      );
    }
    assert.equal(
      (await getUserinfo(server, subjectToken)).status,
      200,
      'the sign-in’s own token is as it was',
    );
  },

  'it ends with the session: by a logout, and when nobody keeps the session alive': async (server) => {
    const exchanger = await openExchanger(server);
    for (const end of ['logout', 'time']) {
      const tokens = await redeemDemoCode(server, 'infirmier-rpps');
      const { body } = await exchanger.exchange(tokens.access_token);
      assert.equal((await exchanger.introspect(body.access_token)).active, true, end);
      if (end === 'time') await server.api('POST', '/api/clock', { advanceMs: 31 * 60_000 });
      else {
        const logout = new URL(endpoint('logout'), server.urls.connect);
        await fetch(logout, {
          method: 'POST',
          body: new URLSearchParams({ id_token_hint: tokens.id_token }),
        });
      }
      assert.deepEqual(await exchanger.introspect(body.access_token), { active: false }, end);
    }
  },

  'it is revoked by the client that has it': async (server) => {
    const exchanger = await openExchanger(server);
    const { body } = await exchanger.exchange(await getSubjectToken(server));
    const token = String(body.access_token);
    const { certificate } = exchanger;
    const form = { token, client_id: exchangerId };
    assert.equal((await askMtls(server, endpoint('revoke'), { certificate, form })).status, 200);
    assert.deepEqual(await exchanger.introspect(token), { active: false });
  },

  'a session near its end gives less than an hour': async (server) => {
    const exchanger = await openExchanger(server);
    let { access_token, refresh_token } = await redeemDemoCode(server, 'infirmier-rpps');
    for (let minutes = 0; minutes < 3.5 * 60; minutes += 21) {
      await server.api('POST', '/api/clock', { advanceMs: 21 * 60_000 });
      const renewed = await fetch(new URL(endpoint('token'), server.urls.connect), {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token,
          client_id: 'hygie-demo',
          client_secret: 'hygie-demo-secret',
        }),
      });
      ({ access_token, refresh_token } = (await renewed.json()) as DemoTokens);
    }
    const { status, body, text } = await exchanger.exchange(access_token);
    assert.equal(status, 200, text);
    assert.ok(Number(body.expires_in) <= 1800 && Number(body.expires_in) > 1700, String(body.expires_in));
  },

  'discovery tells of it; a client is added with what it may exchange for, and not without': async (
    server,
    t,
  ) => {
    const address = new URL(`${realm}/.well-known/openid-configuration`, server.urls.connect);
    const document = await (await fetch(address)).json();
    assert.ok(document.grant_types_supported.includes(exchangeGrant));
    const file = join(await temporaryDirectory(t), 'client.json');
    const client = {
      client_id: 'echangeur',
      client_name: 'Proxy',
      grant_types: [exchangeGrant],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_subject_dn: 'CN=proxy,C=FR',
      scope: 'openid dmp.lecture dmp.ecriture',
      api_audience: ['https://dmp.example', 'https://insi.example'],
    };
    const add = async (more: object) => {
      await writeFile(file, JSON.stringify({ ...client, ...more }));
      return runCommand(server, 'client', 'add', '--file', file);
    };
    for (const [more, member] of [
      [{ scope: 'openid' }, /scope/],
      [{ api_audience: undefined }, /api_audience/],
      [{ api_audience: [] }, /api_audience/],
      [{ api_audience: 'https://dmp.example' }, /api_audience/],
      [{ token_endpoint_auth_method: 'client_secret_basic' }, /tls_client_auth/],
    ] as const) {
      const refused = await add(more);
      assert.notEqual(refused.code, 0, JSON.stringify(more));
      assert.match(refused.stderr, member);
    }
    const added = await add({});
    assert.equal(added.code, 0, added.stderr);
    const listed = JSON.parse((await runCommand(server, 'client', 'list', '--json')).stdout);
    const kept = listed.clients.find((one: { client_id: string }) => one.client_id === 'echangeur');
    assert.deepEqual([kept.scope, kept.api_scope], ['openid', 'dmp.lecture dmp.ecriture']);
  },
});
