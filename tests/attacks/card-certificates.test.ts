import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { VirtualClock } from '#platform/clock.ts';
import { openCardAuthority } from '../../src/sandbox/pki/index.ts';
import { credentialOf, dayMs, openCardSite } from '../support/card-site.ts';
import { temporaryDirectory } from '../support/databases.ts';

const inOneHour = () => Date.now() + 60 * 60 * 1000;
const failed = (failure: string) => ({ failure, reader: 'own' });

async function openForeignAuthority(t: TestContext) {
  return openCardAuthority({ dir: join(await temporaryDirectory(t), 'pki'), clock: new VirtualClock() });
}

test('a good card verifies its holder, by the number, names and profession of the certificate', async (t) => {
  const site = await openCardSite(t);
  const redeemed = await site.present(site.issue());
  assert.ok(redeemed && 'verification' in redeemed);
  const { verifiedAt, ...verification } = redeemed.verification;
  assert.ok(Date.now() - verifiedAt < 10_000);
  assert.deepEqual(verification, {
    nationalId: { kind: 'rpps', value: '99700000013' },
    givenName: 'Zoé',
    familyName: "D'ÉTÉ",
    profession: '60',
    method: 'card',
  });
});

test('ADELI numbers with letters and the numbers of employees stand on cards too', async (t) => {
  const site = await openCardSite(t);
  for (const nationalId of [
    { kind: 'adeli', value: '0B6077602' },
    { kind: 'siretEmployee', value: '99700000000001/12' },
  ] as const) {
    const redeemed = await site.present(site.issue({ nationalId, profession: null }));
    assert.ok(redeemed && 'verification' in redeemed);
    assert.deepEqual(redeemed.verification.nationalId, nationalId);
    assert.equal(redeemed.verification.profession, null);
  }
});

test('a browser without a card is told so', async (t) => {
  const site = await openCardSite(t);
  assert.deepEqual(await site.present(), failed('no_certificate'));
});

test('a foreign authority of the same name cannot vouch for the same number', async (t) => {
  const site = await openCardSite(t);
  const forged = credentialOf(await openForeignAuthority(t));
  assert.deepEqual(await site.present(forged), failed('unknown_issuer'));
  assert.equal(site.events.at(-1)?.name, 'card.refused');
  assert.equal(site.events.at(-1)?.subject, undefined);
});

test('the certificate of the server is no card', async (t) => {
  const site = await openCardSite(t);
  assert.deepEqual(await site.present(site.authority.server), failed('unknown_issuer'));
});

test('the signature certificate of a card does not sign in', async (t) => {
  const site = await openCardSite(t);
  assert.deepEqual(await site.present(site.issue({ usage: 'signature' })), failed('wrong_usage'));
});

test('a card is refused before its first second', async (t) => {
  const site = await openCardSite(t);
  assert.deepEqual(await site.present(site.issue({ notBefore: inOneHour() })), failed('not_yet_valid'));
});

test('a card is refused after its last second, by whoever is still known to have issued it', async (t) => {
  const site = await openCardSite(t);
  const card = site.issue({ notBefore: Date.now() - 2 * dayMs, notAfter: Date.now() - dayMs });
  assert.deepEqual(await site.present(card), failed('expired'));
  assert.equal(site.events.at(-1)?.subject, '899700000013');
});

test('the dates of a card are judged by the clock, not by TLS', async (t) => {
  const site = await openCardSite(t);
  const later = site.issue({ notBefore: Date.now() + dayMs, notAfter: Date.now() + 20 * dayMs });
  site.clock.setAhead(10 * dayMs);
  await site.authority.reissueCrls();
  assert.ok('verification' in ((await site.present(later)) ?? {}));
  site.clock.setAhead(8 * 365 * dayMs);
  await site.authority.reissueCrls();
  assert.deepEqual(await site.present(later), failed('expired'));
  assert.deepEqual(await site.present(site.issue()), failed('expired'));
});
