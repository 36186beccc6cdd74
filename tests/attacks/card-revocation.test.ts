import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { VirtualClock } from '#platform/clock.ts';
import { openCardAuthority } from '../../src/sandbox/pki/index.ts';
import { type CardSite, dayMs, openCardSite } from '../support/card-site.ts';
import { temporaryDirectory } from '../support/databases.ts';

const unknown = { failure: 'revocation_unknown', reader: 'own' };
const fileOf = (site: CardSite, name: string) => join(dirname(site.authority.crlFiles[0] ?? ''), name);

test('a revoked card is refused at once, and good again once it is taken off the list', async (t) => {
  const site = await openCardSite(t);
  const [card, other] = [site.issue(), site.issue()];
  assert.ok('verification' in ((await site.present(card)) ?? {}));
  await site.authority.revoke(new X509Certificate(card.cert));
  await site.authority.revoke(new X509Certificate(card.cert));
  assert.deepEqual(await site.present(card), { failure: 'revoked', reader: 'own' });
  assert.ok('verification' in ((await site.present(other)) ?? {}));
  await site.authority.reinstateAll();
  assert.ok('verification' in ((await site.present(card)) ?? {}));
});

test('cards that are revoked at the same time are all revoked', async (t) => {
  const site = await openCardSite(t);
  const cards = [site.issue(), site.issue(), site.issue()];
  await Promise.all(cards.map(({ cert }) => site.authority.revoke(new X509Certificate(cert))));
  for (const card of cards) assert.deepEqual(await site.present(card), { failure: 'revoked', reader: 'own' });
});

for (const name of ['persons.crl', 'root.crl']) {
  test(`without the list ${name} nobody knows whether a card is good`, async (t) => {
    const site = await openCardSite(t);
    await rm(fileOf(site, name));
    assert.deepEqual(await site.present(site.issue()), unknown);
    await site.authority.reissueCrls();
    assert.ok('verification' in ((await site.present(site.issue())) ?? {}));
  });
}

test('a list past its next update says nothing', async (t) => {
  const site = await openCardSite(t);
  site.clock.setAhead(200 * dayMs);
  assert.deepEqual(await site.present(site.issue()), unknown);
});

test('a list from the future says nothing', async (t) => {
  const site = await openCardSite(t);
  site.clock.setAhead(20 * dayMs);
  await site.authority.reissueCrls();
  site.clock.setAhead(0);
  assert.deepEqual(await site.present(site.issue()), unknown);
});

test('a list that a foreign authority of the same name signed says nothing', async (t) => {
  const site = await openCardSite(t);
  const card = site.issue();
  await site.authority.revoke(new X509Certificate(card.cert));
  const foreign = await openCardAuthority({
    dir: join(await temporaryDirectory(t), 'pki'),
    clock: new VirtualClock(),
  });
  await writeFile(fileOf(site, 'persons.crl'), await readFile(foreign.crlFiles[1] ?? ''));
  assert.deepEqual(await site.present(card), unknown);
});

test('a damaged list says nothing', async (t) => {
  const site = await openCardSite(t);
  const list = await readFile(fileOf(site, 'persons.crl'));
  await writeFile(fileOf(site, 'persons.crl'), list.subarray(0, list.length / 2));
  assert.deepEqual(await site.present(site.issue()), unknown);
  await writeFile(fileOf(site, 'persons.crl'), '<html>502 Bad Gateway</html>');
  assert.deepEqual(await site.present(site.issue()), unknown);
});

test('lists in PEM are read too', async (t) => {
  const site = await openCardSite(t);
  const card = site.issue();
  await site.authority.revoke(new X509Certificate(card.cert));
  const list = await readFile(fileOf(site, 'persons.crl'));
  const lines = list.toString('base64').replace(/.{64}/g, '$&\n');
  await writeFile(
    fileOf(site, 'persons.crl'),
    `-----BEGIN X509 CRL-----\n${lines}\n-----END X509 CRL-----\n`,
  );
  assert.deepEqual(await site.present(card), { failure: 'revoked', reader: 'own' });
  assert.ok('verification' in ((await site.present(site.issue())) ?? {}));
});

test('a list as long as a country’s is read', async (t) => {
  const site = await openCardSite(t);
  const card = site.issue();
  const { serialNumber } = new X509Certificate(card.cert);
  const revoked = Array.from({ length: 20_000 }, (_, index) => ({
    serialNumber: (0x41000000 + index).toString(16).toUpperCase(),
    revokedAt: Date.now(),
  }));
  revoked.splice(9_000, 0, { serialNumber, revokedAt: Date.now() });
  await writeFile(fileOf(site, 'revoked.json'), JSON.stringify(revoked));
  await site.authority.reissueCrls();
  assert.deepEqual(await site.present(card), { failure: 'revoked', reader: 'own' });
  assert.ok('verification' in ((await site.present(site.issue())) ?? {}));
});
