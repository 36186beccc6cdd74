import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import {
  type CertificateRequest,
  type Credential,
  type Issuer,
  issueCertificate,
  readCredential,
} from '../../src/sandbox/pki/certificate.ts';
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
import { type Attribute, distinguishedName } from '../../src/sandbox/pki/names.ts';
import { type CardSite, type ClientCredential, dayMs, openCardSite } from '../support/card-site.ts';

// Certificates that no decent authority issues, each signed by a key that the listener trusts, or nearly so.

const person: Attribute[] = [
  ['commonName', '899700000013'],
  ['givenName', 'Zoé'],
  ['surname', 'DUPONT'],
];
const cardExtensions = () => [
  endEntityConstraints(),
  keyUsage('digitalSignature'),
  extendedKeyUsage('clientAuth'),
];

function certify(extensions: Der[], issuer?: Issuer, subject = distinguishedName(person)): Credential {
  const request: CertificateRequest = {
    subject,
    notBefore: Date.now() - dayMs,
    notAfter: Date.now() + dayMs,
    extensions,
  };
  return issueCertificate(request, issuer);
}

const authority = (commonName: string, extensions: Der[], issuer: Issuer) =>
  certify(extensions, issuer, distinguishedName([['commonName', commonName]]));

function keptAuthority(site: CardSite, name: 'root' | 'servers' | 'persons'): Credential {
  const read = (ending: string) =>
    readFileSync(join(dirname(site.authority.crlFiles[0] ?? ''), `${name}.${ending}`), 'utf8');
  return readCredential(read('pem'), read('key'));
}

const chain = (leaf: Credential, ...authorities: Credential[]): ClientCredential => ({
  cert: [leaf, ...authorities].map(({ certificatePem }) => certificatePem).join(''),
  key: leaf.privateKeyPem,
});

async function assertFailure(site: CardSite, credential: ClientCredential, failure: string): Promise<void> {
  assert.deepEqual(await site.present(credential), { failure, reader: 'own' });
}

test('what these tests build is accepted where nothing is wrong with it', async (t) => {
  const site = await openCardSite(t);
  const good = certify(cardExtensions(), keptAuthority(site, 'persons'));
  assert.ok('verification' in ((await site.present(chain(good))) ?? {}));
});

test('a card cannot issue cards', async (t) => {
  const site = await openCardSite(t);
  const card = certify(cardExtensions(), keptAuthority(site, 'persons'));
  await assertFailure(site, chain(certify(cardExtensions(), card), card), 'unknown_issuer');
});

test('an intermediate authority that only the client knows is not used', async (t) => {
  const site = await openCardSite(t);
  const unlisted = authority(
    'UNLISTED',
    [authorityConstraints(0), keyUsage('keyCertSign', 'cRLSign')],
    keptAuthority(site, 'root'),
  );
  await assertFailure(site, chain(certify(cardExtensions(), unlisted), unlisted), 'unknown_issuer');
});

test('a certificate that signs itself is nobody’s card', async (t) => {
  const site = await openCardSite(t);
  await assertFailure(site, chain(certify(cardExtensions())), 'unknown_issuer');
});

/** A listener that was told to trust one more intermediate, which is at fault. */
async function openSiteWith(t: Parameters<typeof openCardSite>[0], build: (site: CardSite) => Credential) {
  const site = await openCardSite(t);
  const intermediate = build(site);
  const trust = {
    roots: site.authority.trust.roots,
    intermediates: [...site.authority.trust.intermediates, intermediate.certificatePem],
  };
  return { site: await openCardSite(t, { trust }), intermediate };
}

const faultyAuthorities: [string, (site: CardSite) => Credential][] = [
  [
    'stands below one that allows none',
    (site) =>
      authority(
        'SUB',
        [authorityConstraints(0), keyUsage('keyCertSign', 'cRLSign')],
        keptAuthority(site, 'persons'),
      ),
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
    () =>
      authority(
        'STRANGER',
        [authorityConstraints(0), keyUsage('keyCertSign', 'cRLSign')],
        certify([authorityConstraints(1)]),
      ),
  ],
];

for (const [fault, build] of faultyAuthorities) {
  test(`an authority that ${fault} vouches for nobody`, async (t) => {
    const { site, intermediate } = await openSiteWith(t, build);
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

const wrongSubjects: [string, Attribute[]][] = [
  [
    'no number',
    [
      ['givenName', 'Zoé'],
      ['surname', 'DUPONT'],
    ],
  ],
  [
    'a number without its prefix',
    [
      ['commonName', '99700000013'],
      ['givenName', 'Zoé'],
      ['surname', 'DUPONT'],
    ],
  ],
  ['two numbers', [...person, ['commonName', '899700000021']]],
  ['no name', [['commonName', '899700000013']]],
];

for (const [what, attributes] of wrongSubjects) {
  test(`a subject with ${what} names nobody`, async (t) => {
    const site = await openCardSite(t);
    const nobody = certify(cardExtensions(), keptAuthority(site, 'persons'), distinguishedName(attributes));
    await assertFailure(site, chain(nobody), 'wrong_usage');
  });
}
