import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import { type Shot, takeAlbum } from '../support/album/album.ts';
import { startTestServer } from '../support/start-test-server.ts';

/** Design's budgets, in bytes as they are transferred, without the font. */
const pageBudget = 50_000;
const appBudget = 60_000;

/** Bytes of an answer's body on the wire, asked for as a browser asks. */
function weigh(url: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip, deflate, br, zstd' };
    get(url, { headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => (answer.statusCode === 200 ? resolve(bytes) : reject(new Error(url.href))));
    }).on('error', reject);
  });
}

/** Style sheets, scripts and pictures that a page loads; fonts, and what is in it as `data:`, aside. */
function partsOf({ text, url }: Pick<Shot, 'text' | 'url'>): URL[] {
  const links = [...text.matchAll(/<link rel="(stylesheet|icon|modulepreload)"[^>]* href="([^"]+)"/g)];
  const sources = [...text.matchAll(/<(?:script|img)[^>]* src="([^"]+)"/g)];
  const addresses = [...links.map(([, , href]) => href), ...sources.map(([, source]) => source)];
  const urls = addresses.map((address) => new URL(address ?? '', url));
  return [
    ...new Map(urls.filter(({ protocol }) => protocol === 'http:').map((one) => [one.href, one])).values(),
  ];
}

async function weighAll(urls: readonly URL[]): Promise<number> {
  const weights = await Promise.all(urls.map(weigh));
  return weights.reduce((sum, weight) => sum + weight, 0);
}

test('every page weighs less than 50 KB without the font', async (t) => {
  const shots = await takeAlbum(t, await startTestServer(t), 'fr');
  const known = new Map<string, Promise<number>>();
  let heaviest = 0;
  for (const shot of shots) {
    const parts = partsOf(shot);
    assert.ok(parts.length >= 2, `${shot.name} has a style sheet and an icon`);
    const key = parts.map(({ pathname }) => pathname).join(' ');
    if (!known.has(key)) known.set(key, weighAll(parts));
    const bytes = Buffer.byteLength(shot.text) + ((await known.get(key)) ?? 0);
    assert.ok(bytes < pageBudget, `${shot.name}: ${bytes} bytes`);
    heaviest = Math.max(heaviest, bytes);
  }
  assert.ok(heaviest > 10_000, 'something was weighed');
});

test('the app weighs less than 60 KB compressed, the scanner aside', async (t) => {
  const { urls } = await startTestServer(t);
  const url = new URL(urls.app);
  const text = await (await fetch(url)).text();
  const parts = new Map(partsOf({ text, url }).map((part) => [part.href, part]));
  for (const part of parts.values())
    for (const name of await importsOf(part)) parts.set(new URL(name, part).href, new URL(name, part));
  const bytes = (await weigh(url)) + (await weighAll([...parts.values()]));
  assert.ok(bytes > 20_000 && bytes < appBudget, `${bytes} bytes`);
});

/** What a script of the app loads before it runs; what it may load later is not among them. */
async function importsOf(part: URL): Promise<string[]> {
  if (!part.pathname.endsWith('.js')) return [];
  const code = await (await fetch(part)).text();
  return [...code.matchAll(/(?:from|import)"(\.\/[\w-]+\.js)"/g)].map(([, name]) => name ?? '');
}
