import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openContext } from '../support/browser.ts';
import { shareStage } from '../support/stage.ts';
import type { TestServer } from '../support/start-test-server.ts';
import {
  followLink,
  getPersona,
  openPortal,
  openPortalAs,
  openReader,
  pressButton,
  signInFromPortal,
  typePin,
} from '../support/walk.ts';

const openStage = shareStage();

/** A server and a desk; the sandbox's own authority is not among those that the browser knows. */
async function openDesk(t: TestContext) {
  const { browser, server } = await openStage();
  const context = await openContext(browser, 'desk', { ignoreHTTPSErrors: true });
  t.after(() => context.close());
  return { server, context };
}

async function readFailure(page: Page) {
  await page
    .getByRole('heading', { level: 1, name: "Votre carte n'a pas été reconnue", exact: true })
    .waitFor();
  const cause = page.getByTestId('cause');
  return {
    failure: await page.getByTestId('card-failure').getAttribute('data-code'),
    cause: (await cause.count()) > 0 ? await cause.getAttribute('data-code') : null,
  };
}

const revoke = (server: TestServer, persona: string) => server.api('POST', '/api/cards/revoke', { persona });

test('a wrong code says how many tries are left, and three block the card until everything is reset', async (t) => {
  const { server, context } = await openDesk(t);
  const persona = await getPersona(server, 'pharmacienne');
  const reader = await openPortalAs(context, server.urls, persona);
  await openReader(reader);
  await typePin(reader, '0000');
  await reader.getByText('Il vous reste 2 essais.').waitFor();
  await typePin(reader, '0000');
  await reader.getByText('Il vous reste 1 essai.').waitFor();
  await typePin(reader, '0000');
  await reader.getByText('Cette carte est bloquée').waitFor();
  assert.equal(await reader.getByRole('textbox').count(), 0);
  assert.equal(await reader.getByRole('button', { name: 'Valider' }).count(), 0);

  const elsewhere = await openPortalAs(context, server.urls, persona);
  await openReader(elsewhere);
  await elsewhere.getByText('Cette carte est bloquée').waitFor();

  const home = await context.newPage();
  await home.goto(server.urls.sandbox);
  await pressButton(home, 'Tout remettre à zéro');
  await home.getByText('Choisissez d’abord une personne').waitFor();
  await signInFromPortal(context, server.urls, persona);
});

test('an expired card is named, with its cause and a way back to the service', async (t) => {
  const { server, context } = await openDesk(t);
  const page = await openPortalAs(context, server.urls, await getPersona(server, 'infirmier-carte-expiree'));
  await openReader(page);
  await typePin(page);
  assert.deepEqual(await readFailure(page), { failure: 'expired', cause: 'authenticator_expired' });
  assert.equal(await page.getByRole('button', { name: 'e-CPS', exact: true }).count(), 1);
  const activation = page.getByRole('link', { name: "Demander l'activation de la e-CPS", exact: true });
  assert.equal(await activation.count(), 1);

  await page.reload();
  assert.deepEqual(await readFailure(page), { failure: 'expired', cause: 'authenticator_expired' });

  await pressButton(page, 'Revenir au service');
  await page.getByRole('heading', { name: 'La connexion n’a pas eu lieu' }).waitFor();
  assert.equal(new URL(page.url()).origin, server.urls.portal);
  await openReader(page);
});

test('another card in the same reader signs in after one that failed', async (t) => {
  const { server, context } = await openDesk(t);
  const page = await openPortalAs(context, server.urls, await getPersona(server, 'infirmier-carte-expiree'));
  await openReader(page);
  await typePin(page);
  await readFailure(page);
  await pressButton(page, 'Réessayer');
  await pressButton(page, 'Retirer sa carte');
  await pressButton(page, 'Insérer la carte de Nora Salaün');
  await typePin(page);
  await page.getByRole('heading', { name: "Mes lieux d'exercice" }).waitFor();
});

test('a card that was reported lost is refused from then on, and good again after a reset', async (t) => {
  const { server, context } = await openDesk(t);
  const persona = await getPersona(server, 'sage-femme');
  assert.equal((await revoke(server, persona.slug)).status, 204);
  const page = await openPortalAs(context, server.urls, persona);
  await openReader(page);
  await typePin(page);
  assert.deepEqual(await readFailure(page), { failure: 'revoked', cause: 'authenticator_expired' });

  await server.api('POST', '/api/reset');
  await signInFromPortal(context, server.urls, persona);
});

test('a reader without a card says so, and each new try goes to a host of its own', async (t) => {
  const { server, context } = await openDesk(t);
  const hosts: string[] = [];
  const cardPort = new URL(server.urls.card).port;
  context.on('request', (request) => {
    const { hostname, port } = new URL(request.url());
    if (port === cardPort && request.isNavigationRequest()) hosts.push(hostname);
  });
  const page = await openPortal(context, server.urls);
  await openReader(page);
  await followLink(page, 'Utiliser mon lecteur');
  assert.deepEqual(await readFailure(page), { failure: 'no_certificate', cause: null });
  for (let tries = 0; tries < 2; tries++) {
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('/carte/retour')),
      pressButton(page, 'Réessayer'),
    ]);
    assert.equal(new URL(answer.url()).origin, server.urls.wallet);
    assert.deepEqual(await readFailure(page), { failure: 'no_certificate', cause: null });
  }
  const [first, ...others] = hosts;
  assert.equal(first, 'localhost');
  assert.equal(others.length, 2);
  for (const host of others) assert.match(host, /^[a-z2-7]{32}\.carte\.localhost$/);
  assert.equal(new Set(hosts).size, hosts.length);
});
