import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startServer } from '../../src/server.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { headingOf, openChoice, press, readable, signInByCard } from '../support/http-walk.ts';
import { openOwnState, seedRows, testConfig } from '../support/seeded-data.ts';
import type { TestServer } from '../support/start-test-server.ts';
import { mountSmallDisk } from './small-disk.ts';

type Urls = TestServer['urls'];

const notKept = 'Nous ne pouvons rien enregistrer pour le moment';

async function start(t: TestContext, dataDir: string, env: Record<string, string> = {}): Promise<Urls> {
  const server = await startServer(testConfig(dataDir, env), { seedRows });
  t.after(() => server.close());
  return server.urls as Urls;
}

/** Somebody on the way is told, everywhere in the same words, and nothing is begun that is not kept. */
async function assertTold(urls: Urls): Promise<void> {
  const browser = createCookieBrowser();
  const portal = await browser.open(new URL('/connexion/demarrer', urls.portal));
  assert.equal(portal.status, 503);
  assert.equal(headingOf(portal), notKept);
  assert.match(readable(portal.text), /Ce que vous venez de demander n’est pas fait/);
  assert.match(readable(portal.text), /référence à l’assistance.*Référence \S+/);
  assert.ok(Number(portal.headers.get('retry-after')) > 0);
  const api = await fetch(new URL('/api/clock', urls.sandbox), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceMs: 60_000 }),
  });
  assert.equal(api.status, 503);
  assert.equal(((await api.json()) as { code: string }).code, 'store.unavailable');
}

/** In the middle of a sign-in: what was begun before is there afterwards. */
async function goOnAfterwards(urls: Urls, fill: () => Promise<() => Promise<void>>): Promise<void> {
  const browser = createCookieBrowser();
  const choice = await openChoice(browser, urls);
  const free = await fill();
  await assertTold(urls);
  const attempt = await browser.submit(choice.url, `${choice.url.pathname}/carte`);
  assert.equal(attempt.status, 503);
  assert.equal(headingOf(attempt), notKept);
  await free();
  const reader = await press(browser, choice, '/carte');
  const inserted = await press(browser, reader, '/carte', { persona: 'infirmier-rpps' });
  const places = await press(browser, inserted, '/code', { code: '1234' });
  assert.equal(headingOf(places), "Mes lieux d'exercice");
}

test('a disk on which nothing more can be written: a sentence, and it goes on when there is room', async (t) => {
  const dataDir = join(await temporaryDirectory(t), 'data');
  await openOwnState(dataDir, 'sqlite', { seeded: true });
  const urls = await start(t, dataDir);
  await goOnAfterwards(urls, async () => {
    limitFiles('1');
    return async () => limitFiles('unlimited');
  });
});

/** Of this process, which holds the server: no file may grow, and none be written (setrlimit(2), RLIMIT_FSIZE). */
function limitFiles(bytes: string): void {
  const { status } = spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`]);
  assert.equal(status, 0);
}

test('a disk that is full: a sentence, and it goes on when there is room', async (t) => {
  const disk = await mountSmallDisk();
  if (!disk) return t.skip('only root may make a small disk');
  await using _unmounted = disk;
  const dataDir = join(disk.path, 'data');
  await openOwnState(dataDir, 'sqlite', { seeded: true });
  const server = await startServer(testConfig(dataDir), { seedRows });
  await using _closed = { [Symbol.asyncDispose]: () => server.close() };
  await goOnAfterwards(server.urls as Urls, async () => {
    const ballast = await disk.fill();
    return () => rm(ballast);
  });
});

test('a PostgreSQL that goes away and comes back: a sentence meanwhile, and the server lives', async (t) => {
  const given = process.env.HYGIE_TEST_DATABASE_URL;
  if (!given) return t.skip('no PostgreSQL here');
  const dataDir = join(await temporaryDirectory(t), 'data');
  const { env, remove } = await openOwnState(dataDir, 'postgres', { seeded: true });
  const gate = await openGate(new URL(env.HYGIE_DATABASE_URL ?? ''));
  const urls = await start(t, dataDir, { ...env, HYGIE_DATABASE_URL: gate.url });
  t.after(async () => {
    await gate.close();
    await remove();
  });
  await goOnAfterwards(urls, async () => {
    await gate.close();
    return gate.open;
  });
  // In the middle of everything, transactions too.
  for (let round = 0; round < 3; round++) {
    const walks = Array.from({ length: 4 }, () =>
      signInByCard(createCookieBrowser(), urls, 'sage-femme').catch(() => undefined),
    );
    await Promise.race(walks);
    await gate.close();
    await Promise.all(walks);
    await gate.open();
  }
  const places = await signInByCard(createCookieBrowser(), urls, 'sage-femme');
  assert.equal(headingOf(places), "Mes lieux d'exercice");
});

/** A way to a server that can be cut: nobody answers at its address then. */
async function openGate(target: URL) {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const gate = {
    url: '',
    open: () =>
      new Promise<void>((resolve) => {
        server = createServer((socket) => {
          const onward = connect(Number(target.port), target.hostname);
          for (const end of [socket, onward]) keep(end);
          socket.pipe(onward).pipe(socket);
        });
        server.listen(port, '127.0.0.1', resolve);
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server?.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  await gate.open();
  port = portOf(server);
  gate.url = Object.assign(new URL(target), { hostname: '127.0.0.1', port: String(port) }).href;
  return gate;
}

const portOf = (server: Server | undefined): number => (server?.address() as AddressInfo | null)?.port ?? 0;
