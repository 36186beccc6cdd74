import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { codeOf, headingOf, press, readable, signInByCard, textOf } from '../support/http-walk.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { getPersona } from '../support/walk.ts';

test('a nurse under ADELI signs in by card, reads that her places are under RPPS, and what to do', async (t) => {
  const server = await startTestServer(t);
  const { adeli, rpps } = await getPersona(server, 'infirmiere-adeli');
  const browser = createCookieBrowser();
  const page = await signInByCard(browser, server.urls, 'infirmiere-adeli');
  assert.equal(textOf(page, 'national-id'), `Numéro ADELI ${adeli}`);
  assert.equal(headingOf(page), "Aucun lieu d'exercice");
  assert.equal(codeOf(page, 'cause'), 'legacy_adeli_identity');
  assert.match(readable(page.text), new RegExp(`L’annuaire vous connaît sous .*${rpps} · 2 lieux`));
  assert.match(readable(page.text), /référence [A-Z2-7]{3}-[A-Z2-7]{3}/);

  const repair = await browser.open(new URL(repairHref(page.text)));
  assert.match(repair.url.href, new RegExp(`^${server.urls.wallet}/reparation/[\\w-]{24}$`));
  assert.equal(headingOf(repair), 'Réparer ma connexion');
  assert.equal(textOf(repair, 'national-id'), `Numéro ADELI ${adeli}`);
  assert.equal(codeOf(repair, 'cause'), 'legacy_adeli_identity');
  assert.match(readable(repair.text), new RegExp(`Numéro RPPS ${rpps}`));
  assert.match(repair.text, /<ol[\s>]/);

  const back = await press(browser, repair, '/retour');
  assert.equal(back.url.href, `${server.urls.portal}/professionnel/lieux`);
});

function repairHref(text: string): string {
  const href = /<a[^>]*href="([^"]+)"[^>]*>(?:(?!<\/a>).)*Réparer ma connexion/s.exec(text)?.[1];
  assert.ok(href);
  return href;
}

test('the repair page asks a browser without a session to sign in, and then opens', async (t) => {
  const server = await startTestServer(t);
  const browser = createCookieBrowser();
  const choice = await browser.open(new URL('/reparation', server.urls.wallet));
  assert.match(readable(choice.text), /Carte CPS/);
  const reader = await press(browser, choice, '/carte');
  const inserted = await press(browser, reader, '/carte', { persona: 'infirmiere-non-inscrite' });
  const page = await press(browser, inserted, '/code', { code: '1234' });
  assert.match(page.url.pathname, /^\/reparation\/[\w-]{24}$/);
  assert.equal(codeOf(page, 'cause'), 'no_rpps');
});

test('somebody with nothing to repair is told so on the repair page', async (t) => {
  const server = await startTestServer(t);
  const browser = createCookieBrowser();
  await signInByCard(browser, server.urls, 'sage-femme');
  const page = await browser.open(new URL('/reparation', server.urls.wallet));
  assert.equal(headingOf(page), 'Réparer ma connexion');
  assert.equal(codeOf(page, 'cause'), undefined);
  assert.match(readable(page.text), /Rien n’est à réparer/);
});

test('after a sign-out the repair page belongs to nobody', async (t) => {
  const server = await startTestServer(t);
  const browser = createCookieBrowser();
  const page = await signInByCard(browser, server.urls, 'infirmiere-adeli');
  await press(browser, page, '/deconnexion');
  const choice = await browser.open(new URL('/reparation', server.urls.wallet));
  assert.match(readable(choice.text), /Carte CPS/);
  assert.equal(textOf(choice, 'national-id'), '');
});
