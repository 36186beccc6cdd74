import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createSecureContext } from 'node:tls';
import { systemClock, VirtualClock } from '#platform/clock.ts';
import type { CardRequest } from './card.ts';
import { openCardAuthority } from './card-authority.ts';

const dayMs = 24 * 60 * 60 * 1000;

async function emptyDirectory(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'hygie-pki-'));
  t.after(() => rm(directory, { recursive: true }));
  return join(directory, 'pki');
}

const request = (changes: Partial<CardRequest> = {}): CardRequest => ({
  nationalId: { kind: 'adeli', value: '0B6077602' },
  givenName: 'Noël',
  familyName: 'L’HÉRITIER',
  profession: { code: '60', label: 'Infirmier' },
  notBefore: Date.now() - dayMs,
  notAfter: Date.now() + 1000 * dayMs,
  usage: 'authentication',
  pin: '4321',
  ...changes,
});

test('the subject has the form of IGC-Santé', async (t) => {
  const authority = await openCardAuthority({ dir: await emptyDirectory(t), clock: systemClock });
  const { certificate } = authority.issueCard(request());
  const { subject } = certificate.toLegacyObject();
  assert.deepEqual(
    { ...subject },
    { C: 'FR', title: 'Infirmier', GN: 'Noël', SN: 'L’HÉRITIER', CN: '00B6077602' },
  );
  assert.match(certificate.subjectAltName ?? '', /0\.0B6077602@carte-cps\.fr/);
});

test('the key store opens with the PIN and holds the key of its certificate', async (t) => {
  const authority = await openCardAuthority({ dir: await emptyDirectory(t), clock: systemClock });
  const { p12 } = authority.issueCard(request());
  createSecureContext({ pfx: p12, passphrase: '4321' });
  assert.throws(() => createSecureContext({ pfx: p12, passphrase: '1234' }), /mac verify failure/);
});

test('dates after 2049 are written so that they are read as such', async (t) => {
  const authority = await openCardAuthority({ dir: await emptyDirectory(t), clock: systemClock });
  const notAfter = Date.UTC(2055, 5, 1);
  assert.equal(authority.issueCard(request({ notAfter })).certificate.validToDate.getTime(), notAfter);
});

test('several processes that open a new directory at once get one authority', async (t) => {
  const dir = await emptyDirectory(t);
  const opened = await Promise.all([1, 2, 3, 4].map(() => openCardAuthority({ dir, clock: systemClock })));
  assert.equal(new Set(opened.map(({ rootPem }) => rootPem)).size, 1);
  assert.deepEqual((await readdir(join(dir, '..'))).length, 1);
});

test('every file of the authority is readable by its owner only', async (t) => {
  const dir = await emptyDirectory(t);
  const authority = await openCardAuthority({ dir, clock: systemClock });
  await authority.openCard('someone', request());
  await authority.reissueCrls();
  for (const file of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (file.isDirectory()) continue;
    const { mode } = await stat(join(file.parentPath, file.name));
    assert.equal((mode & 0o777).toString(8), '600', file.name);
  }
});

test('the listener’s certificate names this machine, fresh attempt labels included', async (t) => {
  const authority = await openCardAuthority({ dir: await emptyDirectory(t), clock: systemClock });
  const certificate = new X509Certificate(authority.server.cert);
  for (const host of ['localhost', 'carte.localhost', 'abc234.carte.localhost']) {
    assert.equal(certificate.checkHost(host) !== undefined, true, host);
  }
  assert.ok(certificate.checkIP('127.0.0.1') && certificate.checkIP('::1'));
});

test('the listener’s certificate is renewed by the real time, not by the sandbox’s clock', async (t) => {
  const dir = await emptyDirectory(t);
  const { server } = await openCardAuthority({ dir, clock: systemClock });
  assert.equal(
    (await openCardAuthority({ dir, clock: new VirtualClock(3000 * dayMs) })).server.cert,
    server.cert,
  );
  const nextYear = { now: () => Date.now() + 380 * dayMs, aheadMs: 0 };
  assert.notEqual((await openCardAuthority({ dir, clock: nextYear })).server.cert, server.cert);
});

test('a kept card is the same at each start, and made anew for another holder or after its end', async (t) => {
  const dir = await emptyDirectory(t);
  const authority = await openCardAuthority({ dir, clock: systemClock });
  const first = await authority.openCard('someone', request());
  const again = await openCardAuthority({ dir, clock: systemClock });
  assert.deepEqual(await again.openCard('someone', request()), first);
  const renamed = await again.openCard('someone', request({ familyName: 'MARTIN' }));
  assert.notEqual(renamed.certificatePem, first.certificatePem);

  const lapsed = request({ notBefore: Date.now() - 20 * dayMs, notAfter: Date.now() - dayMs });
  const old = await authority.openCard('old', lapsed);
  assert.deepEqual(await authority.openCard('old', lapsed), old);
  assert.notEqual((await authority.openCard('old', request())).certificatePem, old.certificatePem);
});
