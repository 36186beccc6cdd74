import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import { type CardSite, type ClientCredential, openAttempt, openCardSite } from '../support/card-site.ts';

/** A TLS connection with a card in the reader; everything that comes back on it, once it is closed. */
async function openConnection(site: CardSite, card?: ClientCredential, version = 'TLSv1.3' as const) {
  const socket: TLSSocket = connect({
    ...{ host: '127.0.0.1', servername: 'localhost', port: site.port, ca: site.authority.rootPem },
    ...{ minVersion: version, maxVersion: version },
    ...card,
  });
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  // A connection that the listener leaves open is closed here, so that the test says so.
  socket.setTimeout(1000, () => socket.destroy());
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  const ask = (attempt: string) =>
    socket.write(
      `GET /${attempt} HTTP/1.1\r\nHost: localhost:${site.port}\r\nConnection: keep-alive\r\n\r\n`,
    );
  return { ask, closed };
}

const answersIn = (text: string): number => text.match(/HTTP\/1\.1 303/g)?.length ?? 0;

async function openTwo(t: TestContext) {
  const site = await openCardSite(t);
  return { site, first: await openAttempt(site.smartCard), second: await openAttempt(site.smartCard) };
}

test('one handshake answers one attempt: a second request on the connection is not heard', async (t) => {
  const { site, first, second } = await openTwo(t);
  const { ask, closed } = await openConnection(site, site.issue());
  ask(first);
  const text = await closed;
  ask(second);
  assert.equal(answersIn(text), 1);
  assert.match(text, /connection: close/i);
  assert.ok(await site.smartCard.isAttemptOpen(second));
});

test('nor where both are sent before the first is answered', async (t) => {
  const { site, first, second } = await openTwo(t);
  const { ask, closed } = await openConnection(site, site.issue());
  ask(first);
  ask(second);
  assert.equal(answersIn(await closed), 1);
  assert.ok(await site.smartCard.isAttemptOpen(second), 'the second attempt still waits for a card');
});

test('the card that counts is the one of the handshake, whatever the request says', async (t) => {
  const site = await openCardSite(t);
  const card = site.issue();
  const pem = encodeURIComponent(card.cert);
  const headers = {
    'x-ssl-cert': pem,
    'x-client-cert': pem,
    'x-forwarded-client-cert': `Cert="${pem}"`,
    'client-cert': `:${Buffer.from(card.cert).toString('base64')}:`,
    'ssl-client-verify': 'SUCCESS',
  };
  const { location } = await site.send(`/${await openAttempt(site.smartCard)}`, undefined, { headers });
  const redeemed = await site.smartCard.consumeCode({
    signInId: 'sign-in',
    code: location.searchParams.get('code') ?? '',
  });
  assert.deepEqual(redeemed, { failure: 'no_certificate', reader: 'own' });
});

test('a certificate without its key gets no further than the handshake', async (t) => {
  const site = await openCardSite(t);
  const id = await openAttempt(site.smartCard);
  const [hers, his] = [site.issue(), site.issue()];
  await assert.rejects(site.send(`/${id}`, { cert: hers.cert, key: his.key }));
  assert.ok(await site.smartCard.isAttemptOpen(id));
});

test('what is older than TLS 1.2 is not spoken', async (t) => {
  const site = await openCardSite(t);
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  await assert.rejects(site.send(`/${await openAttempt(site.smartCard)}`, site.issue(), old));
});
