import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button } from '#platform/html/components.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import { openBrowser, openContext } from '../support/browser.ts';
import { serveSmallSite } from '../support/small-site.ts';

test('a live part shows what the server says now, and the rest of the page stays', async (t) => {
  const events = ['premier'];
  const url = await serveSmallSite(t, (app) => {
    app.get('/', (c) =>
      renderPage(c, {
        title: 'Ce qui se passe',
        script: 'live.js',
        body: html`<h1>Ce qui se passe</h1><input id="note" aria-label="Note"><ol id="events" data-live>${events.map((event) => html`<li>${event}</li>`)}</ol>`,
      }),
    );
  });
  await using context = await openContext(await openBrowser(t), 'desk');
  const page = await context.newPage();
  await page.goto(url.href);
  await page.getByRole('textbox', { name: 'Note' }).fill('gardée');
  events.unshift('second');
  await page.getByText('second').waitFor();
  assert.deepEqual(await page.getByRole('listitem').allTextContents(), ['second', 'premier']);
  assert.equal(await page.getByRole('textbox', { name: 'Note' }).inputValue(), 'gardée');
});

test('a text to take along is copied as it is written; without scripts there is no button', async (t) => {
  const text = 'Bonjour,\n\nmon numéro RPPS est 99700000013.';
  const url = await serveSmallSite(t, (app) => {
    app.get('/', (c) =>
      renderPage(c, {
        title: 'Message',
        script: 'take-along.js',
        body: html`<h1>Message</h1><pre id="message">${text}</pre><div class="actions" data-take-along="message" data-done="Copié" hidden>${button({ label: 'Copier', name: 'copy', type: 'button' })}</div>`,
      }),
    );
  });
  const browser = await openBrowser(t);
  await using context = await openContext(browser, 'phone', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  await page.goto(url.href);
  await page.getByRole('button', { name: 'Copier' }).click();
  await page.getByRole('status').getByText('Copié').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);

  await using plain = await openContext(browser, 'phone', { javaScriptEnabled: false });
  const withoutScripts = await plain.newPage();
  await withoutScripts.goto(url.href);
  assert.equal(await withoutScripts.getByRole('button', { name: 'Copier' }).count(), 0);
});
