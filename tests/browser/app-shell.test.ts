import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openContext } from '../support/browser.ts';
import { shareStage } from '../support/stage.ts';

const openStage = shareStage();

test('the app can be installed, and opens without network', async () => {
  const { browser, server } = await openStage();
  const { urls } = server;
  await using context = await openContext(browser, 'phone');
  const page = await context.newPage();
  await page.goto(urls.app);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

  const inspector = await context.newCDPSession(page);
  const { errors } = await inspector.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await inspector.send('Page.getInstallabilityErrors');
  const others = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
  assert.deepEqual(others, [], 'but for the test, whose browser forgets');

  await page.reload();
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: "Demander l'activation de la e-CPS" }).click();
  await page.getByRole('textbox', { name: 'Numéro RPPS' }).fill('9970 0000 013');
  await page.getByRole('button', { name: "Envoyer ma demande d'activation" }).click();
  await page.getByRole('alert').getByText('Le réseau ne répond pas.').waitFor();
});

test('the app weighs less than 60 KB compressed, and the scanner is loaded only to scan', async () => {
  const { browser, server } = await openStage();
  const { urls } = server;
  await using context = await openContext(browser, 'phone', { serviceWorkers: 'block' });
  const page = await context.newPage();
  const loaded = new Map<string, number>();
  page.on('response', async (answer) => {
    const { pathname } = new URL(answer.url());
    if (/\.(js|css)$/.test(pathname)) loaded.set(pathname, gzipSync(await answer.body()).length);
  });
  await page.goto(urls.app, { waitUntil: 'networkidle' });
  const bytes = [...loaded.values()].reduce((sum, size) => sum + size, 0);
  assert.ok(bytes > 10_000 && bytes < 60_000, `${bytes} bytes`);

  const before = loaded.size;
  await page.getByRole('button', { name: 'Scanner un QR code' }).click();
  await page.getByRole('heading', { name: 'Pas d’appareil photo utilisable ici' }).waitFor();
  assert.equal(loaded.size, before, 'without a camera nothing is decoded');
});

test('only the home of the sandbox may frame the app, and no script stands in its document', async () => {
  const { urls } = (await openStage()).server;
  const answer = await fetch(urls.app);
  const policy = answer.headers.get('content-security-policy') ?? '';
  assert.match(policy, new RegExp(`frame-ancestors ${urls.sandbox}(;|$)`));
  assert.match(policy, /script-src 'self'(;|$)/);
  assert.match(answer.headers.get('permissions-policy') ?? '', /camera=\(self\)/);
  assert.doesNotMatch(await answer.text(), /<script(?![^>]* src=)/);
});

test('files of the app are kept for a year, its document and its worker are asked for', async () => {
  const { urls } = (await openStage()).server;
  const document = await (await fetch(urls.app)).text();
  const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(document) ?? [];
  const cached = async (path: string) => (await fetch(new URL(path, urls.app))).headers.get('cache-control');
  assert.match((await cached(script)) ?? '', /immutable/);
  assert.equal(await cached('/'), 'no-cache');
  assert.equal(await cached('/service-worker.js'), 'no-cache');
});
