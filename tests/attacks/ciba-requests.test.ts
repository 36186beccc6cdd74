import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import {
  addProgram,
  type CibaAnswer,
  createCibaClient,
  hintOf,
  idOf,
  openDemoCiba,
  order,
} from '../support/ciba-client.ts';
import { testOnOneServer } from '../support/start-test-server.ts';

const doctor = 'medecin-deux-lieux';

const outcome = ({ status, body }: CibaAnswer) => [status, body.error];

testOnOneServer('requests by programs of services', {
  'another client learns nothing by an auth_req_id, and takes nothing': async (server) => {
    const [client, other] = [await openDemoCiba(server), await addProgram(server, 'other-program')];
    await order(server, doctor, 'approve');
    const id = idOf(await client.ask({ login_hint: await hintOf(server, doctor) }));
    assert.deepEqual(outcome(await other.poll(id)), [400, 'invalid_grant']);
    assert.equal((await client.wait(id)).status, 200);
    assert.deepEqual(outcome(await other.poll(id)), [400, 'invalid_grant']);
  },

  'an auth_req_id is redeemed once': async (server) => {
    const client = await openDemoCiba(server);
    await order(server, doctor, 'approve');
    const id = idOf(await client.ask({ login_hint: await hintOf(server, doctor) }));
    assert.equal((await client.wait(id)).status, 200);
    for (let again = 0; again < 2; again++)
      assert.deepEqual(outcome(await client.poll(id)), [400, 'invalid_grant']);
  },

  'of many polls at once one wins': async (server) => {
    const client = await openDemoCiba(server);
    await order(server, doctor, 'approve', { delayMs: 200 });
    const id = idOf(await client.ask({ login_hint: await hintOf(server, doctor) }));
    const won: CibaAnswer[] = [];
    for (let round = 0; round < 20 && won.length === 0; round++) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => client.poll(id)));
      const errors = answers.flatMap(({ body }) => body.error ?? []);
      for (const error of errors)
        assert.ok(['authorization_pending', 'slow_down', 'invalid_grant'].includes(error), error);
      won.push(...answers.filter(({ status }) => status === 200));
      await wait(100);
    }
    assert.equal(won.length, 1);
    assert.deepEqual(outcome(await client.poll(id)), [400, 'invalid_grant']);
  },

  'a request of another service does not end hers; a newer one of the same does': async (server) => {
    const [client, other] = [await openDemoCiba(server), await addProgram(server, 'other-program')];
    const login_hint = await hintOf(server, doctor);
    const older = idOf(await client.ask({ login_hint }));
    const hers = idOf(await client.ask({ login_hint, binding_message: '41' }));
    const strangers = idOf(await other.ask({ login_hint, binding_message: '42' }));
    assert.deepEqual(outcome(await client.poll(older)), [400, 'expired_token']);
    await order(server, doctor, 'approve');
    assert.equal((await client.wait(hers)).status, 200);
    assert.equal((await other.wait(strangers)).status, 200);
  },

  'a service that asks for one person without end is refused, and nobody else is': async (server) => {
    const [client, other] = [await openDemoCiba(server), await addProgram(server, 'other-program')];
    const login_hint = await hintOf(server, doctor);
    for (let asked = 0; asked < 20; asked++) idOf(await client.ask({ login_hint }));
    assert.deepEqual(outcome(await client.ask({ login_hint })), [403, 'access_denied']);
    const someone = await hintOf(server, 'pharmacienne');
    idOf(await client.ask({ login_hint: someone }));
    idOf(await other.ask({ login_hint }));
  },

  'after three requests that nobody answered a service waits': async (server) => {
    const client = await openDemoCiba(server);
    const login_hint = await hintOf(server, doctor);
    for (let asked = 0; asked < 3; asked++) {
      idOf(await client.ask({ login_hint }));
      await server.api('POST', '/api/clock', { advanceMs: 121_000 });
    }
    assert.deepEqual(outcome(await client.ask({ login_hint })), [403, 'access_denied']);
    await server.api('POST', '/api/clock', { advanceMs: 600_000 });
    idOf(await client.ask({ login_hint }));
  },

  'only a service that was given CIBA asks for people, and says who it is': async (server) => {
    const login_hint = await hintOf(server, doctor);
    const demo = createCibaClient(server, () => ({
      client_id: 'hygie-demo',
      client_secret: 'hygie-demo-secret',
    }));
    assert.deepEqual(outcome(await demo.ask({ login_hint })), [400, 'unauthorized_client']);
    assert.deepEqual(outcome(await demo.poll('x')), [400, 'unauthorized_client']);
    await addProgram(server, 'open-program', {
      token_endpoint_auth_method: 'none',
      client_secret: undefined,
    });
    const open = createCibaClient(server, () => ({ client_id: 'open-program' }));
    assert.deepEqual(outcome(await open.ask({ login_hint })), [400, 'unauthorized_client']);
    const nobody = createCibaClient(server, () => ({ client_id: 'hygie-demo-ciba' }));
    assert.equal((await nobody.ask({ login_hint })).body.error, 'invalid_client');
  },

  'a number of the directory without e-CPS looks like one that has one': async (server) => {
    const client = await openDemoCiba(server);
    const has = await client.ask({ login_hint: await hintOf(server, doctor) });
    const none = await client.ask({ login_hint: await hintOf(server, 'infirmier-rpps') });
    assert.deepEqual(Object.keys(none.body), Object.keys(has.body));
    assert.deepEqual(outcome(await client.poll(idOf(none))), [400, 'authorization_pending']);
  },
});
