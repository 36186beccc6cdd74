import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { wordsOf } from './events.ts';

test('an event is told in words, with what matters of its details', () => {
  assert.deepEqual(wordsOf('card.refused', { code: 'expired' }, 'fr'), {
    who: 'carte',
    what: 'refusée : arrivée à son terme',
  });
  assert.equal(wordsOf('sandbox.clock_advanced', { advanceMs: 120_000 }, 'en').what, 'advanced by 2 min');
  assert.equal(
    wordsOf('oidc.signed_in', { clientId: 'hygie-portal', method: 'ecps' }, 'fr').what,
    'connexion à hygie-portal par e-CPS',
  );
});

test('a sign-in names the site that it leads to', () => {
  const who = (party: string) => wordsOf('relying_party.signed_in', { party }, 'fr').who;
  assert.deepEqual([who('portal'), who('directory')], ['portail ← connect', 'coordonnées ← connect']);
});

test('an event without words shows its name', () => {
  assert.deepEqual(wordsOf('audit.chain_verified', {}, 'fr'), { who: 'audit', what: 'chain verified' });
});

test('every event of the e-CPS has words', () => {
  const source = readFileSync(new URL('../../authenticator/events.ts', import.meta.url), 'utf8');
  const names = [...source.matchAll(/report\('(\w+)'/g)].map(([, name]) => name);
  assert.ok(names.length > 15);
  for (const name of names) {
    const bare = { who: 'authenticator', what: name?.replaceAll('_', ' ') };
    assert.notDeepEqual(wordsOf(`authenticator.${name}`, {}, 'fr'), bare, String(name));
  }
});
