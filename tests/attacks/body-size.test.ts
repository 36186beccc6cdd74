import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { openSandboxSite } from '../support/sandbox-site.ts';

/** Sends a body in chunks, without saying how long it will be. */
function sendChunked(url: URL, chunks: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const sent = request(url, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    for (const chunk of chunks) sent.write(chunk);
    sent.end();
  });
}

test('a body that does not tell its length is read, and refused once it is too long', async (t) => {
  const site = await openSandboxSite(t);
  const url = new URL('/api/clock', site.url);
  assert.equal(await sendChunked(url, ['{"advance', 'Ms":1000}']), 200);
  assert.equal(site.clock.aheadMs, 1000);
  assert.equal(
    await sendChunked(
      url,
      Array.from({ length: 300 }, () => 'x'.repeat(1024)),
    ),
    413,
  );
});

test('a body that tells that it is too long is refused', async (t) => {
  const site = await openSandboxSite(t);
  const answer = await fetch(new URL('/api/clock', site.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: 'x'.repeat(300 * 1024),
  });
  assert.equal(answer.status, 413);
});
