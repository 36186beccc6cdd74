import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../../tests/support/databases.ts';
import {
  answerFile,
  answerStatus,
  cutAfter,
  type ServedFile,
  sha256Of,
  startFileServer,
} from '../../../tests/support/file-server.ts';
import { fetchExtract } from './fetch-extract.ts';

const body = Buffer.from(Array.from({ length: 20_000 }, (_, line) => `line ${line}\n`).join(''));
const file: ServedFile = { body, etag: '"one"' };
const path = '/PS_202611240300.txt';

async function open(t: TestContext, served: ServedFile = file) {
  const server = await startFileServer(t);
  server.serve(path, served);
  const folder = await temporaryDirectory(t);
  const get = (at = path) => fetchExtract(new URL(server.url + at), { folder, firstDelayMs: 1, idleMs: 500 });
  const files = async () => (await readdir(folder)).filter((name) => !name.startsWith('.'));
  return { ...server, folder, get, files, hasParts: async () => hasParts(folder) };
}

const hasParts = async (folder: string) =>
  (await readdir(`${folder}/.fetch`)).some((name) => name.includes('part'));

test('a file is fetched whole under its name, and once it is there it is unchanged', async (t) => {
  const site = await open(t);
  const fetched = await site.get();
  const { status, bytes, verified } = fetched;
  assert.deepEqual([status, bytes, verified], ['fetched', body.length, null]);
  assert.equal(basename(fetched.file), 'PS_202611240300.txt');
  assert.ok(body.equals(await readFile(fetched.file)));
  const again = await site.get();
  assert.deepEqual([again.status, again.file, again.bytes], ['unchanged', fetched.file, body.length]);
  assert.equal(site.requests.at(-1)?.['if-none-match'], '"one"');
  assert.equal(await site.hasParts(), false);
});

test('where there is no ETag the date tells, and it dates a file whose name has none', async (t) => {
  const lastModified = 'Tue, 24 Nov 2026 02:00:00 GMT';
  const site = await open(t);
  site.serve('/extract', { body, lastModified });
  const fetched = await site.get('/extract');
  assert.equal((await stat(fetched.file)).mtimeMs, Date.parse(lastModified));
  assert.equal((await site.get('/extract')).status, 'unchanged');
});

test('a transfer that is cut goes on where it was, as often as it must', async (t) => {
  const site = await open(t);
  const half: ServedFile = { ...file, body: body.subarray(0, body.length) };
  site.next(cutAfter(file, 50_000), (request, response) => {
    assert.equal(request.headers.range, 'bytes=50000-');
    assert.equal(request.headers['if-range'], '"one"');
    const range = `bytes 50000-${body.length - 1}/${body.length}`;
    response.writeHead(206, {
      etag: '"one"',
      'content-range': range,
      'content-length': body.length - 50_000,
    });
    response.write(half.body.subarray(50_000, 90_000), () => setTimeout(() => response.destroy(), 20));
  });
  const fetched = await site.get();
  assert.ok(body.equals(await readFile(fetched.file)));
  assert.deepEqual(
    site.requests.map(({ range }) => range),
    [undefined, 'bytes=50000-', 'bytes=90000-'],
  );
});

test('a later process goes on with what an earlier one left', async (t) => {
  const site = await open(t);
  site.next(cutAfter(file, 60_000), answerStatus(404));
  await assert.rejects(site.get(), /^ExtractError: 127\.0\.0\.1:\d+: it answers 404$/);
  assert.equal(await site.hasParts(), true);
  assert.ok(body.equals(await readFile((await site.get()).file)));
  assert.equal(site.requests.at(-1)?.range, 'bytes=60000-');
});

test('a file that changed between two tries is fetched anew, also from a server that does not heed If-Range', async (t) => {
  const other: ServedFile = { body: Buffer.from(`${body}more\n`), etag: '"two"' };
  const site = await open(t, other);
  site.next(cutAfter(file, 50_000));
  assert.ok(other.body.equals(await readFile((await site.get()).file)));
  const deaf = await open(t, other);
  deaf.next(cutAfter(file, 50_000), (request, response) => {
    answerFile(
      other,
      Object.assign(request, { headers: { ...request.headers, 'if-range': '"two"' } }),
      response,
    );
  });
  assert.ok(other.body.equals(await readFile((await deaf.get()).file)));
});

test('without a strong validator nothing is joined: a cut transfer begins anew', async (t) => {
  for (const etag of [undefined, 'W/"weak"']) {
    const weak: ServedFile = etag ? { body, etag } : { body };
    const site = await open(t, weak);
    site.next(cutAfter(weak, 50_000));
    assert.ok(body.equals(await readFile((await site.get()).file)));
    assert.equal(site.requests.at(-1)?.range, undefined);
  }
});

test('failures that may pass are tried again, others are said at once', async (t) => {
  const site = await open(t);
  site.next(answerStatus(500), answerStatus(503), (request) => request.socket.destroy());
  assert.equal((await site.get()).status, 'fetched');
  assert.equal(site.requests.length, 4);
  site.next(answerStatus(403));
  await assert.rejects(site.get('/other.txt'), /it answers 403$/);
  assert.equal(site.requests.length, 5);
  await assert.rejects(site.get('/other.txt'), /it answers 404$/);
});

test('a server that fails for ever is given up with what it does', async (t) => {
  const site = await open(t);
  site.next(...Array.from({ length: 6 }, () => answerStatus(500)));
  await assert.rejects(site.get(), /: it answers 500, 6 times in a row$/);
  assert.equal(site.requests.length, 6);
  assert.deepEqual(await site.files(), []);
});

test('a server that lies about the length is not believed', async (t) => {
  const site = await open(t);
  const lie = () => cutAfter({ ...file, body: Buffer.concat([body, body]) }, body.length);
  site.next(lie(), ...Array.from({ length: 6 }, lie));
  await assert.rejects(site.get(), /: (the connection broke|it has no such part), 6 times in a row$/);
  assert.deepEqual(await site.files(), []);
});

test('a server that says nothing any more is left', async (t) => {
  const site = await open(t);
  site.next((_, response) => {
    response.writeHead(200, { 'content-length': body.length, etag: '"one"' });
    response.write(body.subarray(0, 10_000));
  });
  assert.ok(body.equals(await readFile((await site.get()).file)));
  assert.equal(site.requests.at(-1)?.range, 'bytes=10000-');
});

test('where a checksum is offered the file matches it', async (t) => {
  const hex = sha256Of(body, 'hex');
  const base64 = sha256Of(body, 'base64');
  const offers: [ServedFile, string][] = [
    [{ ...file, checksum: `${hex}  PS.txt\n` }, 'sha256-file'],
    [{ ...file, headers: { 'repr-digest': `sha-512=:AAAA:, sha-256=:${base64}:` } }, 'digest'],
    [{ ...file, headers: { digest: `SHA-256=${base64}` } }, 'digest'],
  ];
  for (const [offer, verified] of offers) {
    const site = await open(t, offer);
    site.next(cutAfter(offer, 50_000));
    assert.equal((await site.get()).verified, verified);
  }
});

test('a file that is not what its checksum says is fetched anew, and never kept', async (t) => {
  const served = { ...file, checksum: sha256Of(body, 'hex') };
  const short: ServedFile = { ...file, body: body.subarray(0, 70_000) };
  const site = await open(t, served);
  site.next((request, response) => answerFile(short, request, response));
  assert.ok(body.equals(await readFile((await site.get()).file)));
  const bad = await open(t, { ...file, checksum: sha256Of(short.body, 'hex') });
  await assert.rejects(bad.get(), /the file is not what its checksum says, 6 times in a row$/);
  assert.deepEqual(await bad.files(), []);
});

test('a file is called as the server says, and stays in its folder', async (t) => {
  const site = await open(t);
  const names = {
    'attachment; filename="PS_LibreAcces_202611240300.zip"': 'PS_LibreAcces_202611240300.zip',
    "attachment; filename=a.txt; filename*=UTF-8''d%C3%A9mo.txt": 'd_mo.txt',
    'attachment; filename="../../etc/passwd"': 'passwd',
    'attachment; filename="..\\\\.hidden"': 'hidden',
  };
  for (const [disposition, name] of Object.entries(names)) {
    const headers = { 'content-disposition': disposition };
    site.serve('/extraction', { body, headers });
    assert.equal(basename((await site.get('/extraction')).file), name);
    assert.deepEqual(await site.files(), [name], 'the one before is removed');
  }
});
