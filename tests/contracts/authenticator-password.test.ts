import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createPhone, PasswordRefused } from '#ecps-phone';
import { migrate } from '#platform/database/migrations.ts';
import { openDatabase } from '#platform/database/open-database.ts';
import { createCredentialStore } from '../../src/authenticator/stores/credential-store.ts';
import { forEachEngine, temporaryDirectory } from '../support/databases.ts';
import { type EcpsSite, ecpsMigrations, nurse, openEcpsSite, testKeys } from '../support/ecps-site.ts';
import { type ActivePhone, assertRefused, handOver, password, shownApproval } from '../support/test-phone.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** One question, and one password typed into it. */
async function answer(site: EcpsSite, { phone, stored }: ActivePhone, typed: string) {
  const asked = await site.ask({ signInId: 'sign-in' });
  assert.ok(asked.outcome === 'pending', asked.outcome);
  const approval = await shownApproval({ phone });
  return phone.approve(stored, approval, { number: asked.approval.number, password: typed });
}

async function fail(site: EcpsSite, holder: ActivePhone) {
  const error = await answer(site, holder, 'un autre').catch((reason: unknown) => reason);
  assert.ok(error instanceof PasswordRefused, String(error));
  return error.password;
}

/** Wrong passwords up to `failures` in a row, waiting out the pauses. */
async function failUpTo(site: EcpsSite, holder: ActivePhone, failures: number) {
  for (let tried = 1; tried <= failures; tried++) {
    await fail(site, holder);
    if (tried % 3 === 0) site.clock.setAhead(site.clock.aheadMs + 25 * hourMs);
  }
}

const rows = (site: EcpsSite) =>
  site.database.as<{
    authenticator_credential: { id: string };
    authenticator_tombstone: { reason: string };
  }>();

forEachEngine((engine) => {
  test('three wrong passwords pause for 15 minutes, six for 24 hours', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const holder = await handOver(site);
    for (const [round, pauseMs] of [15 * minuteMs, 24 * hourMs].entries()) {
      await fail(site, holder);
      await fail(site, holder);
      const last = await fail(site, holder);
      assert.equal(last.failures, 3 * (round + 1));
      assert.equal(last.triesLeft, 0);
      const until = last.lockedUntil ?? 0;
      assert.ok(Math.abs(until - site.clock.now() - pauseMs) < 5000);
      const asked = await site.ask();
      assert.deepEqual(asked, { outcome: 'locked', nationalId: nurse.nationalId, until });
      assert.equal(await site.authenticator.findState(nurse.nationalId), 'locked');
      assert.equal((await holder.phone.listCredentials())[0]?.status, 'locked');
      site.clock.setAhead(site.clock.aheadMs + pauseMs);
    }
    assert.equal((await answer(site, holder, password)).failuresBefore, 6);
    assert.equal((await holder.phone.listCredentials())[0]?.password.failures, 0);
  });

  test('a locked e-CPS evaluates nothing, in an open question neither', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const holder = await handOver(site);
    const asked = await site.ask();
    assert.ok(asked.outcome === 'pending');
    const { phone, stored } = holder;
    const approval = await shownApproval(holder);
    const type = (typed: string) =>
      phone.approve(stored, approval, { number: asked.approval.number, password: typed });
    for (const typed of ['un', 'deux', 'trois']) await assert.rejects(type(typed), PasswordRefused);
    const refused = await assertRefused(type(password), 'credential.locked');
    assert.ok((refused.retryAt ?? 0) > site.clock.now());
  });

  test('the third password may be the right one, and then nothing is locked', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const holder = await handOver(site);
    await failUpTo(site, holder, 2);
    assert.equal((await answer(site, holder, password)).status, 'approved');
    assert.equal(await site.authenticator.findState(nurse.nationalId), 'active');
  });

  test('after nine wrong passwords k is destroyed', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const holder = await handOver(site);
    await failUpTo(site, holder, 8);
    const last = await fail(site, holder);
    assert.deepEqual({ ...last }, { failures: 9, triesLeft: 0, consequence: 'destroyed', lockedUntil: null });
    assert.deepEqual(await holder.phone.listCredentials(), []);
    assert.equal(await site.authenticator.findState(nurse.nationalId), 'none');
    assert.deepEqual(await rows(site).selectFrom('authenticator_credential').select('id').execute(), []);
    const stones = await rows(site).selectFrom('authenticator_tombstone').select('reason').execute();
    assert.deepEqual(
      stones.map(({ reason }) => reason),
      ['password'],
    );
    assert.equal(site.notices.at(-1)?.kind, 'destroyed');
    assert.ok(site.eventNames().includes('destroyed'));
  });

  test('the ninth password may be the right one, and then nothing is destroyed', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const holder = await handOver(site);
    await failUpTo(site, holder, 8);
    assert.deepEqual(await answer(site, holder, password), { status: 'approved', failuresBefore: 8 });
    site.clock.setAhead(site.clock.aheadMs + hourMs);
    await site.authenticator.sweep();
    assert.equal((await answer(site, holder, password)).failuresBefore, 0);
  });

  test('a phone that keeps its ninth failure for itself loses k all the same', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const holder = await handOver(site);
    await failUpTo(site, holder, 8);
    const store = createCredentialStore(site.database);
    const { id } = holder.stored;
    const counted = await site.database.write((unit) => store.countTry(unit, id, site.clock.now()));
    assert.equal(counted?.failures, 9);
    assert.equal(await site.database.write((unit) => store.countTry(unit, id, site.clock.now())), undefined);
    site.clock.setAhead(site.clock.aheadMs + 30_000);
    assert.deepEqual(await holder.phone.listCredentials(), []);
    await site.authenticator.sweep();
    assert.deepEqual(await rows(site).selectFrom('authenticator_credential').select('id').execute(), []);
  });

  test('fifty tries over a life end it, however often the owner succeeded between', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const holder = await handOver(site);
    const store = createCredentialStore(site.database);
    const { id } = holder.stored;
    const tryOnce = () => site.database.write((unit) => store.countTry(unit, id, site.clock.now()));
    for (let guessed = 0; guessed < 48; guessed += 2) {
      await tryOnce();
      await tryOnce();
      await tryOnce();
      await site.database.write((unit) => store.resetRun(unit, id));
    }
    assert.equal((await store.find(id))?.count.lifetimeFailures, 48);
    const left = (await holder.phone.listCredentials())[0]?.password;
    assert.deepEqual([left?.triesLeft, left?.consequence], [2, 'destroyed']);
    await tryOnce();
    assert.equal((await tryOnce())?.lifetimeFailures, 50);
    assert.equal(await tryOnce(), undefined);
    assert.notEqual((await store.find(id))?.destroyAt, null);
  });

  test('another k than the one that was pinned is our fault and not counted', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const { phone, stored } = await handOver(site);
    const asked = await site.ask();
    assert.ok(asked.outcome === 'pending');
    const approval = await shownApproval({ phone });
    const { number } = asked.approval;
    const foreign = { ...stored, fingerprint: Buffer.alloc(32, 1).toString('base64url') };
    await assertRefused(phone.approve(foreign, approval, { number, password }), 'credential.damaged');
    assert.equal((await phone.listCredentials())[0]?.password.failures, 0);
    assert.ok(site.eventNames().includes('key_mismatch'));

    await site.database.write((unit) =>
      unit
        .as<{ authenticator_credential: { key_box: string } }>()
        .updateTable('authenticator_credential')
        .set({ key_box: Buffer.alloc(60, 7).toString('base64url') })
        .execute(),
    );
    await assertRefused(phone.approve(stored, approval, { number, password }), 'credential.damaged');
    assert.equal((await phone.listCredentials())[0]?.password.failures, 0);
  });

  test('the database without the secrets evaluates nothing', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const { phone, stored } = await handOver(site);
    const other = { ...testKeys, wrappingKey: Buffer.alloc(32, 'o').toString('base64url') };
    const restored = await openEcpsSite(t, { database: site.database, keys: other });
    const asked = await restored.ask();
    assert.ok(asked.outcome === 'pending');
    const moved = createPhone({ baseUrl: restored.url, device: phone.device });
    const approval = await shownApproval({ phone: moved });
    const { number } = asked.approval;
    await assertRefused(moved.approve(stored, approval, { number, password }), 'credential.damaged');
  });
});

test('nothing of a destroyed k is left in the files of SQLite', async (t) => {
  const directory = await temporaryDirectory(t);
  const file = join(directory, 'state.sqlite');
  const database = await openDatabase({ kind: 'sqlite', file });
  t.after(() => database.close());
  await migrate(database, ecpsMigrations);
  const site = await openEcpsSite(t, { database });
  const { phone, stored } = await handOver(site);
  const kept = await createCredentialStore(database).find(stored.id);
  assert.ok(kept);
  const onDisk = async () => {
    const files = await Promise.all(
      ['', '-wal'].map((suffix) => readFile(`${file}${suffix}`).catch(() => Buffer.alloc(0))),
    );
    return Buffer.concat(files).includes(kept.keyBox);
  };
  assert.equal(await onDisk(), true);
  await phone.deactivate(stored.id);
  assert.equal(await onDisk(), false);
});
