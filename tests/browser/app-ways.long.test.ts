import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { choosePassword, confirm, pasteLink, requestActivation } from '../support/app-walk.ts';
import { openBrowser, openContext } from '../support/browser.ts';
import { type EcpsSite, nurse, openEcpsSite } from '../support/ecps-site.ts';

const opening = openBrowser({ after });

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });
const minuteMs = 60_000;

async function openPhone(t: TestContext, site: EcpsSite): Promise<Page> {
  const context = await openContext(await opening, 'phone');
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(site.url.href);
  return page;
}

const pass = ({ clock }: EcpsSite, ms: number) => clock.setAhead(clock.aheadMs + ms);

const verification = {
  nationalId: nurse.nationalId,
  givenName: nurse.givenName,
  familyName: nurse.familyName,
  profession: nurse.profession,
  method: 'card',
  verifiedAt: Date.now(),
} as const;

function cardLink(site: EcpsSite) {
  const rpps = nurse.nationalId.value;
  return site.authenticator.createCardEnrolment({ verification, rpps, locale: 'fr' });
}

/** By card, which asks for neither mail nor SMS. */
async function activateByCard(page: Page, site: EcpsSite): Promise<void> {
  await page.goto((await cardLink(site)).url);
  await heading(page, "Vous activez l'e-CPS de Claire Fontaine").waitFor();
  await choosePassword(page);
}

test('the QR code of a card sign-in activates any phone, without mail', async (t) => {
  const site = await openEcpsSite(t);
  const page = await openPhone(t, site);
  await activateByCard(page, site);
  await page.getByRole('button', { name: 'Terminer' }).click();
  await heading(page, 'Votre e-CPS est prête').waitFor();
  assert.equal(site.links.length + site.codes.length, 0);
});

test('a QR code older than 90 s says so', async (t) => {
  const site = await openEcpsSite(t);
  const { url } = await cardLink(site);
  pass(site, 2 * minuteMs);
  const page = await openPhone(t, site);
  await page.goto(url);
  await heading(page, 'Ce lien n’est plus valable').waitFor();
  await page.getByRole('button', { name: "Demander l'activation de la e-CPS" }).waitFor();
});

test('a second phone waits for the consent of the first, which shows it afterwards', async (t) => {
  const site = await openEcpsSite(t);
  const [first, second] = [await openPhone(t, site), await openPhone(t, site)];
  await activateByCard(first, site);

  await requestActivation(second, nurse.nationalId.value);
  await pasteLink(second, site.links.at(-1)?.activationUrl ?? '');
  await second.getByRole('button', { name: 'Par SMS' }).click();
  await heading(second, 'Le code reçu par SMS').waitFor();
  await second.getByRole('textbox', { name: "Code d'activation" }).fill(site.codes.at(-1)?.code ?? '');
  await second.getByRole('button', { name: 'Valider' }).click();
  await heading(second, 'Confirmez sur votre autre téléphone').waitFor();

  await heading(first, 'Activer un autre téléphone ?').waitFor();
  await first.getByLabel('Mot de passe', { exact: true }).fill('trois chevaux 7');
  await first.getByRole('button', { name: 'Confirmer' }).click();
  await heading(first, 'C’est confirmé').waitFor();
  await heading(second, 'Choisissez votre mot de passe').waitFor();
  await choosePassword(second);

  await first.getByRole('button', { name: 'Fermer' }).click();
  await first.getByText('Aussi sur un autre téléphone').waitFor();
  await first.getByRole('button', { name: 'Retirer' }).click();
  await heading(second, "Cette e-CPS n'existe plus").or(heading(second, 'Votre e-CPS est activée')).waitFor();
  await second.reload();
  await heading(second, "Cette e-CPS n'existe plus").waitFor();
});

test('wrong passwords pause, and the ninth ends the e-CPS', async (t) => {
  const site = await openEcpsSite(t);
  const page = await openPhone(t, site);
  await activateByCard(page, site);
  await page.getByRole('button', { name: 'Terminer' }).click();

  const tryWrong = async (sentence: string | RegExp) => {
    await confirm(page, await page.getByRole('radio').first().inputValue(), 'un autre mot 9');
    await page.getByText(sentence).waitFor();
  };
  await site.ask();
  await heading(page, 'Est-ce bien vous ?').waitFor();
  await tryWrong('Il reste 2 essais avant une pause de 15 min.');
  await tryWrong('Il reste un essai avant une pause de 15 min.');
  await tryWrong(/fait une pause : réessayez dans 15 min/);
  await page.getByRole('button', { name: 'Refuser' }).click();

  for (const pause of [16 * minuteMs, 25 * 60 * minuteMs]) {
    pass(site, pause);
    await page.reload();
    await site.ask();
    await heading(page, 'Est-ce bien vous ?').waitFor();
    await tryWrong(/Il reste 2 essais/);
    await tryWrong(/Il reste un essai/);
    if (pause < 60 * minuteMs) {
      await tryWrong(/fait une pause/);
      await page.getByRole('button', { name: 'Refuser' }).click();
    }
  }
  await confirm(page, await page.getByRole('radio').first().inputValue(), 'un autre mot 9');
  await heading(page, "Cette e-CPS n'existe plus").waitFor();
  await page.getByText('Neuf mots de passe faux').waitFor();
  await page.reload();
  await heading(page, 'Votre carte de professionnel, sur ce téléphone').waitFor();
});

test('a code that was tried five times is dead, and another is sent', async (t) => {
  const site = await openEcpsSite(t);
  const page = await openPhone(t, site);
  await requestActivation(page, nurse.nationalId.value);
  await pasteLink(page, site.links.at(-1)?.activationUrl ?? '');
  await page.getByRole('button', { name: 'Par SMS' }).click();
  const code = page.getByRole('textbox', { name: "Code d'activation" });
  const valid = page.getByRole('button', { name: 'Valider' });
  await code.waitFor();
  const wrong = site.codes.at(-1)?.code === '111111' ? '222222' : '111111';
  for (const left of [
    'Il reste 4 essais.',
    'Il reste 3 essais.',
    'Il reste 2 essais.',
    'Il reste un essai.',
  ]) {
    await code.fill(wrong);
    await valid.click();
    await page.getByText(left).waitFor();
  }
  await code.fill(wrong);
  await valid.click();
  await page.getByText('Ce code ne vaut plus.').waitFor();
  assert.ok(await valid.isDisabled());

  pass(site, minuteMs);
  await page.reload();
  await page
    .getByRole('button', { name: 'Par SMS' })
    .or(page.getByRole('button', { name: 'Renvoyer le SMS' }))
    .click();
  await code.waitFor();
  await code.fill(site.codes.at(-1)?.code ?? '');
  await valid.click();
  await heading(page, 'Choisissez votre mot de passe').waitFor();
});

test('an iPhone is asked to install the app before it makes a key', async (t) => {
  const site = await openEcpsSite(t);
  const page = await openPhone(t, site);
  await page.addInitScript(() => Object.defineProperty(navigator, 'standalone', { value: false }));
  await page.goto((await cardLink(site)).url);
  await heading(page, 'Installez d’abord l’application').waitFor();
  await page.getByRole('button', { name: 'Copier le lien' }).waitFor();
  await page.getByRole('button', { name: 'Continuer sans installer' }).click();
  await heading(page, "Vous activez l'e-CPS de Claire Fontaine").waitFor();
});

test('the code of an SMS fills itself in where the browser reads it, and sends nothing', async (t) => {
  const site = await openEcpsSite(t);
  const page = await openPhone(t, site);
  await page.addInitScript(() => {
    Object.defineProperty(window, 'OTPCredential', { value: class {} });
    navigator.credentials.get = () => Promise.resolve({ code: '482917' } as unknown as Credential);
  });
  await page.reload();
  await requestActivation(page, nurse.nationalId.value);
  await pasteLink(page, site.links.at(-1)?.activationUrl ?? '');
  await page.getByRole('button', { name: 'Par SMS' }).click();
  const code = page.getByRole('textbox', { name: "Code d'activation" });
  await code.waitFor();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#code')?.value === '482917');
  await page.getByRole('button', { name: 'Valider' }).click();
  await page.getByText('Ce code est faux.').or(page.getByText('Choisissez votre mot de passe')).waitFor();
});
