import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toGsmText } from './gsm-alphabet.ts';

test('French that fits the alphabet is left as it is', () => {
  const text = 'Votre e-CPS est activée : code 482917, à garder pour vous. Où ? @localhost #482917';
  assert.equal(toGsmText(text), text);
});

test('what does not fit is spelt in a way that does', () => {
  assert.equal(toGsmText('L’hôpital « Cœur d’Île »…'), `L'hopital "Coeur d'Ile"...`);
  assert.equal(toGsmText('Gae\u0308lle Lefe\u0300vre, reçu'), 'Gaelle Lefèvre, recu');
  assert.equal(toGsmText('●'), '?');
});
