import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { openAccess } from '#directory';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { forEachEngine, usualEngine } from '../support/databases.ts';
import { liberal, person, practice } from '../support/directory-rows.ts';
import { startDirectorySite } from '../support/directory-site.ts';
import { fetchFrom } from '../support/fetch-from.ts';
import { headingOf, signInByCard } from '../support/http-walk.ts';
import { runCommand } from '../support/run-command.ts';
import { startTestServer } from '../support/start-test-server.ts';

const rows = [{ ...person('99700000013'), ...liberal, ...practice('R10000000000001') }];
const header = 'ESANTE-API-KEY';
const withKey = (key: string) => ({ headers: { [header]: key } });
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const onlyKeys = { ...openAccess, keysOnly: true, portalKey: 'of the portal' };

/** Every way in, but for the one that is open. */
const paths = [
  ...['/Practitioner', '/Practitioner/003-1', '/Practitioner/_search', '/Practitioner/003-1/$everything'],
  ...['/Practitioner/003-1/_history', '/Practitioner/003-1/_history/1', '/_page?id=x', '/$export'],
  ...['/_export/x', '/_export/x/Practitioner-1.ndjson', '/', '/nothing', '/_export/x/metadata'],
  ...['/Practitioner/metadata', '/Practitioner/003-1/_history/metadata', '/metadata/'],
];

test('without a key nothing is told but what the API can do, whichever way it is asked', async (t) => {
  const site = await startDirectorySite(t, usualEngine, onlyKeys);
  await site.importRows(rows, '202611230300');
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
    for (const path of paths) {
      const { status, body } = await site.request(path, { method });
      assert.deepEqual([status, body.resourceType], [401, 'OperationOutcome'], `${method} ${path}`);
    }
  assert.equal((await site.request('/metadata')).status, 200);
});

test('a key opens in its header alone, and what is like it opens nothing and is not repeated', async (t) => {
  const site = await startDirectorySite(t, usualEngine, onlyKeys);
  await site.importRows(rows, '202611230300');
  const key = (await site.directory.keys.add('Région')) ?? '';
  await site.directory.keys.revoke('Région');
  const next = (await site.directory.keys.add('Région')) ?? '';
  const forged = [key, next.toUpperCase(), next.slice(0, -1), `${next}a`, `${next}, ${next}`, sha256(next)];
  forged.push("' or ''='", '%', '*', 'Region', 'hyg_', 'null', 'of the portal ,', sha256('of the portal'));
  for (const wrong of forged) {
    const { status, body } = await site.request('/Practitioner', withKey(wrong));
    assert.equal(status, 401, wrong);
    assert.ok(!JSON.stringify(body).includes(wrong) || wrong.length < 5, wrong);
  }
  const elsewhere: [string, RequestInit][] = [
    [`/Practitioner?${header}=${next}`, {}],
    ['/Practitioner', { headers: { authorization: `Bearer ${next}` } }],
    ['/Practitioner', { headers: { cookie: `${header}=${next}` } }],
    ['/Practitioner', { headers: { 'x-api-key': next } }],
  ];
  for (const [path, init] of elsewhere) assert.equal((await site.request(path, init)).status, 401, path);
  assert.equal((await site.request('/Practitioner', withKey(next))).status, 200);
  assert.ok(!JSON.stringify(site.events).includes(next), 'the trail does not hold it');
});

forEachEngine((engine) => {
  test('calls at one instant are counted each, and those of others apart', async (t) => {
    const site = await startDirectorySite(t, engine, { ...openAccess, callsByKey: 5 });
    await site.importRows(rows, '202611230300');
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const [one = '', other = ''] = [
      await site.directory.keys.add('one'),
      await site.directory.keys.add('two'),
    ];
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => site.request('/Practitioner', withKey(one))),
    );
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [...Array(5).fill(200), ...Array(15).fill(429)]);
    assert.ok(
      answers.every(({ status, body }) => status === 200 || !JSON.stringify(body).includes('FONTAINE')),
    );
    assert.equal((await site.request('/metadata', withKey(one))).status, 429, 'on every path');
    assert.equal((await site.request('/Practitioner', withKey(other))).status, 200);
  });
});

test('an address does not get out of its limit by what it says of itself', async (t) => {
  const site = await startDirectorySite(t, usualEngine, { ...openAccess, callsByAddress: 2 });
  await site.importRows(rows, '202611230300');
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const ask = async (address: string, headers: Record<string, string> = {}) =>
    (await fetchFrom(address, headers)(`${site.url}/fhir/v2/Practitioner`)).status;
  assert.deepEqual([await ask('127.0.0.1'), await ask('127.0.0.1')], [200, 200]);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip'])
    assert.equal(await ask('127.0.0.1', { [name]: '192.0.2.7' }), 429, name);
  for (const invented of ['a', 'b']) assert.equal(await ask('127.0.0.1', { [header]: invented }), 429);
  assert.equal(await ask('127.0.0.2'), 200, 'another address has its own');
});

test('a served sandbox asks for keys where it is told, and the portal reads on by its own', async (t) => {
  const server = await startTestServer(t, { env: { HYGIE_FHIR_ACCESS: 'key' } });
  const ask = async (headers: Record<string, string> = {}) =>
    (await fetch(`${server.urls.directory}/fhir/v2/Practitioner`, { headers })).status;
  assert.equal(await ask(), 401);
  const guessed = createHmac('sha256', '').update('directory portal key').digest('base64url');
  assert.equal(await ask({ [header]: guessed }), 401);
  const { stdout } = await runCommand(server, 'directory', 'key', 'add', 'Région');
  assert.equal(await ask({ [header]: stdout.trim() }), 200);
  const revoked = await runCommand(server, 'directory', 'key', 'revoke', 'Région', '--json');
  assert.deepEqual(JSON.parse(revoked.stdout), { name: 'Région', revoked: true });
  assert.equal(await ask({ [header]: stdout.trim() }), 401);
  const page = await signInByCard(createCookieBrowser(), server.urls, 'infirmier-rpps');
  assert.equal(headingOf(page), "Mes lieux d'exercice");
  assert.match(page.text, /<article/);
});
