import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReturnAddress } from './return-address.ts';

const sites = { wallet: new URL('https://wallet.example/'), app: new URL('https://app.example/ecps') };

test('an address of wallet or app is the way back', () => {
  assert.deepEqual(parseReturnAddress('https://wallet.example/reparation?a=1', sites), {
    href: 'https://wallet.example/reparation?a=1',
    site: 'wallet',
  });
  assert.deepEqual(parseReturnAddress('https://app.example/ecps/#rpps=1', sites)?.site, 'app');
  assert.deepEqual(parseReturnAddress('https://app.example/ecps', sites)?.site, 'app');
});

test('anything else is as if it were absent', () => {
  for (const text of [
    undefined,
    '',
    '/reparation',
    '//wallet.example/',
    'http://wallet.example/',
    'https://wallet.example:8443/',
    'https://wallet.example.evil.example/',
    'https://wallet.example@evil.example/',
    'https://user:secret@wallet.example/',
    'https://app.example/',
    'https://app.example/ecps-evil',
    'https://app.example/ecps/../admin',
    'javascript:alert(1)//https://wallet.example/',
    'data:text/html,https://wallet.example/',
  ])
    assert.equal(parseReturnAddress(text, sites), undefined, String(text));
});
