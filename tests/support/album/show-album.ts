import { readFile } from 'node:fs/promises';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { serveSmallSite } from '../small-site.ts';
import type { Shot } from './album.ts';

const axePath = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

/** The pages once more, as they were given, each under its number in the list; beside them the assets and `/axe.js`. */
export async function serveAlbum(t: TestContext, shots: readonly Shot[]): Promise<URL> {
  const axe = await readFile(axePath, 'utf8');
  return serveSmallSite(t, (app) => {
    app.get('/axe.js', (c) =>
      c.body(axe, 200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=600' }),
    );
    // What the scripts of a page that waits are told: still nothing.
    app.get('/:address{.+/state}', (c) => c.json({ pending: true }));
    app.get('/album/:number', (c) => {
      const shot = shots[Number(c.req.param('number'))];
      if (!shot) return c.notFound();
      for (const name of ['content-security-policy', 'permissions-policy'])
        c.header(name, shot.headers.get(name) ?? '');
      return c.html(shot.text);
    });
  });
}

const pageOf = (album: URL, number: number): string => new URL(`/album/${number}`, album).href;

/** Opens a page, with its scripts and what takes the focus. */
export async function openShot(page: Page, album: URL, number: number): Promise<void> {
  await page.goto(pageOf(album, number));
}

/** Puts a page in the place of the one that is open: quicker, for what neither scripts nor the focus change. */
export async function turnTo(page: Page, album: URL, number: number): Promise<void> {
  await page.evaluate(replaceDocument, pageOf(album, number));
}

/** Runs in the page. */
async function replaceDocument(address: string): Promise<void> {
  const answer = await fetch(address);
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const unused of fresh.querySelectorAll('noscript, script, iframe')) unused.remove();
  const isKnown = ({ href }: HTMLLinkElement) =>
    [...document.querySelectorAll<HTMLLinkElement>('link')].some((link) => link.href === href);
  for (const link of fresh.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    if (isKnown(link)) continue;
    const loaded = new Promise((resolve) => link.addEventListener('load', resolve));
    document.head.append(document.adoptNode(link));
    await loaded;
  }
  document.documentElement.lang = fresh.documentElement.lang;
  document.title = fresh.title;
  document.body.replaceWith(document.adoptNode(fresh.body));
}
