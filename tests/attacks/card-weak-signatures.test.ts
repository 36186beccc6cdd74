import { constants, sign } from 'node:crypto';
import { test } from 'node:test';
import { type Der, integer, nothing, oid, sequence, tagged } from '../../src/sandbox/pki/der.ts';
import { openCardSite } from '../support/card-site.ts';
import {
  assertAccepted,
  assertFailure,
  authorityOver,
  frameCard,
  keptAuthority,
  newRsaKeys,
  openSiteTrusting,
} from '../support/forged-cards.ts';

// A card whose authority signs, or was made to sign, by what can be forged today.

const sha1 = sequence(oid('1.3.14.3.2.26'), nothing());
const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'), nothing());
const rsaPss = '1.2.840.113549.1.1.10';

/** RSASSA-PSS-params (RFC 4055, 3.1); SHA-1 where they are left out. */
function pssAlgorithm(hash?: Der, saltLength = 32): Der {
  const members = hash && [
    tagged(0, hash),
    tagged(1, sequence(oid('1.2.840.113549.1.1.8'), hash)),
    tagged(2, integer(saltLength)),
  ];
  return sequence(oid(rsaPss), sequence(...(members ?? [])));
}

const pssPadding = constants.RSA_PKCS1_PSS_PADDING;

test('an RSA authority that signs with SHA-256 is known: what follows fails by its hash alone', async (t) => {
  const keys = newRsaKeys(2048);
  const { site, intermediate: issuer } = await openSiteTrusting(t, (each) => authorityOver(each, keys));
  const pkcs1 = sequence(oid('1.2.840.113549.1.1.11'), nothing());
  const byPss = { key: keys.privateKey, padding: pssPadding, saltLength: 32 };
  // Trusted so far; its list of revoked cards is missing here.
  for (const card of [
    frameCard({ issuer, algorithm: pkcs1, sign: (bytes) => sign('sha256', bytes, keys.privateKey) }),
    frameCard({ issuer, algorithm: pssAlgorithm(sha256), sign: (bytes) => sign('sha256', bytes, byPss) }),
  ])
    await assertFailure(site, card, 'revocation_unknown');
});

test('a card signed over SHA-1 is from nobody, by RSA in both paddings and by ECDSA', async (t) => {
  const keys = newRsaKeys(2048);
  const { site, intermediate: issuer } = await openSiteTrusting(t, (each) => authorityOver(each, keys));
  const persons = keptAuthority(site, 'persons');
  const byPss = { key: keys.privateKey, padding: pssPadding, saltLength: 20 };
  const cards = [
    frameCard({
      issuer,
      algorithm: sequence(oid('1.2.840.113549.1.1.5'), nothing()),
      sign: (bytes) => sign('sha1', bytes, keys.privateKey),
    }),
    frameCard({ issuer, algorithm: pssAlgorithm(sha1, 20), sign: (bytes) => sign('sha1', bytes, byPss) }),
    frameCard({ issuer, algorithm: pssAlgorithm(), sign: (bytes) => sign('sha1', bytes, byPss) }),
    frameCard({
      issuer: persons,
      algorithm: sequence(oid('1.2.840.10045.4.1')),
      sign: (bytes) => sign('sha1', bytes, persons.key),
    }),
  ];
  for (const card of cards) await assertFailure(site, card, 'unknown_issuer');
});

test('a key that can be factored proves nothing: RSA below 2048 bits, of a card or of an authority', async (t) => {
  const ecdsa = sequence(oid('1.2.840.10045.4.3.2'));
  const site = await openCardSite(t);
  const persons = keptAuthority(site, 'persons');
  const over = (bits: number) => ({
    ...frameCard({
      issuer: persons,
      keys: newRsaKeys(bits),
      algorithm: ecdsa,
      sign: (bytes) => sign('sha256', bytes, persons.key),
    }),
    // The thief's own client has no scruples.
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  await assertAccepted(site, over(2048));
  await assertFailure(site, over(1024), 'unknown_issuer');

  const weak = newRsaKeys(1024);
  const { site: other, intermediate: issuer } = await openSiteTrusting(t, (each) =>
    authorityOver(each, weak),
  );
  const algorithm = sequence(oid('1.2.840.113549.1.1.11'), nothing());
  const card = frameCard({ issuer, algorithm, sign: (bytes) => sign('sha256', bytes, weak.privateKey) });
  await assertFailure(other, card, 'unknown_issuer');
});
