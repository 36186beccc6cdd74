import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openContext, sizesOf } from '../support/browser.ts';
import { findFaults } from '../support/looks.ts';
import { shareStage } from '../support/stage.ts';
import type { TestServer } from '../support/start-test-server.ts';
import { followLink, getPersona, nameOf, pressButton, signInFromHome, typePin } from '../support/walk.ts';

const openStage = shareStage();

const saved = 'Vos coordonnées sont enregistrées';

const fill = (page: Page, name: string, value: string) =>
  page.getByRole('textbox', { name, exact: true }).fill(value);
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
const addressOf = ({ urls }: TestServer, retour: string) =>
  `${urls.directory}/coordonnees?${new URLSearchParams({ retour })}`;

async function assertLooks(page: Page, name: string): Promise<void> {
  assert.deepEqual(await findFaults(page), [], name);
}

/** The code of the newest message to this recipient. */
async function codeFor(server: TestServer, channel: 'mails' | 'sms', to: string): Promise<string> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { body } = await server.api<{ code: string | null }[]>('GET', `/api/${channel}?to=${to}`);
    const code = body.find((message) => message.code)?.code;
    if (code) return code;
    assert.ok(Date.now() < deadline, `no code in ${channel}`);
    await new Promise(setImmediate);
  }
}

for (const size of sizesOf('phone')) {
  test(`contact details, at the size of a ${size}`, async (t) => {
    const { browser, server } = await openStage();

    await t.test(
      "walk 4: signed in silently by the card's session, recorded, and on to the repair",
      async () => {
        await using context = await openContext(browser, size);
        const persona = await getPersona(server, 'infirmiere-sans-coordonnees');
        const page = await signInFromHome(context, server.urls, persona);
        await page.goto(addressOf(server, `${server.urls.wallet}/reparation`));
        await heading(page, 'Coordonnées de correspondance');
        await assertLooks(page, 'form');

        await fill(page, 'Adresse e-mail', 'lina@pro.mssante.fr');
        await fill(page, 'Téléphone mobile', '06 39 98 77 42');
        await pressButton(page, 'Enregistrer');
        const email = page.getByRole('textbox', { name: 'Adresse e-mail', exact: true });
        await page.getByText('messagerie sécurisée MSSanté ne reçoit pas').waitFor();
        assert.equal(await email.getAttribute('aria-invalid'), 'true');
        assert.ok(await email.evaluate((input) => input === document.activeElement), 'focus at the error');
        assert.equal(
          await page.getByRole('textbox', { name: 'Téléphone mobile' }).inputValue(),
          '06 39 98 77 42',
        );
        await assertLooks(page, 'form with an error');

        await fill(page, 'Adresse e-mail', 'lina.kerbrat@laposte.net');
        await pressButton(page, 'Enregistrer');
        await heading(page, saved);
        await assertLooks(page, 'saved');
        await followLink(page, 'Continuer');
        await heading(page, 'Réparer ma connexion');
      },
    );

    await t.test('not signed in: by card, and back to the app', async () => {
      await using context = await openContext(browser, size);
      const persona = await getPersona(server, 'infirmier-rpps');
      const page = await context.newPage();
      await page.goto(addressOf(server, `${server.urls.app}/`));
      await heading(page, 'Coordonnées de correspondance');
      await assertLooks(page, 'not signed in');
      await pressButton(page, 'Carte CPS');
      await page.waitForURL((url) => url.origin === server.urls.wallet);
      await pressButton(page, 'Carte CPS');
      await pressButton(page, `Insérer la carte de ${nameOf(persona)}`);
      await typePin(page);
      await page.getByText('Actuelle : j•••@example.fr.').waitFor();
      await fill(page, 'Téléphone mobile', '+33 6 39 98 77 43');
      await pressButton(page, 'Enregistrer');
      await heading(page, saved);
      assert.equal(
        await page.getByRole('link', { name: "Revenir à l'application", exact: true }).getAttribute('href'),
        `${server.urls.app}/`,
      );
    });

    await t.test('under an RPPS e-CPS: both codes', async () => {
      await using context = await openContext(browser, size);
      const persona = await getPersona(server, 'sage-femme');
      await server.api('POST', '/api/ecps', { persona: persona.slug, behaviour: 'approve' });
      const page = await context.newPage();
      await page.goto(`${server.urls.directory}/coordonnees`);
      await followLink(page, 'Me connecter avec mon e-CPS');
      await pressButton(page, 'e-CPS');
      await fill(page, 'Identifiant e-CPS', persona.nationalId);
      await pressButton(page, 'Se connecter avec ma e-CPS');
      await fill(page, 'Adresse e-mail', 'nora@laposte.net');
      await pressButton(page, 'Enregistrer');
      await heading(page, 'Recopiez les deux codes');
      await assertLooks(page, 'codes');
      await pressButton(page, 'Valider');
      await page.getByRole('alert').waitFor();
      await assertLooks(page, 'codes missing');
      await fill(page, 'Code reçu par mail', await codeFor(server, 'mails', 'nora@laposte.net'));
      await fill(page, 'Code reçu par SMS', await codeFor(server, 'sms', '0639981369'));
      await pressButton(page, 'Valider');
      await heading(page, saved);
    });

    await t.test('without a card, without scripts: a request to the Order', async () => {
      await using context = await openContext(browser, size, { javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(addressOf(server, `${server.urls.app}/`));
      await followLink(page, "Je n'ai pas ma carte");
      const persona = await getPersona(server, 'infirmiere-sans-coordonnees');
      await fill(page, 'Numéro RPPS', persona.rpps ?? '');
      await fill(page, 'Adresse e-mail', 'lina@laposte.net');
      await fill(page, 'Téléphone mobile', '0639987744');
      await pressButton(page, 'Enregistrer');
      await heading(page, 'Votre demande est transmise');
      assert.match((await page.getByTestId('reference').textContent()) ?? '', /^[A-Z2-7]{3}-[A-Z2-7]{3}$/);
      await page.getByRole('link', { name: "Revenir à l'application", exact: true }).waitFor();
    });

    await t.test('the request and its answer look well, in English and in the dark', async () => {
      await using context = await openContext(browser, size, { colorScheme: 'dark' });
      const page = await context.newPage();
      await page.goto(`${server.urls.directory}/coordonnees/sans-carte?lang=en`);
      await pressButton(page, 'Save');
      await page.getByRole('alert').waitFor();
      await assertLooks(page, 'request with errors');
      await page.goto(`${server.urls.directory}/coordonnees/transmise?reference=ABC-DEF`);
      await heading(page, 'Your request has been passed on');
      await assertLooks(page, 'transmitted');
    });
  });
}
