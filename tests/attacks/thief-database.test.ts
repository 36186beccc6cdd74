import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BusyServer, makeBusy, readOutbox, readSecrets } from '../support/busy-server.ts';
import type { CookieBrowser } from '../support/cookie-browser.ts';
import { listenIn, type Overheard } from '../support/listen-in.ts';
import { computeRwd } from '../support/offline-guess.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { listCandidates, type Rows, readPostgresRows, readSqliteRows } from '../support/stolen-rows.ts';
import { copyDatabase, lies, openKey, password, readBytes, readKeyRow } from '../support/thief.ts';

const realm = '/auth/realms/esante-wallet/protocol/openid-connect';
const demo = { client_id: 'hygie-demo', client_secret: 'hygie-demo-secret' };
const postgresUrl = process.env.HYGIE_TEST_DATABASE_URL;

test('who has a copy of the database, its log included, has no secret of any walk', async (t) => {
  const heard = listenIn(t);
  const server = await startTestServer(t, { engine: 'sqlite' });
  const busy = await makeBusy(server);
  const copy = await copyDatabase(t, server);
  const bytes = await readBytes(copy);
  const key = await openKey(server, readKeyRow(copy, busy.storage.credential.id));

  await t.test('bytes: no password, k, rwd, device key, cookie, token, code or secret', async () => {
    const secrets = [password, key, computeRwd(password, key), ...(await listSecrets(server, busy, heard))];
    assert.ok(secrets.length > 40, `${secrets.length} secrets`);
    for (const secret of secrets) assert.equal(lies(secret, bytes), false, String(secret));
  });

  await t.test('rows: neither a code nor the proof of a link', async () => {
    await assertNoMessages(server, readSqliteRows(copy));
  });

  await t.test('what lies in it opens no door', () => assertNothingOpens(server, busy, readSqliteRows(copy)));
});

test('a dump of PostgreSQL holds no secret either', { skip: !postgresUrl }, async (t) => {
  const heard = listenIn(t);
  const server = await startTestServer(t, { engine: 'postgres' });
  const busy = await makeBusy(server);
  const rows = await readPostgresRows(server.env.HYGIE_DATABASE_URL ?? '');
  const bytes = Buffer.from([...rows.values()].flat().join('\n'));
  for (const secret of [password, ...(await listSecrets(server, busy, heard))])
    assert.equal(lies(secret, bytes), false, secret);
  await assertNoMessages(server, rows);
});

/** A sign-in's name is no secret: the signature of its cookie is what proves it. */
const names = new Set(['wallet_interaction', 'wallet_resume', 'wallet_means']);
const secretMembers = ['access_token', 'refresh_token', 'id_token', 'code'];

/** All that a browser, a service or a phone was given or keeps, and the server's own secrets. */
async function listSecrets(server: TestServer, { storage }: BusyServer, heard: Overheard): Promise<string[]> {
  const cookies = [...heard.cookies]
    .filter(([name]) => !names.has(name))
    .flatMap(([, values]) => [...values]);
  const members = secretMembers.flatMap((name) => [...(heard.values.get(name) ?? [])]);
  const { d = '' } = storage.device.privateKey;
  const given = [...cookies, ...members].map((text) => text.split('.').at(-1) ?? '');
  return [...(await readSecrets(server)), ...given, d].filter((text) => text.length >= 20);
}

async function assertNoMessages(server: TestServer, rows: Rows): Promise<void> {
  const { codes, proofs } = await readOutbox(server);
  assert.ok(codes.length >= 5 && proofs.length >= 2, `${codes.length} codes, ${proofs.length} links`);
  for (const [table, cells] of rows) {
    for (const code of codes) assert.ok(!cells.some((cell) => hasCode(cell, code)), table);
    for (const proof of proofs) assert.ok(!cells.some((cell) => cell.includes(proof)), table);
  }
}

const hasCode = (cell: string, code: string) => new RegExp(`(?<!\\d)${code}(?!\\d)`).test(cell);

/** Whether a text opens something; each is shown to open for the one to whom it was given. */
type Door = (text: string) => Promise<boolean>;

async function assertNothingOpens(server: TestServer, busy: BusyServer, rows: Rows): Promise<void> {
  const doors = findDoors(server, busy);
  const candidates = listCandidates(rows);
  assert.ok(candidates.length > 50, `${candidates.length} texts`);
  const knock = async ([name, opens]: [string, Door]) => {
    for (const text of candidates) assert.equal(await opens(text), false, `${name}: ${text}`);
  };
  await Promise.all(Object.entries(doors).map(knock));
  await assertKeysFit(server, busy, doors);
}

function findDoors({ urls }: TestServer, { repair, location }: BusyServer): Record<string, Door> {
  const token = (body: Record<string, string>) => post(new URL(`${realm}/token`, urls.connect), body);
  const ticket = repair.url.pathname.split('/').at(-1);
  const redirect_uri = location.origin + location.pathname;
  return {
    portal: async (text) =>
      (await visit(urls.portal, '/professionnel/lieux', `portal_session=${text}`)) === 200,
    repair: async (text) =>
      (await visit(urls.wallet, repair.url.pathname, `wallet_repair=${ticket}.${text}`)) === 200,
    userinfo: async (text) => {
      const headers = { authorization: `Bearer ${text}` };
      return (await fetch(new URL(`${realm}/userinfo`, urls.connect), { headers })).ok;
    },
    'sign-out': async (text) => post(new URL(`${realm}/logout`, urls.connect), { id_token_hint: text }),
    refresh: (text) => token({ grant_type: 'refresh_token', refresh_token: text }),
    code: (text) => token({ grant_type: 'authorization_code', code: text, redirect_uri }),
  };
}

const visit = async (site: string, path: string, cookie: string): Promise<number> =>
  (await fetch(new URL(path, site), { headers: { cookie }, redirect: 'manual' })).status;

const post = async (url: URL, body: Record<string, string>): Promise<boolean> =>
  (await fetch(url, { method: 'POST', body: new URLSearchParams({ ...demo, ...body }) })).ok;

/** Nothing of it has ended, and each door opens for what was given out. */
async function assertKeysFit(
  server: TestServer,
  busy: BusyServer,
  doors: Record<string, Door>,
): Promise<void> {
  const { tokens, location } = busy;
  const keys: Record<string, string> = {
    portal: await readCookie(busy.colleague, server.urls.portal, 'portal_session'),
    repair: (await readCookie(busy.browser, server.urls.wallet, 'wallet_repair')).split('.').at(-1) ?? '',
    userinfo: tokens.access_token,
    refresh: tokens.refresh_token,
    code: location.searchParams.get('code') ?? '',
    'sign-out': tokens.id_token,
  };
  for (const [name, key] of Object.entries(keys)) assert.equal(await doors[name]?.(key), true, name);
}

async function readCookie({ jar }: CookieBrowser, url: string, name: string): Promise<string> {
  const cookies = await jar.getCookies(url);
  return cookies.find(({ key }) => key === name)?.value ?? '';
}
