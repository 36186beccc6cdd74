import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { openBrowser, openContext } from '../support/browser.ts';
import { startSplitHosts } from '../support/split-hosts.ts';
import {
  followLink,
  getPersona,
  openPortal,
  openReader,
  pressButton,
  signInFromHome,
} from '../support/walk.ts';

const opening = openBrowser({ after });
const serving = startSplitHosts({ after });

/** Names of the cookies of each host, without what follows the listener's name. */
async function cookiesByHost(context: BrowserContext): Promise<Record<string, string[]>> {
  const byHost: Record<string, Set<string>> = {};
  for (const { domain, name } of await context.cookies()) {
    byHost[domain] = (byHost[domain] ?? new Set()).add(name.split('_')[0] ?? '');
  }
  return Object.fromEntries(Object.entries(byHost).map(([host, names]) => [host, [...names]]));
}

test('with each listener on a host of its own a nurse signs in, repairs, comes back and signs out', async () => {
  const server = await serving;
  await using context = await openContext(await opening, 'desk');
  const persona = await getPersona(server, 'infirmiere-adeli');
  const page = await signInFromHome(context, server.urls, persona);
  assert.equal(page.url(), `${server.urls.portal}/professionnel/lieux`);
  assert.match(server.urls.portal, /^http:\/\/portal\.localhost:/);
  assert.equal(await page.getByTestId('cause').getAttribute('data-code'), 'legacy_adeli_identity');
  assert.deepEqual(await cookiesByHost(context), {
    'sandbox.localhost': ['sandbox'],
    'portal.localhost': ['portal'],
    'wallet.localhost': ['wallet'],
  });

  await followLink(page, 'Réparer ma connexion');
  await page.getByRole('heading', { name: 'Réparer ma connexion' }).waitFor();
  assert.equal(new URL(page.url()).origin, server.urls.wallet);
  await pressButton(page, 'Revenir au service');
  await page.getByRole('heading', { name: "Aucun lieu d'exercice" }).waitFor();
  await pressButton(page, 'Déconnexion');
  await page.getByRole('heading', { name: 'Votre session est fermée' }).waitFor();
  await openReader(page);
});

test('with each listener on a host of its own a sign-out on wallet ends the session of the portal', async () => {
  const server = await serving;
  await using context = await openContext(await opening, 'desk');
  const page = await signInFromHome(context, server.urls, await getPersona(server, 'infirmiere-radiee'));
  await followLink(page, 'Réparer ma connexion');
  await pressButton(page, 'Déconnexion');
  await page.waitForURL(`${server.urls.wallet}/deconnexion/terminee`);
  const portal = await openPortal(context, server.urls);
  await portal.goto(`${server.urls.portal}/professionnel/lieux`);
  assert.equal(new URL(portal.url()).pathname, '/professionnel/connexion');
});

test('with each listener on a host of its own the own reader of a browser is asked on the card’s host', async () => {
  const server = await serving;
  await using context = await openContext(await opening, 'desk', { ignoreHTTPSErrors: true });
  const hosts: string[] = [];
  const { port } = new URL(server.urls.card);
  context.on('request', (request) => {
    if (new URL(request.url()).port === port) hosts.push(new URL(request.url()).hostname);
  });
  const page = await openPortal(context, server.urls);
  await openReader(page);
  await followLink(page, 'Utiliser mon lecteur');
  assert.equal(await page.getByTestId('card-failure').getAttribute('data-code'), 'no_certificate');
  await Promise.all([
    page.waitForResponse((response) => response.url().includes('/carte/retour')),
    pressButton(page, 'Réessayer'),
  ]);
  assert.equal(await page.getByTestId('card-failure').getAttribute('data-code'), 'no_certificate');
  assert.equal(hosts[0], 'carte.localhost');
  assert.match(hosts[1] ?? '', /^[a-z2-7]{32}\.carte\.localhost$/);
});
