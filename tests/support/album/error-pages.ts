import type { TestContext } from 'node:test';
import { defineErrors } from '#platform/errors.ts';
import { renderPage } from '#platform/html/page.ts';
import { gallery } from '../gallery.ts';
import { serveSmallSite } from '../small-site.ts';
import type { Camera } from './album.ts';

const errors = defineErrors({
  'test.refused': { status: 409, support: 'This cannot be done twice.' },
});

/** One page of every kind made of the components alone, and what every listener says when something goes wrong. */
export async function takeErrors(t: TestContext, { take, openBrowser }: Camera): Promise<void> {
  const url = await serveSmallSite(t, (app) => {
    for (const [name, page] of Object.entries(gallery)) app.get(`/${name}`, (c) => renderPage(c, page));
    app.get('/broken', () => {
      throw new Error('broken on purpose');
    });
    app.get('/refused', () => {
      throw errors('test.refused');
    });
  });
  const browser = await openBrowser();
  for (const name of Object.keys(gallery))
    await take(`gallery: ${name}`, browser.open(new URL(`/${name}`, url)));
  for (const name of ['broken', 'refused', 'unknown'])
    await take(`any listener: ${name}`, browser.open(new URL(`/${name}`, url)));
  const foreign = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site', accept: 'text/html' } };
  await take('any listener: a form from elsewhere', browser.open(new URL('/choice', url), foreign));
  const body = new URLSearchParams({ text: 'x'.repeat(2_000_000) });
  const headers = { origin: url.origin, 'sec-fetch-site': 'same-origin' };
  await take(
    'any listener: too large',
    browser.open(new URL('/choice', url), { method: 'POST', headers, body }),
  );
}
