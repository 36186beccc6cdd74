import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calmLine } from './calm-line.ts';

test('a line in capitals is written as people write it', () => {
  assert.equal(calmLine('9 RUE DES QUATRE FRERES LEROY'), '9 rue des Quatre Freres Leroy');
  assert.equal(calmLine("12 BIS AVENUE DE L'YSER"), "12 bis avenue de l'Yser");
  assert.equal(calmLine('CHATEAU D EAU'), 'Chateau d Eau');
  assert.equal(calmLine('BATIMENT B2'), 'Batiment B2');
});

test('a line that has small letters is left as it is', () => {
  assert.equal(calmLine('4 place de la Mairie'), '4 place de la Mairie');
  assert.equal(calmLine(''), '');
});
