import { join } from 'node:path';
import { formatExtractDate } from '#directory';
import { runCommandLine } from '../../src/command-line.ts';
import { presentCard } from './contact-walk.ts';
import { type CookieBrowser, createCookieBrowser, type Page } from './cookie-browser.ts';
import { followNamed, pressNamed } from './named-controls.ts';
import type { TestServer } from './start-test-server.ts';

/** The persona who runs the directory of a sandbox. */
export const operatorSlug = 'employe-cpe';
export const operatorId = '599000189300017/0000000042';

export const openOperatorPage = (browser: CookieBrowser, { urls }: TestServer, path = '') =>
  browser.open(new URL(`/operateur${path}`, urls.directory));

/** From the page that asks to sign in through a card; `name` is that of its button. */
export async function signInOperator(
  server: TestServer,
  { slug = operatorSlug, browser = createCookieBrowser(), name = 'Connexion' } = {},
): Promise<{ browser: CookieBrowser; page: Page }> {
  const closed = await openOperatorPage(browser, server);
  return { browser, page: await presentCard(browser, await followNamed(browser, closed, name), slug) };
}

/** Somebody without a card asks the Order; answers the reference. */
export async function askForChange(
  { urls }: TestServer,
  typed: { rpps: string; adresse?: string; mobile?: string },
): Promise<string> {
  const browser = createCookieBrowser();
  const form = await browser.open(new URL('/coordonnees/sans-carte', urls.directory));
  const sent = await pressNamed(browser, form, 'Enregistrer', {
    ...{ adresse: 'nouvelle@example.fr', mobile: '0639987742' },
    ...typed,
  });
  return sent.url.searchParams.get('reference') ?? '';
}

/** Two imports of invented directories: the second, of nobody whom the first had, waits for somebody. */
export async function importForeignExtracts({ env, dataDir }: TestServer): Promise<number> {
  const file = join(dataDir, `PS_LibreAcces_Personne_activite_${formatExtractDate(Date.now())}.txt`);
  const silent = { write: () => true };
  const run = (...args: string[]) => runCommandLine(['directory', ...args], env, silent, silent);
  const load = async (seed: string, ...options: string[]) => {
    await run('generate', '--rows', '200', '--seed', seed, '--out', file);
    return run('import', file, ...options);
  };
  await load('one', '--accept');
  return load('another');
}
