import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachEngine } from '../support/databases.ts';
import { hospital, liberal, person, practice } from '../support/directory-rows.ts';
import { startDirectorySite } from '../support/directory-site.ts';

const number = '99700000013';
const place = practice('R10000000000001');
const other = { ...person('99700000021'), ...liberal, ...place };
const rowOf = (familyName: string) => ({ ...person(number, { familyName }), ...liberal, ...place });
const dayMs = 24 * 3_600_000;

forEachEngine((engine) => {
  test('a resource tells what imports made of it, each version as it was served', async (t) => {
    const site = await startDirectorySite(t, engine);
    const find = async (rpps: string) =>
      (await site.request(`/Practitioner?identifier=${rpps}`)).body.entry?.[0]?.resource;
    const served = [];
    for (const [day, rows] of [
      ['23', [rowOf('FONTAINE'), other]],
      ['24', [rowOf('MARCHAND'), other]],
      ['25', [other]],
      ['26', [rowOf('MARCHAND'), other, { ...other, ...hospital, mode: 'S' }]],
    ] as const) {
      await site.importRows(rows, `202611${day}0300`);
      served.unshift(await find(number));
    }
    const id = served[0]?.id;
    const { status, body } = await site.request(`/Practitioner/${id}/_history`);
    assert.equal(status, 200);
    assert.deepEqual([body.type, body.total], ['history', 4]);
    const versions = body.entry?.map(({ resource }) => resource) ?? [];
    assert.deepEqual(versions, served);
    assert.deepEqual(
      versions.map(({ active }) => active),
      [true, false, true, true],
    );
    const second = await site.request(`/Practitioner/${id}/_history/2`);
    assert.deepEqual(second.body, served[2]);
    assert.equal(second.headers.get('etag'), 'W/"2"');
    assert.equal((await site.request(`/Practitioner/${id}/_history/9`)).status, 404);
    assert.equal((await site.request('/Practitioner/003-0/_history')).status, 404);
    assert.equal((await site.request(`/Practitioner/${id}/_history?_at=2026`)).status, 400);

    const seen = [];
    let next = `/Practitioner/${id}/_history?_count=3`;
    while (next) {
      const page = await site.request(next);
      assert.equal(page.body.total, 4);
      seen.push(page.body.entry?.map(({ resource }) => resource) ?? []);
      next = page.body.link?.find(({ relation }) => relation === 'next')?.url ?? '';
    }
    assert.deepEqual(seen, [served.slice(0, 3), served.slice(3)]);
    const meta = versions[1]?.meta as { lastUpdated: string } | undefined;
    const since = async (instant: string) =>
      (await site.request(`/Practitioner/${id}/_history?_since=${encodeURIComponent(instant)}`)).body;
    assert.equal((await since(meta?.lastUpdated ?? '')).total, 2);
    const nothing = await since('2099-01-01T00:00:00Z');
    assert.deepEqual([nothing.total, 'entry' in nothing], [0, false]);
    for (const wrong of ['_since=yesterday', '_count=-1', '_before=x', '_count=1&_count=2'])
      assert.equal((await site.request(`/Practitioner/${id}/_history?${wrong}`)).status, 400, wrong);

    const unchanged = await find('99700000021');
    const history = await site.request(`/Practitioner/${unchanged?.id}/_history`);
    assert.deepEqual(
      history.body.entry?.map(({ resource }) => resource),
      [unchanged],
    );
    const roles = await site.request(`/PractitionerRole?practitioner=${id}`);
    const role = await site.request(`/PractitionerRole/${roles.body.entry?.[0]?.resource.id}/_history`);
    assert.equal(role.body.total, 3, 'a role has no name');
  });

  test('versions are kept for a month', async (t) => {
    const site = await startDirectorySite(t, engine);
    for (const [day, name] of ['ABGRALL', 'BELLEC', 'CARIOU'].entries()) {
      site.clock.setAhead(day * 20 * dayMs);
      await site.importRows([rowOf(name), other], `2026112${day}0300`);
    }
    const { body } = await site.request(`/Practitioner?identifier=${number}`);
    const path = `/Practitioner/${body.entry?.[0]?.resource.id}/_history`;
    assert.equal((await site.request(path)).body.total, 3);
    site.clock.setAhead(51 * dayMs);
    await site.importRows([rowOf('DANIEL'), other], '202611240300');
    const kept = (await site.request(path)).body.entry ?? [];
    const versionOf = (meta: unknown) => (meta as { versionId: string }).versionId;
    assert.deepEqual(
      kept.map(({ resource }) => versionOf(resource.meta)),
      ['4', '3', '2'],
    );
  });
});
