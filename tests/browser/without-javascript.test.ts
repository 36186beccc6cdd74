import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { readActivationToken } from '#ecps-phone';
import { findPerson, waitForMessage } from '../support/app-walk.ts';
import { openBrowser, openContext } from '../support/browser.ts';
import { activateByToken, password } from '../support/repair-walk.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import {
  followLink,
  getPersona,
  openPortal,
  openReader,
  pressButton,
  signInFromHome,
  signInFromPortal,
  typePin,
} from '../support/walk.ts';

const opening = openBrowser({ after });
const serving = startTestServer({ after });

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

type Walk = (context: BrowserContext, server: TestServer) => Promise<void>;

/** Each of a person of its own. */
const walks: Record<string, Walk> = {
  'a nurse reads the cause, sees the way out, comes back and signs out': async (context, server) => {
    const page = await signInFromHome(
      context,
      server.urls,
      await getPersona(server, 'infirmiere-sans-coordonnees'),
    );
    assert.equal(await page.getByTestId('cause').getAttribute('data-code'), 'legacy_adeli_identity');
    await followLink(page, 'Réparer ma connexion');
    await heading(page, 'Réparer ma connexion').waitFor();
    assert.equal(new URL(page.url()).origin, server.urls.wallet);
    assert.deepEqual(await page.getByRole('button').allTextContents(), [
      'Déconnexion',
      'Scanner avec mon téléphone',
      'Par mail et SMS',
      'Revenir au service',
    ]);
    await pressButton(page, 'Revenir au service');
    await heading(page, "Aucun lieu d'exercice").waitFor();
    await pressButton(page, 'Déconnexion');
    await heading(page, 'Votre session est fermée').waitFor();
    await openReader(page);
  },

  'she repairs by her card: the page draws a new code, goes on when her phone is ready, and waits for it':
    async (context, server) => {
      const page = await signInFromPortal(context, server.urls, await getPersona(server, 'infirmiere-adeli'));
      await followLink(page, 'Réparer ma connexion');
      await pressButton(page, 'Scanner avec mon téléphone');
      const first = await readToken(page, server);
      await pressButton(page, 'Nouveau QR code');
      const second = await readToken(page, server);
      assert.notEqual(second, first);
      assert.equal(await page.getByRole('button', { name: 'Copier le lien' }).count(), 0, 'it needs scripts');
      const { phone, stored } = await activateByToken(server, second);

      await box(page, 'Identifiant e-CPS').waitFor();
      await pressButton(page, 'Se connecter avec ma e-CPS');
      const number = Number(await page.getByTestId('number').textContent());
      const [approval] = (await phone.watch({ waitSeconds: 0 })).approvals;
      assert.ok(approval, 'the phone is asked');
      await phone.approve(stored, approval, { number, password });
      await heading(page, "Mes lieux d'exercice").waitFor();
      assert.equal(await page.getByRole('article').count(), 2);
    },

  'a page that waits for the phone says that it was refused': async (context, server) => {
    const { slug, nationalId } = await getPersona(server, 'medecin-deux-lieux');
    await server.api('POST', '/api/ecps', { persona: slug, behaviour: 'refuse' });
    const page = await openPortal(context, server.urls);
    await followLink(page, 'Connexion');
    await pressButton(page, 'e-CPS');
    await box(page, 'Identifiant e-CPS').fill(nationalId);
    await pressButton(page, 'Se connecter avec ma e-CPS');
    await heading(page, 'Vous avez refusé la demande').waitFor();
    await pressButton(page, 'Autre moyen');
    await heading(page, 'Comment voulez-vous vous connecter ?').waitFor();
  },

  'a forgotten password: both codes remove the e-CPS': async (context, server) => {
    const slug = 'infirmier-ecps-adeli';
    const [{ nationalId }, { email, phone }] = [
      await getPersona(server, slug),
      await findPerson(server, slug),
    ];
    const page = await openPortal(context, server.urls);
    await followLink(page, 'Connexion');
    await followLink(page, 'Mot de passe oublié');
    await box(page, 'Identifiant e-CPS').fill(nationalId);
    await pressButton(page, 'Continuer');
    await pressButton(page, 'Recevoir les codes');
    await pressButton(page, 'Supprimer ma e-CPS');
    await page.getByRole('alert').and(page.locator(':focus')).waitFor();
    await typeCodes(page, server, { email, phone });
    await pressButton(page, 'Supprimer ma e-CPS');
    await heading(page, 'Votre e-CPS a été supprimée').waitFor();
  },

  'contact details are saved after both codes': async (context, server) => {
    const { slug, nationalId } = await getPersona(server, 'pharmacienne');
    await server.api('POST', '/api/ecps', { persona: slug, behaviour: 'approve' });
    const page = await context.newPage();
    await page.goto(`${server.urls.directory}/coordonnees`);
    await followLink(page, 'Me connecter avec mon e-CPS');
    await pressButton(page, 'e-CPS');
    await box(page, 'Identifiant e-CPS').fill(nationalId);
    await pressButton(page, 'Se connecter avec ma e-CPS');
    await box(page, 'Adresse e-mail').fill('autre.adresse@example.fr');
    await box(page, 'Téléphone mobile').fill('06 39 98 77 42');
    await pressButton(page, 'Enregistrer');
    await heading(page, 'Recopiez les deux codes').waitFor();
    await typeCodes(page, server, { email: 'autre.adresse@example.fr', phone: '0639987742' });
    await pressButton(page, 'Valider');
    await heading(page, 'Vos coordonnées sont enregistrées').waitFor();
  },

  'a card that failed is named, and another one signs in': async (context, { urls }) => {
    const page = await openPortal(context, urls);
    await openReader(page);
    await pressButton(page, 'Insérer la carte de Hugo Perrin');
    await typePin(page);
    assert.equal(await page.getByTestId('card-failure').getAttribute('data-code'), 'expired');
    await pressButton(page, 'Réessayer');
    await pressButton(page, 'Retirer sa carte');
    await pressButton(page, 'Insérer la carte de Julien Marchand');
    await typePin(page);
    await heading(page, "Mes lieux d'exercice").waitFor();
    assert.equal(await page.getByRole('article').count(), 2);
  },

  'the app says what it needs': async (context, { urls }) => {
    const page = await context.newPage();
    await page.goto(urls.app);
    await heading(page, 'L’application e-CPS a besoin de JavaScript').waitFor();
  },
};

const useHome: Walk = async (context, { urls }) => {
  const home = await context.newPage();
  await home.goto(urls.sandbox);
  assert.equal(await home.locator('noscript meta[http-equiv="refresh"]').getAttribute('content'), '15');
  await pressButton(home, 'Nora Salaün');
  await home.getByText('carte insérée').first().waitFor();
  await pressButton(home, 'Retirer sa carte');
  await home.getByRole('button', { name: 'Insérer sa carte', exact: true }).waitFor();
  await pressButton(home, "Avancer l'horloge");
  await home.getByText('horloge en avance').waitFor();
  await pressButton(home, 'Tout remettre à zéro');
  await home.getByText('horloge réelle').waitFor();
};

/** The token behind the QR code that is shown. */
async function readToken(page: Page, { urls }: TestServer): Promise<string> {
  await heading(page, 'Scannez ce code').waitFor();
  const open = page.getByRole('link', { name: 'Ouvrir sur ce téléphone', exact: true });
  const token = readActivationToken((await open.getAttribute('href')) ?? '', new URL(urls.app));
  assert.ok(token, 'the page shows a code');
  return token;
}

async function typeCodes(
  page: Page,
  server: TestServer,
  to: { email: string; phone: string },
): Promise<void> {
  const find = ({ code }: { code: string | null }) => code ?? undefined;
  await box(page, 'Code reçu par mail').fill(await waitForMessage(server, `/api/mails?to=${to.email}`, find));
  await box(page, 'Code reçu par SMS').fill(await waitForMessage(server, `/api/sms?to=${to.phone}`, find));
}

async function takeWalk(walk: Walk): Promise<void> {
  await using context = await openContext(await opening, 'phone', { javaScriptEnabled: false });
  await walk(context, await serving);
}

// Pages wait for seconds until they read themselves again: the walks wait together.
test('without scripts', { concurrency: 4 }, async (t) => {
  const running = Object.entries(walks).map(([sentence, walk]) => t.test(sentence, () => takeWalk(walk)));
  await Promise.all(running);
});

test('without scripts the sandbox home loads itself again by itself, and its controls work', () =>
  takeWalk(useHome));
