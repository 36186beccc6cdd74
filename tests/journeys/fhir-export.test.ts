import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type Engine, forEachEngine } from '../support/databases.ts';
import { hospital, liberal, person, practice } from '../support/directory-rows.ts';
import { type DirectorySite, startDirectorySite } from '../support/directory-site.ts';

const numbers = Array.from({ length: 5 }, (_, i) => `9970000000${i}`);
const rows = [
  ...numbers.map((number) => ({ ...person(number), ...liberal, ...practice('R10000000000001') })),
  { ...person(numbers[0] ?? ''), ...liberal, ...hospital, mode: 'S' },
];
const respondAsync = { headers: { Prefer: 'respond-async' } };

interface Manifest {
  transactionTime: string;
  request: string;
  requiresAccessToken: boolean;
  output: { type: string; url: string; count: number }[];
  error: unknown[];
}

forEachEngine((engine) => {
  test('a whole directory is ordered, waited for, and fetched as lines of resources', async (t) => {
    const site = await open(t, engine);
    const order = await site.request('/$export?_outputFormat=application/fhir%2Bndjson', respondAsync);
    assert.equal(order.status, 202);
    const state = order.headers.get('content-location') ?? '';
    const waiting = await site.request(state);
    assert.equal(waiting.status, 202);
    assert.equal(waiting.headers.get('x-progress'), 'waiting');
    assert.ok(Number(waiting.headers.get('retry-after')) > 0);
    await using _jobs = site.runJobs();
    const manifest = await waitFor(site, state);
    assert.deepEqual(
      manifest.output.map(({ type, count }) => [type, count]),
      [
        ['Practitioner', 5],
        ['PractitionerRole', 6],
        ['Organization', 2],
      ],
    );
    assert.equal(manifest.request, `${site.url}/fhir/v2/$export?_outputFormat=application/fhir%2Bndjson`);
    assert.deepEqual([manifest.requiresAccessToken, manifest.error], [false, []]);
    for (const { type, url, count } of manifest.output) {
      const searched = await site.request(`/${type}?_count=50`);
      const expected = searched.body.entry?.map(({ resource }) => resource);
      assert.equal(expected?.length, count);
      assert.deepEqual(await linesOf(url), expected, type);
    }
  });

  test('an export that broke off begins again in the generation that it began in', async (t) => {
    const site = await open(t, engine);
    const state = await orderState(site, '/$export?_type=PractitionerRole');
    const id = state.split('/').at(-1) ?? '';
    await site.database.write((unit) =>
      unit
        .as<{ directory_export: { id: string; generation: number; status: string } }>()
        .updateTable('directory_export')
        .set({ generation: 1, status: 'running' })
        .where('id', '=', id)
        .execute(),
    );
    await site.importRows(rows.slice(3), '202611240300');
    await using _jobs = site.runJobs();
    const [file] = (await waitFor(site, state)).output;
    const roles = await linesOf(file?.url ?? '');
    assert.deepEqual(
      roles.map(({ active }) => active),
      Array(6).fill(true),
    );
  });

  test('only what has changed since the last export is asked for, and nothing is missed', async (t) => {
    const site = await open(t, engine);
    await using _jobs = site.runJobs();
    const first = await waitFor(site, await orderState(site, '/$export'));
    await site.importRows(rows.slice(1), '202611240300');
    const since = encodeURIComponent(new Date(Date.parse(first.transactionTime) + 1).toISOString());
    const next = await waitFor(site, await orderState(site, `/$export?_since=${since}`));
    assert.deepEqual(
      next.output.map(({ type, count }) => [type, count]),
      [['PractitionerRole', 1]],
    );
    assert.ok(next.transactionTime > first.transactionTime);
  });
});

test('a download that broke off goes on, packed and unpacked', async (t) => {
  const site = await open(t, 'sqlite');
  await using _jobs = site.runJobs();
  const manifest = await waitFor(site, await orderState(site, '/$export?_type=Practitioner'));
  const { pathname } = new URL(manifest.output[0]?.url ?? '');
  for (const encoding of ['gzip', 'identity']) {
    const fetchPart = (headers: Record<string, string>) =>
      download(new URL(pathname, site.url), { 'accept-encoding': encoding, ...headers });
    const whole = await fetchPart({});
    assert.equal(whole.status, 200);
    assert.equal(whole.headers['content-encoding'], encoding === 'gzip' ? 'gzip' : undefined);
    assert.equal(whole.headers['content-type'], 'application/fhir+ndjson');
    assert.equal(Number(whole.headers['content-length']), whole.body.length);
    const tag = String(whole.headers.etag);
    const first = await fetchPart({ range: 'bytes=0-99' });
    const rest = await fetchPart({ range: 'bytes=100-', 'if-range': tag });
    assert.deepEqual([first.status, rest.status], [206, 206]);
    assert.equal(rest.headers['content-range'], `bytes 100-${whole.body.length - 1}/${whole.body.length}`);
    assert.deepEqual(Buffer.concat([first.body, rest.body]), whole.body);
    const last = await fetchPart({ range: 'bytes=-10' });
    assert.deepEqual(last.body, whole.body.subarray(-10));
    assert.equal((await fetchPart({ range: 'bytes=100-', 'if-range': '"other"' })).status, 200);
    const beyond = await fetchPart({ range: 'bytes=999999-' });
    assert.equal(beyond.status, 416);
    const text = encoding === 'gzip' ? gunzipSync(whole.body) : whole.body;
    assert.equal(text.toString().trim().split('\n').length, 5);
  }
});

test('an export that is cancelled is gone with its files, and so is one after a day', async (t) => {
  const site = await open(t, 'sqlite');
  const never = await orderState(site, '/$export');
  assert.equal((await site.request(never, { method: 'DELETE' })).status, 202);
  assert.equal((await site.request(never)).status, 404);
  await using _jobs = site.runJobs();
  const done = await orderState(site, '/$export');
  await waitFor(site, done);
  const old = await orderState(site, '/$export');
  const [file] = (await waitFor(site, old)).output;
  assert.equal((await site.request(done, { method: 'DELETE' })).status, 202);
  assert.equal((await site.request(done, { method: 'DELETE' })).status, 404);
  assert.deepEqual(await readdir(join(site.data, 'exports')), [old.split('/').at(-1)]);
  site.clock.setAhead(25 * 3_600_000);
  assert.equal((await site.request(old)).status, 404);
  assert.equal((await site.request(file?.url ?? '')).status, 404);
  await site.fhir.sweep();
  assert.deepEqual(await readdir(join(site.data, 'exports')), []);
});

test('what is asked wrongly is refused by name', async (t) => {
  const site = await open(t, 'sqlite');
  assert.equal((await site.request('/$export')).status, 400);
  for (const [query, name] of [
    ['_type=Secret', '_type'],
    ['_since=Secret', '_since'],
    ['_since=2026-11-24', '_since'],
    ['_outputFormat=Secret', '_outputFormat'],
    ['_typeFilter=Secret', '_typeFilter'],
  ] as const) {
    const { status, body } = await site.request(`/$export?${query}`, respondAsync);
    assert.equal(status, 400, query);
    assert.deepEqual(body.issue?.[0]?.location, [`http.${name}`]);
    assert.doesNotMatch(JSON.stringify(body), /Secret/);
  }
  assert.equal((await site.request('/_export/exp_none')).status, 404);
  assert.equal((await site.request('/_export/exp_none/../../state.sqlite')).status, 404);
});

async function open(t: TestContext, engine: Engine): Promise<DirectorySite> {
  const site = await startDirectorySite(t, engine);
  await site.importRows(rows, '202611230300');
  return site;
}

async function orderState(site: DirectorySite, path: string): Promise<string> {
  const { status, headers, body } = await site.request(path, respondAsync);
  assert.equal(status, 202, JSON.stringify(body));
  return headers.get('content-location') ?? '';
}

async function waitFor(site: DirectorySite, state: string): Promise<Manifest> {
  for (;;) {
    const { status, body } = await site.request(state);
    if (status === 200) return body as unknown as Manifest;
    assert.equal(status, 202, JSON.stringify(body));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function linesOf(url: string): Promise<{ active: boolean }[]> {
  const text = await (await fetch(url)).text();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** As it is sent: `fetch` unpacks. */
async function download(url: URL, headers: Record<string, string>) {
  const [response] = (await once(get(url, { headers }), 'response')) as [IncomingMessage];
  const body = Buffer.concat(await response.toArray());
  return { status: response.statusCode, headers: response.headers, body };
}
