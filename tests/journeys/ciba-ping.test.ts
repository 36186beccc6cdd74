import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { issueCertificate } from '../../src/sandbox/pki/certificate.ts';
import { dnsName, subjectAlternativeNames } from '../../src/sandbox/pki/extensions.ts';
import { distinguishedName } from '../../src/sandbox/pki/names.ts';
import { addProgram, type CibaClient, hintOf, idOf, order } from '../support/ciba-client.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

// The certificate below is nobody's; this process talks to loopback alone.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

const doctor = 'medecin-deux-lieux';

interface Notification {
  authorization: string | undefined;
  body: unknown;
}

interface Listening {
  server: TestServer;
  client: CibaClient;
  notifications: Notification[];
}

/** A program that is told, at an address that fails the first `failures` times. */
async function openListening(t: TestContext, failures = 0): Promise<Listening> {
  const server = await startTestServer(t);
  const notifications: Notification[] = [];
  const url = await listen(t, async (req) => {
    const body: unknown = JSON.parse(await text(req));
    notifications.push({ authorization: req.headers.authorization, body });
    return notifications.length > failures ? 204 : 503;
  });
  const client = await addProgram(server, 'pinged-program', {
    backchannel_token_delivery_mode: 'ping',
    backchannel_client_notification_endpoint: url.href,
  });
  return { server, client, notifications };
}

async function listen(t: TestContext, answer: (req: IncomingMessage) => Promise<number>): Promise<URL> {
  const { certificatePem: cert, privateKeyPem: key } = issueCertificate({
    subject: distinguishedName([['commonName', 'localhost']]),
    notBefore: Date.now() - 60_000,
    notAfter: Date.now() + 3_600_000,
    extensions: [subjectAlternativeNames(dnsName('localhost'))],
  });
  const server = createServer({ cert, key }, (req, res) => {
    void answer(req).then((status) => res.writeHead(status).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return new URL(`https://localhost:${(server.address() as AddressInfo).port}/told`);
}

async function ask({ server, client }: Listening): Promise<string> {
  const login_hint = await hintOf(server, doctor);
  return idOf(await client.ask({ login_hint, client_notification_token: 'a-token-of-the-program' }));
}

async function waitFor(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !holds() && Date.now() < deadline; ) await wait(50);
  assert.ok(holds());
}

test('a service is told once she has answered, by its own token, and redeems the request', async (t) => {
  const listening = await openListening(t);
  const { server, client, notifications } = listening;
  const id = await ask(listening);
  await wait(1_500);
  assert.deepEqual(notifications, [], 'she has not answered');
  await order(server, doctor, 'approve');
  await waitFor(() => notifications.length > 0);
  const told = { authorization: 'Bearer a-token-of-the-program', body: { auth_req_id: id } };
  assert.deepEqual(notifications, [told]);
  assert.equal((await client.poll(id)).status, 200);
});

test('a refusal is told too, and a notification that fails is sent again', async (t) => {
  const listening = await openListening(t, 1);
  const { server, client, notifications } = listening;
  await order(server, doctor, 'refuse');
  const id = await ask(listening);
  await waitFor(() => notifications.length === 1);
  await wait(200);
  await server.api('POST', '/api/clock', { advanceMs: 10_000 });
  await waitFor(() => notifications.length === 2);
  assert.deepEqual(notifications[0], notifications[1]);
  assert.equal((await client.poll(id)).body.error, 'access_denied');
});

test('a request without a token to be told by is refused, and an address that is not https', async (t) => {
  const { server, client } = await openListening(t);
  const login_hint = await hintOf(server, doctor);
  assert.equal((await client.ask({ login_hint })).body.error, 'invalid_request');
  const spaced = await client.ask({ login_hint, client_notification_token: 'two words' });
  assert.equal(spaced.body.error, 'invalid_request');
  const plain = { backchannel_client_notification_endpoint: 'http://service.example/told' };
  await assert.rejects(addProgram(server, 'plain', { backchannel_token_delivery_mode: 'ping', ...plain }));
});
