import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openAccess } from '#directory';
import { runCommandLine } from '../../src/command-line.ts';
import { forEachEngine, temporaryDirectory, usualEngine } from '../support/databases.ts';
import { liberal, person, practice } from '../support/directory-rows.ts';
import { startDirectorySite } from '../support/directory-site.ts';
import { openOwnState } from '../support/seeded-data.ts';

const rows = [{ ...person('99700000013'), ...liberal, ...practice('R10000000000001') }];
const withKey = (key: string) => ({ headers: { 'ESANTE-API-KEY': key } });

forEachEngine((engine) => {
  test('where keys are asked for, only one of ours opens, until it is revoked', async (t) => {
    const access = { ...openAccess, keysOnly: true, portalKey: 'of the portal' };
    const site = await startDirectorySite(t, engine, access);
    await site.importRows(rows, '202611230300');
    const key = (await site.directory.keys.add('Région')) ?? '';
    assert.match(key, /^hyg_[a-z2-7]{32}$/);
    assert.equal(await site.directory.keys.add('Région'), undefined, 'one key a name');
    for (const init of [undefined, withKey('hyg_other'), withKey('')]) {
      const { status, headers, body } = await site.request('/Practitioner', init);
      assert.equal(status, 401);
      assert.deepEqual([body.resourceType, body.issue?.[0]?.code], ['OperationOutcome', 'login']);
      assert.match(headers.get('www-authenticate') ?? '', /ESANTE-API-KEY/);
    }
    assert.equal((await site.request('/metadata')).status, 200, 'what there is may be read');
    assert.equal((await site.request('/Practitioner', withKey(key))).status, 200);
    assert.equal((await site.request('/Practitioner', withKey('of the portal'))).status, 200);
    assert.equal(await site.directory.keys.revoke('Région'), true);
    assert.equal((await site.request('/Practitioner', withKey(key))).status, 401);
    const next = (await site.directory.keys.add('Région')) ?? '';
    assert.notEqual(next, key);
    assert.equal((await site.request('/Practitioner', withKey(next))).status, 200);
    const stored = await site.database
      .as<{ directory_api_key: Record<string, unknown> }>()
      .selectFrom('directory_api_key')
      .selectAll()
      .execute();
    assert.ok(!JSON.stringify(stored).includes(next), 'a key is not kept');
    assert.deepEqual(
      site.events.map(({ name }) => name).filter((name) => name.startsWith('directory.key')),
      ['directory.key_added', 'directory.key_revoked', 'directory.key_added'],
    );
  });

  test('calls of a key are counted, and beyond its limit told to come again', async (t) => {
    const site = await startDirectorySite(t, engine, { ...openAccess, callsByKey: 2 });
    stopClock(t);
    const key = (await site.directory.keys.add('one')) ?? '';
    const left = [];
    for (let call = 0; call < 2; call++) {
      const { status, headers } = await site.request('/Practitioner', withKey(key));
      assert.equal(status, 200);
      left.push([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]);
    }
    assert.deepEqual(left, [
      ['2', '1'],
      ['2', '0'],
    ]);
    const refused = await site.request('/Practitioner', withKey(key));
    assert.equal(refused.status, 429);
    assert.equal(refused.body.issue?.[0]?.code, 'throttled');
    assert.equal(refused.headers.get('ratelimit-remaining'), '0');
    assert.equal(refused.headers.get('retry-after'), '1');
    assert.equal(refused.headers.get('ratelimit-reset'), '1');
    assert.equal((await site.request('/Practitioner')).status, 200, 'without a key nobody is counted');
    assert.equal((await site.request('/Practitioner', withKey('hyg_other'))).status, 401);
    site.clock.setAhead(1_000);
    assert.equal((await site.request('/Practitioner', withKey(key))).status, 200);
  });
});

test('an address without a key has a limit where that is told; the portal has none', async (t) => {
  const access = { ...openAccess, callsByAddress: 1, portalKey: 'of the portal' };
  const site = await startDirectorySite(t, usualEngine, access);
  stopClock(t);
  assert.equal((await site.request('/Practitioner', withKey('of another API'))).status, 200);
  assert.equal((await site.request('/Practitioner')).status, 429);
  for (let call = 0; call < 3; call++)
    assert.equal((await site.request('/Practitioner', withKey('of the portal'))).status, 200);
});

test('keys are made, listed and revoked by command', async (t) => {
  const { env, remove } = await openOwnState(await temporaryDirectory(t), usualEngine, { seeded: false });
  t.after(remove);
  const hygie = async (...args: string[]) => {
    const [stdout, stderr] = [createSink(), createSink()];
    const code = await runCommandLine(['directory', 'key', ...args], env, stdout, stderr);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  };
  const added = await hygie('add', 'ARS Bretagne');
  assert.equal(added.code, 0, added.stderr);
  assert.match(added.stdout, /^hyg_\w{32}\n$/);
  const again = await hygie('add', 'ARS Bretagne');
  assert.deepEqual([again.code, again.stderr], [1, 'This name has a key already: revoke it first.\n']);
  assert.match((await hygie('list')).stdout, /^ARS Bretagne: made 20\S+\n$/);
  assert.equal((await hygie('revoke', 'ARS Bretagne')).code, 0);
  assert.match((await hygie('list')).stdout, /^ARS Bretagne: made \S+, revoked \S+\n$/);
  assert.equal((await hygie('revoke', 'ARS Bretagne')).code, 1);
  assert.equal((await hygie('add', '<name>')).code, 1);
});

/** All calls of a test fall into one window. */
function stopClock(t: TestContext): void {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
}

function createSink() {
  const parts: string[] = [];
  return { write: (text: string | Uint8Array) => parts.push(String(text)) > 0, text: () => parts.join('') };
}
