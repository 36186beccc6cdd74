import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EcpsSite, nurse, openEcpsSite } from '../support/ecps-site.ts';
import { activateByMail, assertRefused, openPhone } from '../support/test-phone.ts';

const unknown = '99700099997';

/** Of an answer: everything but what differs between any two requests. */
function comparable(view: object): unknown {
  return JSON.parse(
    JSON.stringify(view, (key, value) =>
      /(^id|At|value|number)$/.test(key) && value !== null ? typeof value : value,
    ),
  );
}

/** How many rows each table of the module has. */
async function countRows(site: EcpsSite): Promise<Record<string, number>> {
  const tables = ['authenticator_device', 'authenticator_enrolment', 'authenticator_proof', 'rate_limit'];
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const rows = await site.database.as<Record<string, object>>().selectFrom(table).selectAll().execute();
    counts[table] = rows.length;
  }
  return counts;
}

test('an activation is asked for alike, whoever the number leads to', async (t) => {
  const people: Record<string, { rpps: string; prepare?: (site: EcpsSite) => unknown }> = {
    known: { rpps: nurse.nationalId.value },
    unknown: { rpps: unknown },
    'struck off': {
      rpps: nurse.nationalId.value,
      prepare: (site) => site.people.set('899700012042', { ...nurse, active: false }),
    },
    'without mail': {
      rpps: nurse.nationalId.value,
      prepare: (site) => site.people.set('899700012042', { ...nurse, email: null }),
    },
    'without mobile': {
      rpps: nurse.nationalId.value,
      prepare: (site) => site.people.set('899700012042', { ...nurse, phone: null }),
    },
  };
  const answers: unknown[] = [];
  for (const [name, { rpps, prepare }] of Object.entries(people)) {
    const site = await openEcpsSite(t);
    prepare?.(site);
    const phone = await openPhone(site);
    const asked = await phone.requestEnrolment(rpps, 'fr');
    const listed = await phone.listEnrolments();
    site.clock.setAhead(40_000);
    const again = await phone.sendMailAgain(asked.id);
    answers.push({
      views: comparable([asked, listed, again]),
      rows: await countRows(site),
      mails: site.links.length,
    });
    assert.equal(site.links[0]?.recipient !== null, name === 'known', name);
    assert.deepEqual(answers.at(-1), answers[0], name);
  }
});

test('an activation is asked for alike where an e-CPS is active already', async (t) => {
  const site = await openEcpsSite(t);
  await activateByMail(site);
  const phone = await openPhone(site);
  const views = [
    await phone.requestEnrolment(nurse.nationalId.value, 'fr'),
    await phone.requestEnrolment(unknown, 'fr'),
  ];
  assert.deepEqual(comparable(views[0] ?? {}), comparable(views[1] ?? {}));
});

test('a sign-in with a number that has no e-CPS looks like one that waits for a phone', async (t) => {
  const site = await openEcpsSite(t);
  await activateByMail(site);
  const asked = [
    await site.ask({ browserHash: 'one' }),
    await site.ask({ browserHash: 'two', identifier: unknown }),
  ];
  assert.deepEqual(comparable(asked[0] ?? {}), comparable(asked[1] ?? {}));
  const found = await Promise.all(
    asked.map((one) =>
      one.outcome === 'pending' ? site.authenticator.findApproval(one.approval.id, 'sign-in') : undefined,
    ),
  );
  assert.deepEqual(comparable(found[0] ?? {}), comparable(found[1] ?? {}));
  assert.equal(found[1]?.status, 'pending');
});

test('events about a number that was only typed do not name it', async (t) => {
  const site = await openEcpsSite(t);
  await (await openPhone(site)).requestEnrolment(nurse.nationalId.value, 'fr');
  await site.ask();
  assert.deepEqual(
    site.events.map(({ subject }) => subject),
    [undefined, undefined],
  );
});

test('limits by address, phone and number hold, and a stranger’s requests only delay her mail', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  for (let n = 0; n < 10; n++) await phone.requestEnrolment(String(99700030000 + n), 'fr');
  const refused = await assertRefused(phone.requestEnrolment('99700030010', 'fr'), 'request.too_many');
  assert.ok((refused.retryAt ?? 0) > site.clock.now());

  for (let n = 0; n < 6; n++) {
    const stranger = await openPhone(site);
    await stranger.requestEnrolment(nurse.nationalId.value, 'fr');
  }
  const [last, before] = [site.links.at(-1), site.links.at(-2)];
  assert.ok(before && before.notBefore <= site.clock.now());
  assert.ok(last && last.notBefore > site.clock.now() + 50 * 60_000);

  const all = Array.from({ length: 60 }, async () => (await openPhone(site)).requestEnrolment(unknown, 'fr'));
  const answers = await Promise.allSettled(all);
  assert.ok(answers.some(({ status }) => status === 'rejected'));
});
