import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldText, sameFamilyName, shareGivenName } from './names.ts';

test('folding ignores case and accents and keeps the rest', () => {
  assert.equal(foldText('ÉLODIE Lœuillet-Ñandú 1ᵉʳ'), 'elodie loeuillet-nandu 1ᵉʳ');
});

test('family names agree however they are spelled', () => {
  for (const [one, other] of [
    ['Le Goff', 'LE-GOFF'],
    ["D'Almeida", 'DALMEIDA'],
    ['d’Almeida', "D'ALMEIDA"],
    ['Lefèvre', 'LEFEVRE'],
    ['DE LA TOUR', 'DELATOUR'],
    ['de Villiers', 'VILLIERS'],
    ['Dupont-Martin', 'DUPONT MARTIN'],
    ['Cœurderoy', 'COEURDEROY'],
  ] as const) {
    assert.ok(sameFamilyName(one, other), `${one} / ${other}`);
  }
});

test('other family names do not agree', () => {
  for (const [one, other] of [
    ['LE BLANC', 'BLANC'],
    ['DUPONT', 'PONT'],
    ['DUPONT-MARTIN', 'DUPONT'],
    ['MOREAU', 'MOREL'],
    ['', ''],
    ['DE', 'DU'],
  ] as const) {
    assert.ok(!sameFamilyName(one, other), `${one} / ${other}`);
  }
});

test('one given name in common is enough', () => {
  for (const [one, other] of [
    ['Marie-Claude', 'MARIE CLAUDE'],
    ['Marie-Claude', 'MARIE CLAUDE ANNE'],
    ['Anne', 'MARIE, ANNE'],
    ["JEAN'PIERRE'PAUL", 'Paul'],
    ['Élodie', 'ELODIE'],
  ] as const) {
    assert.ok(shareGivenName(one, other), `${one} / ${other}`);
  }
});

test('a compound given name is one name', () => {
  assert.ok(!shareGivenName('Marie-Claude', 'Marie'));
  assert.ok(!shareGivenName('Jean-Pierre', 'PIERRE'));
  assert.ok(!shareGivenName('', ''));
});
