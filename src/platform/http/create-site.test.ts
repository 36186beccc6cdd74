import assert from 'node:assert/strict';
import { request } from 'node:http';
import test, { type TestContext } from 'node:test';
import { defineErrors } from '../errors.ts';
import { createLogger } from '../logger.ts';
import { createSite, requestListener } from './create-site.ts';
import { openListener } from './listener.ts';
import type { Site } from './site.ts';

const errors = defineErrors({ 'note.unknown': { status: 404, support: 'There is no such note.' } });

async function startSite(t: TestContext): Promise<Site> {
  const listener = await openListener({ port: 0, bind: '127.0.0.1' });
  t.after(() => listener.close());
  const url = new URL(`http://localhost:${listener.port}`);
  const site: Site = { name: 'portal', url, title: { fr: 'Essai', en: 'Trial' }, sandbox: true };
  const app = createSite(site, {
    logger: createLogger('silent'),
    isCrossSite: (path) => path === '/from-elsewhere',
  });
  app.get('/host', (c) => c.text(`${c.req.header('host')} ${c.req.header('x-forwarded-proto')}`));
  app.post('/form', (c) => c.text('done'));
  app.post('/from-elsewhere', (c) => c.text('done'));
  app.get('/refused', () => {
    throw errors('note.unknown', 'note');
  });
  app.get('/broken', () => {
    throw new Error('secret detail');
  });
  listener.serve(requestListener(site, app));
  return site;
}

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** `node:http` rather than fetch: it sends the `Host` and `Sec-Fetch-Site` that it is told. */
function send(site: Site, path: string, method: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port: site.url.port, path, method, headers }, (res) => {
      let text = '';
      res.on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
    });
    req.on('error', reject);
    req.end();
  });
}

test('a sandbox refuses a host that is not loopback', async (t) => {
  const site = await startSite(t);
  assert.equal((await send(site, '/host', 'GET', { host: 'evil.example' })).status, 421);
  assert.equal((await send(site, '/host', 'GET', { host: 'localhost.evil.example' })).status, 421);
  assert.equal((await send(site, '/host', 'GET', { host: 'portal.localhost:4000' })).status, 200);
});

test('no header of a client reaches the host that pages see', async (t) => {
  const site = await startSite(t);
  const { text } = await send(site, '/host', 'GET', {
    host: '127.0.0.1',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
  });
  assert.equal(text, `${site.url.host} http`);
});

test('a form from another site is refused, one of our own is not', async (t) => {
  const site = await startSite(t);
  const post = (path: string, headers: Record<string, string>) =>
    send(site, path, 'POST', { host: site.url.host, ...headers });
  assert.equal((await post('/form', { 'sec-fetch-site': 'cross-site' })).status, 403);
  assert.equal((await post('/form', { 'sec-fetch-site': 'same-site' })).status, 403);
  assert.equal((await post('/form', {})).status, 403);
  assert.equal((await post('/form', { origin: 'null' })).status, 403);
  assert.equal((await post('/form', { 'sec-fetch-site': 'same-origin' })).status, 200);
  assert.equal((await post('/form', { origin: site.url.origin })).status, 200);
  assert.equal((await post('/from-elsewhere', { 'sec-fetch-site': 'cross-site' })).status, 200);
});

test('a refusal shows its sentence, a failure only a reference', async (t) => {
  const site = await startSite(t);
  const get = (path: string) => send(site, path, 'GET', { host: site.url.host, accept: 'application/json' });
  const refused = await get('/refused');
  assert.equal(refused.status, 404);
  assert.equal(refused.headers['content-type'], 'application/problem+json');
  assert.deepEqual(JSON.parse(refused.text), {
    type: 'about:blank',
    status: 404,
    title: 'There is no such note.',
    code: 'note.unknown',
    field: 'note',
  });
  const broken = await get('/broken');
  assert.equal(broken.status, 500);
  assert.match(JSON.parse(broken.text).reference, /^[A-Z2-7]{3}-[A-Z2-7]{3}$/);
  assert.doesNotMatch(broken.text, /secret detail/);
});

test('every answer carries the security headers', async (t) => {
  const site = await startSite(t);
  for (const path of ['/host', '/nowhere', '/broken']) {
    const { headers } = await send(site, path, 'GET', { host: site.url.host });
    assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
    assert.equal(headers['referrer-policy'], 'same-origin');
    assert.equal(headers['cache-control'], 'no-store');
  }
});

test('the language asked for is remembered by a cookie of the listener', async (t) => {
  const site = await startSite(t);
  const asked = await send(site, '/nowhere?lang=en', 'GET', { host: site.url.host });
  assert.match(asked.text, /This page does not exist/);
  const [cookie = ''] = [asked.headers['set-cookie']].flat();
  assert.match(cookie, /^portal_lang=en; .*HttpOnly; SameSite=Lax/);
  const later = await send(site, '/nowhere', 'GET', {
    host: site.url.host,
    cookie: cookie.split(';')[0] ?? '',
  });
  assert.match(later.text, /This page does not exist/);
  const plain = await send(site, '/nowhere', 'GET', { host: site.url.host, 'accept-language': 'en' });
  assert.match(plain.text, /Cette page n’existe pas/);
});
