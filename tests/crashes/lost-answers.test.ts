import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import {
  activationLink,
  findPerson,
  password,
  pasteLink,
  requestActivation,
  smsCode,
} from '../support/app-walk.ts';
import { openBrowser, openContext } from '../support/browser.ts';
import { serveSmallSite } from '../support/small-site.ts';
import { startTestServer } from '../support/start-test-server.ts';

const browser = openBrowser({ after });

test('the answer to an activation is lost: pressed again, the app says that the e-CPS is active', async (t) => {
  const server = await startTestServer(t);
  const person = await findPerson(server, 'infirmier-rpps');
  await using context = await openContext(await browser, 'phone');
  const page = await context.newPage();
  await page.goto(server.urls.app);
  await requestActivation(page, person.rpps);
  await pasteLink(page, await activationLink(server, person.email));
  await page.getByRole('button', { name: 'Par SMS' }).click();
  await page.getByRole('textbox', { name: "Code d'activation" }).fill(await smsCode(server, person.phone));
  await page.getByRole('button', { name: 'Valider' }).click();
  await page.route('**/api/enrolments/*/credential', async (route) => {
    await route.fetch();
    await route.abort();
  });
  for (const label of ['Mot de passe', 'Confirmer le mot de passe'])
    await page.getByLabel(label, { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Activer ma e-CPS' }).click();
  await page.getByText('Le réseau ne répond pas').waitFor();
  await page.getByRole('button', { name: 'Activer ma e-CPS' }).click();
  await page.getByRole('heading', { name: 'Votre e-CPS est activée' }).waitFor();
});

test('a page that waits goes on waiting while the server, or what stands before it, is in trouble', async (t) => {
  const states = [503, 502, 200];
  let loads = 0;
  const url = await serveSmallSite(t, (app) => {
    app.get('/', (c) => {
      loads++;
      const body =
        states.length > 0 ? html`<p data-waiting="/state">Un instant</p>` : html`<p>C’est fait</p>`;
      return renderPage(c, { title: 'Attente', script: 'waiting.js', body: html`<h1>Attente</h1>${body}` });
    });
    app.get('/state', (c) => c.json({ pending: false }, (states.shift() ?? 200) as 200));
  });
  await using context = await openContext(await browser, 'desk');
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(url.href);
  while (states.length > 0) {
    const asked = page.waitForResponse('**/state');
    await page.clock.runFor(2000);
    await asked;
  }
  await page.getByText('C’est fait').waitFor();
  assert.equal(loads, 2);
});
