import { readFile } from 'node:fs/promises';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
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
    app.get('/*/state', (c) => c.json({ pending: true }));
    app.get('/album/:number', (c) => {
      const shot = shots[Number(c.req.param('number'))];
      if (!shot) return c.notFound();
      for (const name of ['content-security-policy', 'permissions-policy'])
        c.header(name, shot.headers.get(name) ?? '');
      return c.html(shot.text);
    });
  });
}

export const pageOf = (album: URL, number: number): string => new URL(`/album/${number}`, album).href;
