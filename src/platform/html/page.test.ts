import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import type { AppEnv } from '../http/site.ts';
import { html } from './html.ts';
import type { Locale } from './messages.ts';
import { type Page, renderPage } from './page.ts';

async function show(
  page: Page,
  { locale = 'fr' as Locale, sandbox = true, path = '/x' } = {},
): Promise<string> {
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    c.set('locale', locale);
    c.set('site', {
      name: 'portal',
      url: new URL('http://localhost:4000'),
      title: { fr: 'Site', en: 'Place' },
      sandbox,
    });
    await next();
  });
  app.get('*', (c) => renderPage(c, page));
  return await (await app.request(path)).text();
}

const page: Page = { title: 'Titre', body: html`<h1>Titre</h1>` };
const person = { name: 'Claire Fontaine', signOutAction: '/deconnexion' };
const textOf = (markup: string, testId: string) =>
  new RegExp(`data-testid="${testId}"[^>]*>(.*?)</p>`, 's').exec(markup)?.[1]?.replace(/<[^>]+>/g, '');

test('the identifier is plain text under its name, whatever the grouping for the eye', async () => {
  const shown = async (kind: string, value: string, idNatPs: string) =>
    textOf(
      await show({ ...page, signedIn: { ...person, nationalId: { kind, value }, idNatPs } }),
      'national-id',
    );
  assert.equal(await shown('adeli', '991234568', '0991234568'), 'Numéro ADELI 991234568');
  assert.equal(await shown('rpps', '99700000013', '899700000013'), 'Numéro RPPS 99700000013');
  assert.equal(
    await shown('siretEmployee', '26560035400014/AB12', '526560035400014/AB12'),
    'Identifiant 526560035400014/AB12',
  );
});

test('sign-out is a form that posts', async () => {
  const markup = await show({
    ...page,
    signedIn: { ...person, nationalId: { kind: 'rpps', value: '99700000013' } },
  });
  assert.match(markup, /<form method="post" action="\/deconnexion"><button[^>]*>Déconnexion<\/button>/);
});

test('the other language keeps the address and its query', async () => {
  const markup = await show(page, { path: '/connexion/a%20b?x=1&lang=fr&ui_locales=fr' });
  assert.match(markup, /<a href="\?x=1&amp;lang=en" lang="en" hreflang="en">English<\/a>/);
  assert.match(markup, /<html lang="fr">/);
});

test('a sandbox says so on every page, and only there', async () => {
  assert.match(await show(page), /Bac à sable/);
  assert.doesNotMatch(await show(page, { sandbox: false }), /Bac à sable/);
});

test('a page holds no inline script, style or handler', async () => {
  const markup = await show({ ...page, script: 'live.js', stylesheet: 'sandbox.css' });
  assert.doesNotMatch(markup, /<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/);
});

test('a page that loads itself again does so only without scripts when told', async () => {
  const refresh = { seconds: 2, url: '/suite?a=1&b=2' };
  assert.match(
    await show({ ...page, refresh }),
    /<meta http-equiv="refresh" content="2; url=\/suite\?a=1&amp;b=2">/,
  );
  assert.match(
    await show({ ...page, refresh: { ...refresh, withoutScript: true } }),
    /<noscript><meta http-equiv="refresh"[^>]*><\/noscript>/,
  );
});
