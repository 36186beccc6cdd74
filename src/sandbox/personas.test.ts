import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatIdNatPs, hasValidCheckDigit, parseIdNatPs, passesLuhn } from '#national-id';
import { personaLines } from './persona-messages.ts';
import { findPersona, personas } from './personas.ts';
import { type PlaceRecord, places } from './seed/places.ts';

test('numbers of personas pass their check digits and show that they are invented', () => {
  for (const { slug, rpps, adeli, nationalId } of personas) {
    assert.ok(hasValidCheckDigit(nationalId), slug);
    assert.deepEqual(parseIdNatPs(formatIdNatPs(nationalId)), nationalId, slug);
    if (rpps) assert.ok(/^9970\d{7}$/.test(rpps) && passesLuhn(rpps), slug);
    if (adeli) assert.ok(/^99\d{7}$/.test(adeli) && passesLuhn(adeli), slug);
  }
});

test('no two personas share a number, a name, an address or a telephone', () => {
  for (const pick of ['rpps', 'adeli', 'email', 'phone', 'slug'] as const) {
    const values = personas.map((persona) => persona[pick]).filter((value) => value !== null);
    assert.equal(new Set(values).size, values.length, pick);
  }
  const names = personas.map(({ givenName, familyName }) => `${givenName} ${familyName}`);
  assert.equal(new Set(names).size, names.length);
});

test('telephones are of the ranges kept for fiction', () => {
  for (const { phone } of personas) assert.ok(phone === null || /^063998\d{4}$/.test(phone));
  for (const { phone } of Object.values(places)) assert.match(phone, /^026191\d{4}$/);
});

test('numbers of places pass their check digits', () => {
  const records: PlaceRecord[] = Object.values(places);
  assert.equal(new Set(records.map((place) => place.technicalId)).size, records.length);
  for (const { siret, finess } of records) {
    if (siret) assert.ok(siret.length === 14 && passesLuhn(siret));
    if (finess) assert.ok(finess.length === 9 && passesLuhn(finess));
  }
});

test('everybody of the table is there, with a line in both languages', () => {
  assert.equal(personas.length, 16);
  for (const { slug } of personas) {
    assert.equal(findPersona(slug)?.slug, slug);
    for (const locale of ['fr', 'en'] as const) assert.ok(personaLines(locale)[slug]);
  }
  assert.equal(findPersona('personne'), undefined);
});
