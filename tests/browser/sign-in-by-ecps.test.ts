import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ApprovalStatus, RefusedRequest } from '#sign-in';
import { openBrowser, openContext, sizesOf } from '../support/browser.ts';
import { findFaults } from '../support/looks.ts';
import { authorizationUrl } from '../support/oidc-client.ts';
import { type ProviderSite, startProviderSite } from '../support/provider-site.ts';
import { pressButton } from '../support/walk.ts';

const opening = openBrowser({ after });

async function ask(page: Page, site: ProviderSite, typed = '9970 0000 013'): Promise<void> {
  await page.goto(
    authorizationUrl(site, { prompt: 'login', redirectUri: `${site.walletUrl.origin}/assets/` }).href,
  );
  await pressButton(page, 'e-CPS');
  await page.getByRole('textbox', { name: 'Identifiant e-CPS', exact: true }).fill(typed);
  await pressButton(page, 'Se connecter avec ma e-CPS');
}

const endings: readonly ApprovalStatus[] = ['refused', 'not_me', 'wrong_number', 'expired', 'superseded'];
const refusals = (until: number): RefusedRequest[] => [
  { outcome: 'expired' },
  { outcome: 'frozen' },
  { outcome: 'locked', until },
  { outcome: 'blocked', until },
  { outcome: 'limited', until },
];

const waysOn = ['Réessayer', 'Autre moyen', 'Revenir au service'];

async function expectButtons(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) await page.getByRole('button', { name, exact: true }).waitFor();
}

test('the pages of an e-CPS can be seen, read and touched, and go on by themselves', async (t) => {
  const site = await startProviderSite(t, 'sqlite', undefined, { ecps: true });
  for (const size of sizesOf('phone')) {
    await t.test(size, async () => {
      await using context = await openContext(await opening, size);
      const page = await context.newPage();
      const refused: string[] = [];
      page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
      const look = async (name: string) => assert.deepEqual(await findFaults(page), [], name);

      await page.goto(authorizationUrl(site).href);
      await look('choice');
      await page.getByRole('link', { name: "Je n'ai pas encore de e-CPS", exact: true }).click();
      await page.getByRole('link', { name: "Demander l'activation de la e-CPS", exact: true }).waitFor();
      await look('activation');
      await ask(page, site);
      for (const [at, status] of endings.entries()) {
        const number = page.getByTestId('number');
        assert.match((await number.textContent()) ?? '', /^\d\d$/);
        if (at === 0) await look('waiting');
        site.phones.answer(status);
        await page.reload();
        await expectButtons(page, waysOn);
        await look(status);
        await pressButton(page, 'Réessayer');
      }
      await page.getByTestId('number').waitFor();
      site.phones.answer('approved');
      await page.waitForURL(/code=/);
      for (const refusal of refusals(site.clock.now() + 900_000)) {
        site.phones.refusal = refusal;
        await ask(page, site);
        await expectButtons(page, ['Carte CPS', ...waysOn]);
        assert.equal(await page.getByTestId('cause').count(), refusal.outcome === 'expired' ? 1 : 0);
        await look(refusal.outcome);
      }
      site.phones.refusal = undefined;
      // The address of the service is one that answers 404.
      assert.deepEqual(
        refused.filter((text) => !text.includes('404')),
        [],
      );
    });
  }
});

test('a wrong digit is said beside the text box, which has the focus', async (t) => {
  const site = await startProviderSite(t, 'sqlite', undefined, { ecps: true });
  await using context = await openContext(await opening, 'phone');
  const page = await context.newPage();
  await ask(page, site, '99700000014');
  const box = page.getByRole('textbox', { name: 'Identifiant e-CPS', exact: true });
  assert.equal(await box.getAttribute('aria-invalid'), 'true');
  assert.equal(await box.evaluate((element) => element === document.activeElement), true);
  assert.deepEqual(await findFaults(page), []);
});

test('without scripts the page that waits reads itself again', async (t) => {
  const site = await startProviderSite(t, 'sqlite', undefined, { ecps: true });
  await using context = await openContext(await opening, 'desk', { javaScriptEnabled: false });
  const page = await context.newPage();
  await ask(page, site);
  await page.getByTestId('number').waitFor();
  site.phones.answer('approved');
  await page.waitForURL(/code=/);
});

test('a second tab of the same browser ends the request of the first, which says so', async (t) => {
  const site = await startProviderSite(t, 'sqlite', undefined, { ecps: true });
  await using context = await openContext(await opening, 'desk');
  const [first, second] = [await context.newPage(), await context.newPage()];
  await ask(first, site);
  await ask(second, site);
  await first.getByRole('heading', { name: 'Une demande plus récente a remplacé celle-ci' }).waitFor();
  await second.getByTestId('number').waitFor();
});
