import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser, openContext } from '../support/browser.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { followLink, getPersona, openReader, pressButton, signInFromHome, typePin } from '../support/walk.ts';

test('without scripts a nurse signs in, reads the cause, sees the way out, comes back and signs out', async (t) => {
  const server = await startTestServer(t);
  await using context = await openContext(await openBrowser(t), 'phone', { javaScriptEnabled: false });
  const persona = await getPersona(server, 'infirmiere-adeli');
  const page = await signInFromHome(context, server.urls, persona);
  assert.equal(await page.getByTestId('cause').getAttribute('data-code'), 'legacy_adeli_identity');

  await followLink(page, 'Réparer ma connexion');
  await page.getByRole('heading', { level: 1, name: 'Réparer ma connexion', exact: true }).waitFor();
  assert.equal(new URL(page.url()).origin, server.urls.wallet);
  assert.deepEqual(await page.getByRole('button').allTextContents(), [
    'Déconnexion',
    'Scanner avec mon téléphone',
    'Par mail et SMS',
    'Revenir au service',
  ]);

  await pressButton(page, 'Revenir au service');
  await page.getByRole('heading', { level: 1, name: "Aucun lieu d'exercice", exact: true }).waitFor();
  await pressButton(page, 'Déconnexion');
  await page.getByRole('heading', { name: 'Votre session est fermée' }).waitFor();
  await openReader(page);
});

test('without scripts a card that failed is named, and another one signs in', async (t) => {
  const server = await startTestServer(t);
  await using context = await openContext(await openBrowser(t), 'desk', { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.urls.portal}/professionnel/connexion`);
  await openReader(page);
  await pressButton(page, 'Insérer la carte de Hugo Perrin');
  await typePin(page);
  assert.equal(await page.getByTestId('card-failure').getAttribute('data-code'), 'expired');
  await pressButton(page, 'Réessayer');
  await pressButton(page, 'Retirer sa carte');
  await pressButton(page, 'Insérer la carte de Julien Marchand');
  await typePin(page);
  await page.getByRole('heading', { name: "Mes lieux d'exercice" }).waitFor();
  assert.equal(await page.getByRole('article').count(), 2);
});

test('without scripts the sandbox home loads itself again by itself, and its controls work', async (t) => {
  const server = await startTestServer(t);
  await using context = await openContext(await openBrowser(t), 'desk', { javaScriptEnabled: false });
  const home = await context.newPage();
  await home.goto(server.urls.sandbox);
  assert.equal(await home.locator('noscript meta[http-equiv="refresh"]').getAttribute('content'), '15');
  await pressButton(home, 'Nora Salaün');
  await home.getByText('carte insérée').first().waitFor();
  await pressButton(home, 'Retirer sa carte');
  await home.getByRole('button', { name: 'Insérer sa carte', exact: true }).waitFor();
  await pressButton(home, "Avancer l'horloge");
  await home.getByText('horloge en avance').waitFor();
  await pressButton(home, 'Tout remettre à zéro');
  await home.getByText('horloge réelle').waitFor();
});
