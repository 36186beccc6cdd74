import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRemoteJWKSet, decodeProtectedHeader, importJWK, type JWK, jwtVerify } from 'jose';
import { type KeyRing, migrations, openKeyRing } from '#oidc';
import { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { OidcTables } from '../../src/oidc/migrations.ts';
import { createTokenSigner } from '../../src/oidc/token-signer.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { forEachEngine, openTestDatabase } from '../support/databases.ts';
import { redeem, signIn } from '../support/oidc-client.ts';
import { startProviderSite } from '../support/provider-site.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const algorithms = ['ES256', 'EdDSA', 'PS256', 'RS256'];

interface Opened {
  database: Database;
  clock: VirtualClock;
  lifetimeMs?: number;
}

const open = ({ database, clock, lifetimeMs }: Opened): Promise<KeyRing> =>
  openKeyRing({
    ...{ database, clock, secret: Buffer.alloc(32, 's'), events: { report: async () => {} } },
    ...(lifetimeMs === undefined ? {} : { lifetimeMs }),
  });

const pass = (clock: VirtualClock, ms: number) => clock.setAhead(clock.aheadMs + ms);
const kidsOf = (ring: KeyRing, alg: string) =>
  ring.keys().flatMap((key) => (key.alg === alg ? [key.kid] : []));

forEachEngine((engine) => {
  test('two processes that open the ring first hold the same keys, one of each algorithm', async (t) => {
    const opened = { database: await openTestDatabase(t, engine, migrations), clock: new VirtualClock() };
    await Promise.all([open(opened), open(opened)]);
    const [one, other] = await Promise.all([open(opened), open(opened)]);
    assert.deepEqual(
      one
        .keys()
        .map(({ alg }) => alg)
        .toSorted(),
      algorithms,
    );
    assert.deepEqual(one.keys(), other.keys());
  });

  test('keys at rest say nothing without the secret', async (t) => {
    const opened = { database: await openTestDatabase(t, engine, migrations), clock: new VirtualClock() };
    const ring = await open(opened);
    const rows = await opened.database.as<OidcTables>().selectFrom('oidc_key').selectAll().execute();
    const text = JSON.stringify(rows);
    for (const { d } of ring.keys()) assert.ok(d && !text.includes(d));
    const other = openKeyRing({
      ...opened,
      secret: Buffer.alloc(32, 'x'),
      events: { report: async () => {} },
    });
    await assert.rejects(other, /sealed by another key/);
  });

  test('a new key is published for an hour before it signs, the old one for a day after', async (t) => {
    const opened = { database: await openTestDatabase(t, engine, migrations), clock: new VirtualClock() };
    const { clock } = opened;
    const [serving, command] = [await open(opened), await open(opened)];
    const [old = ''] = kidsOf(serving, 'RS256');
    await command.rotate();
    assert.deepEqual(kidsOf(serving, 'RS256'), [old], 'not noticed yet');
    assert.equal(await serving.refresh(), true);
    const [first, fresh = ''] = kidsOf(serving, 'RS256');
    assert.equal(first, old);
    pass(clock, hourMs);
    assert.deepEqual(kidsOf(serving, 'RS256'), [fresh, old]);
    pass(clock, dayMs);
    assert.deepEqual(kidsOf(serving, 'RS256'), [fresh]);
    assert.equal(await serving.refresh(), true);
    assert.equal(await serving.refresh(), false);
  });

  test('after a loss the old keys leave as soon as the new ones sign', async (t) => {
    const opened = { database: await openTestDatabase(t, engine, migrations), clock: new VirtualClock() };
    const ring = await open(opened);
    const lost = kidsOf(ring, 'ES256');
    await ring.rotate({ urgent: true });
    assert.equal(kidsOf(ring, 'ES256')[0], lost[0]);
    pass(opened.clock, 2 * 60_000);
    assert.equal(kidsOf(ring, 'ES256').length, 1);
    assert.notDeepEqual(kidsOf(ring, 'ES256'), lost);
  });

  test('keys that are too old are replaced once, whoever notices', async (t) => {
    const opened = {
      database: await openTestDatabase(t, engine, migrations),
      clock: new VirtualClock(),
      lifetimeMs: 90 * dayMs,
    };
    const rings = await Promise.all([open(opened), open(opened)]);
    pass(opened.clock, 91 * dayMs);
    await Promise.all(rings.map((ring) => ring.refresh()));
    const ring = await open(opened);
    for (const alg of algorithms) assert.equal(kidsOf(ring, alg).length, 2, alg);
  });
});

test('every algorithm signs what a foreign library verifies', async (t) => {
  const opened = { database: await openTestDatabase(t, 'sqlite', migrations), clock: new VirtualClock() };
  const ring = await open(opened);
  const signer = createTokenSigner(ring);
  for (const { alg, kty, n, e, crv, x, y } of ring.keys()) {
    const token = signer.sign({ sub: 'a' }, alg as 'RS256');
    const { payload } = await jwtVerify(token, await importJWK({ kty, n, e, crv, x, y } as JWK, alg));
    assert.equal(payload.sub, 'a');
    assert.deepEqual(signer.verify(token), { sub: 'a' });
    assert.equal(signer.verify(`${token.slice(0, -8)}AAAAAAAA`), undefined);
  }
});

test('tokens of before and after a rotation verify against the key set that is served', async (t) => {
  const site = await startProviderSite(t);
  const jwks = createRemoteJWKSet(new URL(`${site.issuer}/protocol/openid-connect/certs`), {
    cooldownDuration: 0,
  });
  const getIdToken = async () => (await redeem(site, await signIn(createCookieBrowser(), site))).id_token;
  const before = await getIdToken();
  await site.ring.rotate();
  await site.oidc.refreshKeys();
  site.clock.setAhead(site.clock.aheadMs + hourMs);
  await site.oidc.refreshKeys();
  const after = await getIdToken();
  assert.notEqual(decodeProtectedHeader(after).kid, decodeProtectedHeader(before).kid);
  for (const token of [before, after]) await jwtVerify(token, jwks, { issuer: site.issuer });
});
