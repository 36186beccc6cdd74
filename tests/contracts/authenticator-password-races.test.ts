import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createCredentialStore } from '../../src/authenticator/stores/credential-store.ts';
import type { ApprovalView } from '../../src/authenticator/wire.ts';
import { type Engine, forEachEngine } from '../support/databases.ts';
import { type EcpsSite, openEcpsSite } from '../support/ecps-site.ts';
import {
  type ActivePhone,
  callsOf,
  codesOf,
  count,
  evaluateOnce,
  handOver,
  password,
  shownApproval,
  signAnswer,
  takeAuthKey,
} from '../support/test-phone.ts';

const dayMs = 24 * 3_600_000;
const many = Array.from({ length: 10 }, (_, index) => index);

/** As many failures in a row as `failures`, the pauses waited out. */
async function failUpTo(site: EcpsSite, { stored }: ActivePhone, failures: number): Promise<void> {
  const store = createCredentialStore(site.database);
  for (let tried = 0; tried < failures; tried++) {
    assert.ok(await site.database.write((unit) => store.countTry(unit, stored.id, site.clock.now())));
    site.clock.setAhead(site.clock.aheadMs + dayMs);
  }
}

async function openHeld(t: TestContext, engine: Engine) {
  const site = await openEcpsSite(t, { engine });
  return { site, holder: await handOver(site) };
}

forEachEngine((engine) => {
  for (const [failures, then] of [
    [2, 'credential.locked'],
    [5, 'credential.locked'],
    [8, 'credential.gone'],
  ] as const)
    test(`after ${failures} failures, of many passwords at once one is tried, and not one more`, async (t) => {
      const { site, holder } = await openHeld(t, engine);
      await failUpTo(site, holder, failures);
      await site.ask();
      const { id } = await shownApproval(holder);
      const all = await codesOf(many.map((n) => evaluateOnce(site, holder, id, `mot de passe ${n}`)));
      assert.equal(count(all, 'answered'), 1);
      assert.equal(count(all, then), many.length - 1);
      const row = await createCredentialStore(site.database).find(holder.stored.id);
      assert.equal(row?.count.failures, failures + 1);
      assert.equal(row?.count.lifetimeFailures, failures + 1);
      assert.equal(row?.destroyAt === null, failures < 8);
      const events = site.eventNames();
      assert.equal(count(events, 'locked'), failures < 8 ? 1 : 0);
    });

  test('passwords tried at once in several questions count together', async (t) => {
    const { site, holder } = await openHeld(t, engine);
    for (const browserHash of ['one', 'two', 'three']) await site.ask({ browserHash });
    const { approvals } = await holder.phone.watch({ waitSeconds: 0 });
    const calls = approvals.flatMap(({ id }) =>
      many.slice(0, 4).map((n) => evaluateOnce(site, holder, id, `${id} ${n}`)),
    );
    assert.equal(calls.length, 12);
    const all = await codesOf(calls);
    assert.equal(count(all, 'answered'), 3);
    assert.equal(count(all, 'credential.locked'), 9);
  });

  test('the right password among many wrong ones at once ends one run, and the next one is as short', async (t) => {
    const { site, holder } = await openHeld(t, engine);
    const asked = await site.ask();
    assert.ok(asked.outcome === 'pending');
    const view = await shownApproval(holder);
    const keys = await takeAuthKey(site, holder, view);
    const guess = (text: string) => many.map((n) => evaluateOnce(site, holder, view.id, `${text} ${n}`));
    const signed = signAnswer({ holder, view, keys }, asked.approval.number);
    const all = await codesOf([...guess('avant'), signed, ...guess('après')]);
    assert.equal((await signed).status, 'approved');
    const guesses = count(all, 'answered') - 1;
    // Her own try was the first of its run.
    assert.ok(guesses <= 2 + 3, `${guesses} guesses`);
    const row = await createCredentialStore(site.database).find(holder.stored.id);
    assert.equal(row?.count.lifetimeFailures, guesses, 'every guess is counted');
  });

  test('many signatures of a change of password at once are one change, and one notice', async (t) => {
    const { site, holder } = await openHeld(t, engine);
    const call = callsOf(site, holder.phone);
    const path = `/api/credentials/${holder.stored.id}/password-change`;
    const view = await call<ApprovalView>('POST', path);
    const keys = await takeAuthKey(site, holder, view);
    const all = await codesOf(many.map(() => signAnswer({ holder, view, keys }, null)));
    assert.equal(count(all, 'answered'), 1);
    assert.equal(count(all, 'approval.ended'), many.length - 1);
    assert.equal(site.notices.filter(({ kind }) => kind === 'password_changed').length, 1);

    const further = await codesOf(many.map((n) => evaluateOnce(site, holder, view.id, `nouveau ${n}`)));
    assert.equal(count(further, 'answered'), 1, 'one element beyond the guess');
    assert.equal(count(further, 'approval.ended'), many.length - 1);
    assert.equal((await holder.phone.listCredentials())[0]?.password.failures, 0);
  });

  test('many changes begun at once are ten an hour, and not one more', async (t) => {
    const { site, holder } = await openHeld(t, engine);
    const call = callsOf(site, holder.phone);
    const path = `/api/credentials/${holder.stored.id}/password-change`;
    const all = await codesOf(Array.from({ length: 14 }, () => call('POST', path)));
    assert.equal(count(all, 'answered'), 10);
    assert.equal(count(all, 'request.too_many'), 4);
  });

  test('an answer sent at once by two phones of hers counts once', async (t) => {
    const { site, holder } = await openHeld(t, engine);
    const other = await handOver(site);
    const asked = await site.ask();
    assert.ok(asked.outcome === 'pending');
    const view = await shownApproval(holder);
    const { number } = asked.approval;
    const all = await codesOf([
      holder.phone.approve(holder.stored, view, { number, password }),
      other.phone.approve(other.stored, view, { number, password }),
      other.phone.refuse(view.id, other.stored.id, 'refused'),
    ]);
    assert.equal(count(all, 'answered'), 1);
    assert.equal(count(all, 'approval.ended'), 2);
  });
});
