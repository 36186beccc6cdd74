import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as asn1js from 'asn1js';
import { type Der, oid, sequence, setOf } from '../../src/sandbox/pki/der.ts';
import { type Attribute, distinguishedName } from '../../src/sandbox/pki/names.ts';
import { openCardSite } from '../support/card-site.ts';
import {
  assertAccepted,
  assertFailure,
  cardExtensions,
  certify,
  chain,
  keptAuthority,
  person,
} from '../support/forged-cards.ts';

// Subjects that a trusted authority should never have signed, or that two readers read differently.

const number = '899700000013';
const names: Attribute[] = [
  ['givenName', 'Zoé'],
  ['surname', 'DUPONT'],
];

const nobody: Record<string, Attribute[]> = {
  'no number': names,
  'no name': [['commonName', number]],
  'no family name': [
    ['commonName', number],
    ['givenName', 'Zoé'],
  ],
  'an empty name': [
    ['commonName', number],
    ['givenName', ' '],
    ['surname', 'DUPONT'],
  ],
  'two numbers': [...person, ['commonName', '899700000021']],
  'the same number twice': [...person, ['commonName', number]],
  'two family names': [...person, ['surname', 'MARTIN']],
};

test('a subject in which something is missing or there twice names nobody', async (t) => {
  const site = await openCardSite(t);
  const persons = keptAuthority(site, 'persons');
  for (const [what, attributes] of Object.entries(nobody)) {
    const card = certify(cardExtensions(), persons, distinguishedName(attributes));
    assert.deepEqual(await site.present(chain(card)), { failure: 'wrong_usage', reader: 'own' }, what);
  }
});

test('fields beside those that name a person change nothing', async (t) => {
  const site = await openCardSite(t);
  const subject = distinguishedName(
    [['country', 'FR']],
    [['organization', '899700000021']],
    [['organizationalUnit', '899700000021']],
    person,
  );
  const redeemed = await site.present(
    chain(certify(cardExtensions(), keptAuthority(site, 'persons'), subject)),
  );
  assert.ok(redeemed && 'verification' in redeemed);
  assert.deepEqual(redeemed.verification.nationalId, { kind: 'rpps', value: number.slice(1) });
});

/** One attribute of a subject in any form of string. */
const attribute = (type: string, value: Der): Der => setOf(sequence(oid(type), value));
const commonName = '2.5.4.3';
const rest = (): Der[] => names.map(([type, value]) => attribute(typeOf(type), utf8(value)));
const typeOf = (type: Attribute[0]): string => (type === 'surname' ? '2.5.4.4' : '2.5.4.42');
const utf8 = (value: string): Der => new asn1js.Utf8String({ value });

const tricks: Record<string, Der> = {
  'a NUL and another number': utf8(`${number}\0${number}`),
  'a NUL at the end': utf8(`${number}\0`),
  'a NUL at the start': utf8(`\0${number}`),
  'a line break at the end': utf8(`${number}\n`),
  'blanks around': utf8(` ${number} `),
  'a number without its prefix': utf8(number.slice(1)),
  'figures of another script': utf8('８９９７０００００００１３'),
  'a character of no width': utf8(`8\u200b${number.slice(1)}`),
  'another order of writing': utf8(`\u202e${number}`),
  'a name of the number': utf8(`CN=${number}`),
  'a list of numbers': utf8(`${number},899700000021`),
};

test('a number is its characters and nothing else, in whatever way others might read them', async (t) => {
  const site = await openCardSite(t);
  const persons = keptAuthority(site, 'persons');
  const present = (value: Der) =>
    site.present(
      chain(certify(cardExtensions(), persons, sequence(attribute(commonName, value), ...rest()))),
    );
  for (const [what, value] of Object.entries(tricks)) {
    const redeemed = await present(value);
    assert.ok(redeemed && 'failure' in redeemed, `${what} ${JSON.stringify(redeemed)}`);
  }
  const plain = await present(utf8(number));
  assert.ok(plain && 'verification' in plain);
});

test('names hold no control character, and none that hides or turns what follows', async (t) => {
  const site = await openCardSite(t);
  const persons = keptAuthority(site, 'persons');
  const named = (surname: string) =>
    chain(
      certify(cardExtensions(), persons, distinguishedName([...person.slice(0, 2), ['surname', surname]])),
    );
  for (const surname of [
    'DUPONT\0',
    'DU\nPONT',
    'DUP\u200bONT',
    '\u202eTNOPUD',
    'DUPONT\u0085',
    'D'.repeat(201),
  ])
    await assertFailure(site, named(surname), 'wrong_usage');
  for (const surname of ["D'ÉTÉ-L’HÔTE", 'ÐĆŁØ Œ', 'NGUYỄN']) await assertAccepted(site, named(surname));
});
