import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findForm } from './form.ts';

const page = new URL('http://localhost:4002/connexion/abc?x=1');
const html = `<form method="post" action="/other"><button>Autre moyen</button></form>
<form method="post" action="/connexion/abc/moyen?a=1&amp;b=2"><input type="hidden" name="token" value="a&amp;b">
<input name="typed" value="kept out"><button name="means" value="ecps"><span>e-CPS</span></button>
<button name="means" value="card" aria-describedby="line"><svg></svg><span>Carte CPS</span></button></form>`;

test('a form is found by the name of its button, with its hidden fields', () => {
  const form = findForm(page, html, 'Carte CPS');
  assert.equal(form?.action.href, 'http://localhost:4002/connexion/abc/moyen?a=1&b=2');
  assert.deepEqual(form?.fields, { token: 'a&b', means: 'card' });
});

test('a page without such a button has no such form', () => {
  assert.equal(findForm(page, html, 'Clé d’accès'), undefined);
});
