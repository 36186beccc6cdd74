import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { assetRoutes, assetUrl } from './assets.ts';

const routes = new Hono().route('/assets', assetRoutes());
const get = (path: string, headers: Record<string, string> = {}) => routes.request(path, { headers });
const bytes = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

test('an address with the hash of the content may be kept for a year', async () => {
  const answer = await get(assetUrl('styles.css'));
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('Cache-Control') ?? '', /max-age=31536000, immutable/);
  assert.equal(answer.headers.get('Content-Type'), 'text/css; charset=utf-8');
});

test('an address with another hash is not found', async () => {
  assert.equal((await get('/assets/styles.000000000000.css')).status, 404);
});

test('the plain name is asked again each time and answers 304 to its own tag', async () => {
  const answer = await get('/assets/mark.svg');
  const tag = answer.headers.get('ETag') ?? '';
  assert.equal(answer.headers.get('Cache-Control'), 'no-cache');
  assert.equal((await get('/assets/mark.svg', { 'If-None-Match': tag })).status, 304);
});

test('the style sheet names its font by a versioned address that is served as it is', async () => {
  const sheet = await (await get('/assets/styles.css')).text();
  const font = /url\("([^"]+)"\)/.exec(sheet)?.[1] ?? '';
  assert.equal(font, assetUrl('fonts/atkinson-hyperlegible-next.woff2'));
  const answer = await get(font, { 'Accept-Encoding': 'br' });
  assert.equal(answer.headers.get('Content-Type'), 'font/woff2');
  assert.equal(answer.headers.get('Content-Encoding'), null);
});

test('brotli and gzip give back the same bytes', async () => {
  const plain = await bytes(await get('/assets/styles.css'));
  const brotli = await get('/assets/styles.css', { 'Accept-Encoding': 'gzip, br' });
  const gzip = await get('/assets/styles.css', { 'Accept-Encoding': 'gzip' });
  assert.equal(brotli.headers.get('Content-Encoding'), 'br');
  assert.deepEqual(brotliDecompressSync(await bytes(brotli)), plain);
  assert.deepEqual(gunzipSync(await bytes(gzip)), plain);
});

test('browser scripts are served as JavaScript without their types', async () => {
  const answer = await get(assetUrl('live.js'));
  assert.equal(answer.headers.get('Content-Type'), 'text/javascript; charset=utf-8');
  assert.doesNotMatch(await answer.text(), /: Document|Promise<void>/);
});

test('nothing outside the folder, no source and no licence note is served', async () => {
  for (const path of [
    '/assets/../package.json',
    '/assets/%2e%2e/package.json',
    '/assets/live.ts',
    '/assets/fonts/README.md',
  ]) {
    assert.equal((await get(path)).status, 404, path);
  }
});

test('the style sheet leaves room in the 50 KB of the sign-in page', async () => {
  assert.ok((await bytes(await get('/assets/styles.css'))).length < 20_000);
});
