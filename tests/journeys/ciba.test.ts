import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import {
  type CibaAnswer,
  cibaGrant,
  cibaPath,
  hintOf,
  idOf,
  openDemoCiba,
  order,
} from '../support/ciba-client.ts';
import { startTestServer, testOnOneServer } from '../support/start-test-server.ts';

const doctor = 'medecin-deux-lieux';
const nurse = 'infirmiere-remplacante';
const connect = '/auth/realms/esante-wallet/protocol/openid-connect';

const outcome = ({ status, body }: CibaAnswer) => [status, body.error];

testOnOneServer('signing in on the phone, asked for by a program', {
  'the person approves: the usual tokens, userinfo, renewal, and a logout that ends them': async (server) => {
    const client = await openDemoCiba(server);
    await order(server, doctor, 'approve');
    const hint = await hintOf(server, doctor);
    const asked = await client.ask({ login_hint: hint });
    assert.deepEqual({ ...asked.body, auth_req_id: '' }, { auth_req_id: '', expires_in: 120, interval: 1 });
    const { status, body } = await client.wait(idOf(asked));
    assert.equal(status, 200, JSON.stringify(body));
    const { access_token, id_token, refresh_token, ...rest } = body as Record<string, string>;
    const claims = decodeJwt(id_token ?? '');
    assert.deepEqual(rest, {
      token_type: 'Bearer',
      expires_in: 120,
      refresh_expires_in: 1800,
      scope: 'openid scope_all identity',
      session_state: claims.sid,
      'not-before-policy': 0,
    });
    assert.equal(claims.SubjectNameID, hint);
    assert.equal(claims.aud, 'hygie-demo-ciba');
    assert.ok(claims.at_hash && claims.auth_time);
    const userinfo = () =>
      fetch(new URL(`${connect}/userinfo`, server.urls.connect), {
        headers: { authorization: `Bearer ${access_token}` },
      });
    const told = (await (await userinfo()).json()) as Record<string, unknown>;
    assert.deepEqual([told.SubjectNameID, told.authMode], [hint, 'MOBILE']);
    assert.ok(told.SubjectRefPro && refresh_token);

    const logout = new URL(`${connect}/logout?id_token_hint=${id_token}`, server.urls.connect);
    assert.equal((await fetch(logout)).status, 200);
    assert.equal((await userinfo()).status, 401);
  },

  'without its prefix the number is the same; the phone offers the two digits of the other screen': async (
    server,
  ) => {
    const client = await openDemoCiba(server);
    await order(server, doctor, 'approve');
    const hint = await hintOf(server, doctor);
    for (const digits of ['00', '07', '99']) {
      const asked = await client.ask({ login_hint: hint.slice(1), binding_message: digits });
      const { status, body } = await client.wait(idOf(asked));
      assert.equal(status, 200, `${digits}: ${JSON.stringify(body)}`);
    }
  },

  'she refuses, or chooses another number': async (server) => {
    const client = await openDemoCiba(server);
    for (const behaviour of ['refuse', 'wrong-number']) {
      await order(server, doctor, behaviour);
      const id = idOf(await client.ask({ login_hint: await hintOf(server, doctor) }));
      assert.deepEqual(outcome(await client.wait(id)), [400, 'access_denied'], behaviour);
      assert.deepEqual(outcome(await client.poll(id)), [400, 'invalid_grant'], behaviour);
    }
  },

  'nobody answers, or by a wrong password: pending until its time is over': async (server) => {
    const client = await openDemoCiba(server);
    for (const [persona, behaviour] of [
      [doctor, 'ignore'],
      [nurse, 'wrong-password'],
    ] as const) {
      await order(server, persona, behaviour);
      const id = idOf(await client.ask({ login_hint: await hintOf(server, persona) }));
      assert.deepEqual(outcome(await client.poll(id)), [400, 'authorization_pending']);
      await server.api('POST', '/api/clock', { advanceMs: 121_000 });
      assert.deepEqual(outcome(await client.poll(id)), [400, 'expired_token']);
    }
  },

  'a service may ask for less time, and gets no more': async (server) => {
    const client = await openDemoCiba(server);
    const login_hint = await hintOf(server, doctor);
    const more = await client.ask({ login_hint, requested_expiry: '600' });
    assert.equal(more.body.expires_in, 120);
    const less = await client.ask({ login_hint, requested_expiry: '30' });
    assert.equal(less.body.expires_in, 30);
    await server.api('POST', '/api/clock', { advanceMs: 31_000 });
    assert.deepEqual(outcome(await client.poll(idOf(less))), [400, 'expired_token']);
    assert.deepEqual(
      outcome(await client.poll(idOf(more))),
      [400, 'expired_token'],
      'the newer one took its place',
    );
  },

  'asking again before the interval is over is slow_down': async (server) => {
    const client = await openDemoCiba(server);
    const id = idOf(await client.ask({ login_hint: await hintOf(server, doctor) }));
    assert.deepEqual(outcome(await client.poll(id)), [400, 'authorization_pending']);
    assert.deepEqual(outcome(await client.poll(id)), [400, 'slow_down']);
  },

  'what a request must not be is named': async (server) => {
    const client = await openDemoCiba(server);
    const login_hint = await hintOf(server, doctor);
    const wrong: [string, Record<string, string | undefined>][] = [
      ['invalid_binding_message', { binding_message: undefined }],
      ['invalid_binding_message', { binding_message: '7' }],
      ['invalid_binding_message', { binding_message: '123' }],
      ['invalid_binding_message', { binding_message: 'ab' }],
      ['unknown_user_id', { login_hint: 'somebody' }],
      ['unknown_user_id', { login_hint: '899700000000' }],
      ['invalid_request', { login_hint: undefined }],
      ['invalid_request', { login_hint: undefined, id_token_hint: 'a.b.c' }],
      ['invalid_request', { login_hint: undefined, login_hint_token: 'a' }],
      ['invalid_request', { channel: 'PIGEON' }],
      ['invalid_request', { scope: undefined }],
      ['invalid_request', { scope: 'scope_all' }],
      ['invalid_request', { requested_expiry: '-1' }],
      [
        'unmet_authentication_requirements',
        { claims: '{"id_token":{"acr":{"essential":true,"value":"eidas3"}}}' },
      ],
    ];
    for (const [error, parameters] of wrong) {
      const answer = await client.ask({ login_hint, ...parameters });
      assert.deepEqual(outcome(answer), [400, error], JSON.stringify([parameters, answer.body]));
    }
    assert.deepEqual(outcome(await client.poll('nothing')), [400, 'invalid_grant']);
    assert.deepEqual(outcome(await client.poll('')), [400, 'invalid_request']);
  },

  'an e-CPS that has expired is told at once': async (server) => {
    const client = await openDemoCiba(server);
    const login_hint = await hintOf(server, 'infirmier-ecps-expiree');
    assert.deepEqual(outcome(await client.ask({ login_hint })), [403, 'access_denied']);
  },
});

test('discovery tells the endpoint, here and where clients show a certificate', async (t) => {
  const { urls } = await startTestServer(t);
  const answer = await fetch(
    new URL('/auth/realms/esante-wallet/.well-known/openid-configuration', urls.connect),
  );
  const document = (await answer.json()) as Record<string, unknown>;
  const aliases = document.mtls_endpoint_aliases as Record<string, string>;
  assert.equal(document.backchannel_authentication_endpoint, new URL(cibaPath, urls.connect).href);
  assert.equal(aliases.backchannel_authentication_endpoint, new URL(cibaPath, urls.mtls).href);
  assert.deepEqual(document.backchannel_token_delivery_modes_supported, ['poll', 'ping']);
  assert.ok((document.grant_types_supported as string[]).includes(cibaGrant));
  assert.ok(
    (document.backchannel_authentication_request_signing_alg_values_supported as string[]).includes('PS256'),
  );
});
