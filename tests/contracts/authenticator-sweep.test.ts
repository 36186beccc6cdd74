import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachEngine } from '../support/databases.ts';
import { type EcpsSite, nurse, openEcpsSite } from '../support/ecps-site.ts';
import { handOver, openPhone, password, shownApproval } from '../support/test-phone.ts';

const hourMs = 3_600_000;
const passing = [
  'authenticator_enrolment',
  'authenticator_approval',
  'authenticator_evaluation',
  'authenticator_proof',
  'authenticator_blocked_browser',
  'rate_limit',
];

async function countRows(site: EcpsSite, tables: readonly string[]): Promise<number[]> {
  const db = site.database.as<Record<string, object>>();
  const counts: number[] = [];
  for (const table of tables) counts.push((await db.selectFrom(table).selectAll().execute()).length);
  return counts;
}

forEachEngine((engine) => {
  test('rows that no longer matter are swept, what a person has stays', async (t) => {
    const site = await openEcpsSite(t, { engine });
    await (await openPhone(site)).requestEnrolment(nurse.nationalId.value, 'fr');
    const { phone, stored } = await handOver(site);
    const asked = await site.ask();
    assert.ok(asked.outcome === 'pending');
    const { id, number } = asked.approval;
    await phone.approve(stored, await shownApproval({ phone }), { number, password });
    await site.authenticator.consumeApproval({ id, signInId: 'sign-in' });
    await site.ask({ browserHash: 'stranger' });
    await phone.refuse((await shownApproval({ phone })).id, stored.id, 'not_me');
    await site.authenticator.sweep();
    assert.ok((await countRows(site, passing)).every((count) => count > 0));

    site.clock.setAhead(26 * hourMs);
    await site.authenticator.sweep();
    assert.deepEqual(
      await countRows(site, passing),
      passing.map(() => 0),
    );
    const kept = ['authenticator_credential', 'authenticator_device', 'authenticator_known_browser'];
    assert.deepEqual(await countRows(site, kept), [1, 2, 1]);
  });
});
