import assert from 'node:assert/strict';
import { constants } from 'node:crypto';
import { request } from 'node:https';
import { test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { type CardSite, openAttempt, openCardSite } from '../support/card-site.ts';

const codeOf = (location: URL): string => location.searchParams.get('code') ?? '';
const expired = 'http://localhost:4002/connexion/carte/expiree';

test('every answer is 303 to the wallet, is not stored, and ends the connection', async (t) => {
  const site = await openCardSite(t);
  const { status, location, headers } = await site.send(
    `/${await openAttempt(site.smartCard)}`,
    site.issue(),
  );
  assert.equal(status, 303);
  assert.equal(location.origin + location.pathname, 'http://localhost:4002/connexion/sign-in/carte/retour');
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers.connection, 'close');
  assert.match(codeOf(location), /^[a-z2-7]{32}$/);
});

test('success and failure leave the listener alike', async (t) => {
  const site = await openCardSite(t);
  const good = await site.send(`/${await openAttempt(site.smartCard)}`, site.issue());
  const bad = await site.send(`/${await openAttempt(site.smartCard)}`);
  const shape = ({ location }: { location: URL }) => location.href.replace(codeOf(location), '');
  assert.equal(shape(good), shape(bad));
  assert.equal(codeOf(good.location).length, codeOf(bad.location).length);
});

test('an attempt is answered once, even by two cards at the same time', async (t) => {
  const site = await openCardSite(t);
  const path = `/${await openAttempt(site.smartCard)}`;
  const answers = await Promise.all(
    [site.issue(), site.issue(), undefined].map((card) => site.send(path, card)),
  );
  assert.equal(answers.filter(({ location }) => location.href === expired).length, 2);
  assert.equal((await site.send(path, site.issue())).location.href, expired);
});

test('an attempt waits ten minutes', async (t) => {
  const site = await openCardSite(t);
  const [early, late] = [await openAttempt(site.smartCard), await openAttempt(site.smartCard)];
  site.clock.setAhead(10 * 60_000 - 5_000);
  assert.notEqual((await site.send(`/${early}`, site.issue())).location.href, expired);
  site.clock.setAhead(10 * 60_000);
  assert.equal((await site.send(`/${late}`, site.issue())).location.href, expired);
});

test('what is no attempt leads to the wallet’s general page', async (t) => {
  const site = await openCardSite(t);
  const open = await openAttempt(site.smartCard);
  for (const path of [
    '/',
    '/favicon.ico',
    `/${'a'.repeat(32)}`,
    `/${open}/more`,
    `//${open}`,
    `/${open.toUpperCase()}`,
  ]) {
    const { status, location } = await site.send(path, site.issue());
    assert.deepEqual([status, location.href], [303, expired], path);
  }
  for (const method of ['HEAD', 'POST']) {
    assert.equal((await site.send(`/${open}`, site.issue(), { method })).location.href, expired);
  }
  assert.notEqual((await site.send(`/${open}`, site.issue())).location.href, expired);
});

test('a fresh host label names an attempt as a path does', async (t) => {
  const site = await openCardSite(t);
  const { id, url } = await site.smartCard.createAttempt({ signInId: 'sign-in', reader: 'own' });
  assert.equal(url, `https://${id}.carte.localhost:${site.port}/`);
  const host = new URL(url).host;
  const { location } = await site.send('/', site.issue(), {
    servername: host.split(':')[0],
    headers: { host },
  });
  assert.ok(
    'verification' in
      ((await site.smartCard.consumeCode({ signInId: 'sign-in', code: codeOf(location) })) ?? {}),
  );
});

test('a foreign host is refused and leaves the attempt alone', async (t) => {
  const site = await openCardSite(t);
  const id = await openAttempt(site.smartCard);
  for (const host of [
    'attacker.example',
    `${id}.carte.localhost.attacker.example`,
    `${id}.carte.attacker.example:${site.port}`,
  ]) {
    assert.equal((await site.send(`/${id}`, site.issue(), { headers: { host } })).status, 421, host);
  }
  assert.ok(await site.smartCard.isAttemptOpen(id));
});

test('a code is good for its own sign-in, once, for a minute', async (t) => {
  const site = await openCardSite(t);
  const code = codeOf((await site.send(`/${await openAttempt(site.smartCard)}`, site.issue())).location);
  const { smartCard } = site;
  assert.equal(await smartCard.consumeCode({ signInId: 'another', code }), undefined);
  assert.equal(await smartCard.consumeCode({ signInId: 'sign-in', code: 'a'.repeat(32) }), undefined);
  const redeemed = await Promise.all(
    [1, 2, 3].map(() => smartCard.consumeCode({ signInId: 'sign-in', code })),
  );
  assert.equal(redeemed.filter((each) => each !== undefined).length, 1);

  const late = codeOf((await site.send(`/${await openAttempt(site.smartCard)}`, site.issue())).location);
  site.clock.setAhead(60_000);
  assert.equal(await smartCard.consumeCode({ signInId: 'sign-in', code: late }), undefined);
});

test('neither a code nor a name stays in the database', async (t) => {
  const site = await openCardSite(t);
  const code = codeOf((await site.send(`/${await openAttempt(site.smartCard)}`, site.issue())).location);
  assert.ok(!(await dumpAttempts(site)).includes(code));
  await site.smartCard.consumeCode({ signInId: 'sign-in', code });
  assert.ok(!(await dumpAttempts(site)).includes('ÉTÉ'));
});

async function dumpAttempts(site: CardSite): Promise<string> {
  const rows = await site.database
    .as<{ card_attempt: object }>()
    .selectFrom('card_attempt')
    .selectAll()
    .execute();
  return JSON.stringify(rows);
}

test('the failure is known to the sign-in whose browser was told, with the reader that failed', async (t) => {
  const site = await openCardSite(t);
  const { smartCard } = site;
  await site.send(`/${await openAttempt(smartCard)}`);
  assert.equal(await smartCard.findFailure('sign-in'), undefined);
  await site.present();
  await site.present(site.issue({ usage: 'signature' }));
  assert.deepEqual(await smartCard.findFailure('sign-in'), {
    failure: 'wrong_usage',
    reader: 'own',
    tries: 2,
  });
  assert.equal(await smartCard.findFailure('another'), undefined);

  const path = `/${await openAttempt(smartCard)}`;
  const { location } = await site.send(path, undefined, { headers: { 'hygie-reader': 'virtual' } });
  const redeemed = await smartCard.consumeCode({ signInId: 'sign-in', code: codeOf(location) });
  assert.deepEqual(redeemed, { failure: 'no_certificate', reader: 'first' });
});

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`a ${version} session cannot be resumed without the card`, async (t) => {
    const site = await openCardSite(t);
    const { reused, redeemed } = await resumeWithoutCard(site, version);
    assert.equal(reused, false);
    assert.deepEqual(redeemed, { failure: 'no_certificate', reader: 'own' });
  });

  test(`a resumed ${version} session is refused even where TLS gives tickets`, async (t) => {
    const site = await openCardSite(t, { tls: { secureOptions: constants.SSL_OP_NO_COMPRESSION } });
    const { reused, redeemed } = await resumeWithoutCard(site, version);
    assert.equal(reused, true);
    assert.deepEqual(redeemed, { failure: 'no_certificate', reader: 'own' });
  });
}

/** Signs in with a card, keeps the TLS session, and comes back with that session but without the card. */
async function resumeWithoutCard(site: CardSite, version: 'TLSv1.2' | 'TLSv1.3') {
  const first = await sendKeepingSession(site, version, site.issue());
  assert.ok('verification' in (await redeem(site, first.location)));
  const second = await sendKeepingSession(site, version, first.session ? { session: first.session } : {});
  return { reused: second.reused, redeemed: await redeem(site, second.location) };
}

async function redeem(site: CardSite, location: URL) {
  return (await site.smartCard.consumeCode({ signInId: 'sign-in', code: codeOf(location) })) ?? {};
}

async function sendKeepingSession(site: CardSite, version: 'TLSv1.2' | 'TLSv1.3', credential: object) {
  const path = `/${await openAttempt(site.smartCard)}`;
  return new Promise<{ location: URL; session: Buffer | undefined; reused: boolean }>((resolve, reject) => {
    const sent = request({
      ...{ host: '127.0.0.1', servername: 'localhost', port: site.port, ca: site.authority.rootPem, path },
      ...{ agent: false, minVersion: version, maxVersion: version, ...credential },
    });
    let session: Buffer | undefined;
    sent.on('socket', (socket) => (socket as TLSSocket).on('session', (kept: Buffer) => (session = kept)));
    sent.on('response', (response) => {
      response.resume();
      const { socket } = response;
      const reused = (socket as TLSSocket).isSessionReused();
      socket.on('close', () =>
        resolve({ location: new URL(response.headers.location ?? 'none:'), session, reused }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}
