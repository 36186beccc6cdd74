import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { openSandboxSite } from '../support/sandbox-site.ts';

const foreign = { origin: 'http://evil.example' };

test('a page of another site can neither read nor drive the API', async (t) => {
  const site = await openSandboxSite(t);
  const send = (path: string, init: RequestInit) => fetch(new URL(path, site.url), init);
  const json = { ...foreign, 'content-type': 'application/json' };
  const answers = [
    await send('/api/personas', { headers: foreign }),
    await send('/api/reset', { method: 'POST', headers: foreign }),
    await send('/api/mails', { method: 'DELETE', headers: foreign }),
    await send('/api/clock', { method: 'POST', headers: json, body: '{"advanceMs":1000}' }),
    await send('/api/clock', {
      method: 'POST',
      headers: { ...json, origin: 'null' },
      body: '{"advanceMs":1}',
    }),
  ];
  for (const answer of answers) {
    assert.equal(answer.status, 403);
    assert.match(answer.headers.get('content-type') ?? '', /problem\+json/);
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  }
  assert.equal(site.clock.aheadMs, 0);
});

test('the sandbox’s own pages may call it', async (t) => {
  const site = await openSandboxSite(t);
  const answer = await fetch(new URL('/api/clock', site.url), { headers: { origin: site.url.origin } });
  assert.equal(answer.status, 200);
});

test('a body that a form can send is refused', async (t) => {
  const site = await openSandboxSite(t);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json-seq']) {
    const answer = await fetch(new URL('/api/clock', site.url), {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{"advanceMs":1000}',
    });
    assert.equal(answer.status, 415, type);
  }
  assert.equal(site.clock.aheadMs, 0);
});

test('a form of another site cannot choose a person, take a card out, or reset', async (t) => {
  const site = await openSandboxSite(t);
  for (const path of [
    '/personne',
    '/carte/retirer',
    '/horloge',
    '/remise-a-zero',
    `/lecteur/${'a'.repeat(32)}/carte`,
  ]) {
    const answer = await fetch(new URL(path, site.url), {
      method: 'POST',
      headers: { ...foreign, 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ persona: 'infirmiere-adeli', advance: '86400000' }),
    });
    assert.equal(answer.status, 403, path);
  }
  assert.equal(site.clock.aheadMs, 0);
});

test('a name that somebody points at this machine is not served', async (t) => {
  const site = await openSandboxSite(t);
  const status = await new Promise((resolve, reject) => {
    const options = { port: site.url.port, path: '/api/personas', headers: { host: 'evil.example' } };
    const sent = request(options, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });
  assert.equal(status, 421);
});

test('an attempt that is no host label never reaches the card listener’s address', async (t) => {
  const site = await openSandboxSite(t);
  for (const attempt of [
    '..%2f..%2fevil',
    '%40evil.example',
    'A'.repeat(32),
    'a',
    `${'a'.repeat(32)}%0d%0a`,
  ]) {
    assert.equal((await fetch(new URL(`/lecteur/${attempt}`, site.url))).status, 404, attempt);
  }
});
