import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCode, findLinks } from './outbox-texts.ts';

test('links of a mail are read as its reader sees them', () => {
  const html =
    '<p><a class="b" href="http://localhost:4003/?a=1&amp;b=2#t"><span>Démarrer</span> l&#39;activation</a></p><a href="x">Ce n’est pas moi</a>';
  assert.deepEqual(findLinks(html), [
    { text: "Démarrer l'activation", href: 'http://localhost:4003/?a=1&b=2#t' },
    { text: 'Ce n’est pas moi', href: 'x' },
  ]);
});

test('a code is six digits that stand alone', () => {
  assert.equal(findCode('Votre code est 482913.\n@localhost #482913'), '482913');
  assert.equal(findCode('Appelez le 0261910012'), null);
  assert.equal(findCode('http://localhost:4003/#aB3-482913-x_123456'), null);
});
