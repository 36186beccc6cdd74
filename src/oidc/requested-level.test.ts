import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pscPolicy } from './eras/psc-eras.ts';
import { isEnough, methodsFor } from './requested-level.ts';

const essential = (acr: object) => JSON.stringify({ id_token: { acr: { essential: true, ...acr } } });

test('eidas2 takes a card; eidas1, nothing, or a level that nobody knows takes either means', () => {
  for (const [acr_values, methods] of [
    ['eidas2', ['card']],
    ['eidas1', ['card', 'ecps']],
    ['eidas2 eidas1', ['card', 'ecps']],
    ['eidas9', ['card', 'ecps']],
    [undefined, ['card', 'ecps']],
  ] as const)
    assert.deepEqual(methodsFor({ acr_values }, pscPolicy), methods, String(acr_values));
});

test('an essential acr is taken to the letter', () => {
  assert.deepEqual(methodsFor({ claims: essential({ value: 'eidas1' }) }, pscPolicy), ['ecps']);
  assert.deepEqual(methodsFor({ claims: essential({ values: ['eidas2'] }) }, pscPolicy), ['card']);
  assert.deepEqual(methodsFor({ claims: '{"id_token":{"acr":{"value":"eidas2"}}}' }, pscPolicy), [
    'card',
    'ecps',
  ]);
  assert.deepEqual(methodsFor({ claims: '{"userinfo":{"acr":null}}' }, pscPolicy), ['card', 'ecps']);
});

test('a session by e-CPS is not enough where a card is asked for', () => {
  assert.equal(isEnough('eidas1', { acr_values: 'eidas2' }, pscPolicy), false);
  assert.equal(isEnough('eidas2', { acr_values: 'eidas1' }, pscPolicy), true);
  assert.equal(isEnough(undefined, { acr_values: 'eidas1' }, pscPolicy), false);
});
