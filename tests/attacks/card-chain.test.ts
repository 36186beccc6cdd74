import { test } from 'node:test';
import type { Credential } from '../../src/sandbox/pki/certificate.ts';
import { boolean, type Der, encode, integer, octets, oid, sequence } from '../../src/sandbox/pki/der.ts';
import {
  authorityConstraints,
  dnsName,
  endEntityConstraints,
  extendedKeyUsage,
  ipAddress,
  keyUsage,
  mailName,
  subjectAlternativeNames,
} from '../../src/sandbox/pki/extensions.ts';
import { type CardSite, dayMs, openCardSite } from '../support/card-site.ts';
import {
  assertAccepted,
  assertFailure,
  certifyAuthority as authority,
  authorityExtensions,
  cardExtensions,
  certify,
  chain,
  keptAuthority,
  openSiteTrusting,
} from '../support/forged-cards.ts';

test('what these tests build is accepted where nothing is wrong with it', async (t) => {
  const site = await openCardSite(t);
  const good = certify(cardExtensions(), keptAuthority(site, 'persons'));
  await assertAccepted(site, chain(good));
});

test('a card cannot issue cards', async (t) => {
  const site = await openCardSite(t);
  const card = certify(cardExtensions(), keptAuthority(site, 'persons'));
  await assertFailure(site, chain(certify(cardExtensions(), card), card), 'unknown_issuer');
});

test('an intermediate authority that only the client knows is not used', async (t) => {
  const site = await openCardSite(t);
  const unlisted = authority('UNLISTED', authorityExtensions(), keptAuthority(site, 'root'));
  await assertFailure(site, chain(certify(cardExtensions(), unlisted), unlisted), 'unknown_issuer');
});

test('a certificate that signs itself is nobody’s card', async (t) => {
  const site = await openCardSite(t);
  await assertFailure(site, chain(certify(cardExtensions())), 'unknown_issuer');
});

const faultyAuthorities: [string, (site: CardSite) => Credential][] = [
  [
    'stands below one that allows none',
    (site) => authority('SUB', authorityExtensions(), keptAuthority(site, 'persons')),
  ],
  [
    'is not marked as an authority',
    (site) =>
      authority(
        'LEAF',
        [endEntityConstraints(), keyUsage('keyCertSign', 'cRLSign')],
        keptAuthority(site, 'root'),
      ),
  ],
  [
    'may not sign certificates',
    (site) =>
      authority('NO SIGN', [authorityConstraints(0), keyUsage('cRLSign')], keptAuthority(site, 'root')),
  ],
  [
    'is certified by a stranger',
    () => authority('STRANGER', authorityExtensions(), certify([authorityConstraints(1)])),
  ],
  ['has run out', (site) => dated(site, -3 * dayMs, -dayMs / 2)],
  ['has not begun', (site) => dated(site, dayMs / 2, 3 * dayMs)],
];

/** An authority like the site's own but for its dates, from now. */
const dated = (site: CardSite, from: number, until: number) =>
  authority('DATED', authorityExtensions(), keptAuthority(site, 'root'), {
    notBefore: Date.now() + from,
    notAfter: Date.now() + until,
  });

for (const [fault, build] of faultyAuthorities) {
  test(`an authority that ${fault} vouches for nobody`, async (t) => {
    const { site, intermediate } = await openSiteTrusting(t, build);
    await assertFailure(site, chain(certify(cardExtensions(), intermediate)), 'unknown_issuer');
  });
}

const foreignNames: [string, Der][] = [
  ['a host', dnsName('wallet.example')],
  ['an address', ipAddress(192, 0, 2, 1)],
  ['a mailbox', mailName('zoe@example.org')],
];

for (const [what, name] of foreignNames) {
  test(`the root’s name constraints hold: ${what} elsewhere cannot be certified`, async (t) => {
    const site = await openCardSite(t);
    const outside = certify(
      [...cardExtensions(), subjectAlternativeNames(name)],
      keptAuthority(site, 'persons'),
    );
    await assertFailure(site, chain(outside), 'unknown_issuer');
  });
}

test('a critical extension that nobody here understands is not passed over', async (t) => {
  const site = await openCardSite(t);
  const unheardOf = sequence(oid('1.2.3.4.5'), boolean(true), octets(encode(integer(1))));
  const strange = certify([...cardExtensions(), unheardOf], keptAuthority(site, 'persons'));
  await assertFailure(site, chain(strange), 'unknown_issuer');
});

const wrongUsages: [string, () => Der[]][] = [
  ['without purposes', () => [endEntityConstraints(), keyUsage('digitalSignature')]],
  ['without key usage', () => [endEntityConstraints(), extendedKeyUsage('clientAuth')]],
  [
    'for documents',
    () => [endEntityConstraints(), keyUsage('nonRepudiation'), extendedKeyUsage('clientAuth')],
  ],
  [
    'of an authority',
    () => [
      authorityConstraints(0),
      keyUsage('digitalSignature', 'keyCertSign'),
      extendedKeyUsage('clientAuth'),
    ],
  ],
];

for (const [what, extensions] of wrongUsages) {
  test(`a certificate ${what} does not sign in`, async (t) => {
    const site = await openCardSite(t);
    await assertFailure(site, chain(certify(extensions(), keptAuthority(site, 'persons'))), 'wrong_usage');
  });
}
