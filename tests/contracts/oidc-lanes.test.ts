// What is answered in front of the library is what the library answers. It is asked the same in a way that lanes leave
// to it: the scheme in lower case, another charset.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { redeem, signIn, type Tokens } from '../support/oidc-client.ts';
import { nurseRecord } from '../support/practitioner-record.ts';
import { demoId, demoSecret, type ProviderSite, startProviderSite } from '../support/provider-site.ts';

const introspection = '/protocol/openid-connect/token/introspect';
const own = ['date', 'connection', 'keep-alive'];

async function read(response: Response) {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !own.includes(name)));
  return { status: response.status, headers, body: await response.text() };
}

function ask(site: ProviderSite, scheme: string, token: string): Promise<Response> {
  const headers = { authorization: `${scheme} ${token}` };
  return fetch(`${site.issuer}/protocol/openid-connect/userinfo`, { headers });
}

function introspect(site: ProviderSite, token: string, charset: string, body = {}): Promise<Response> {
  return fetch(site.issuer + introspection, {
    method: 'POST',
    headers: { 'content-type': `application/x-www-form-urlencoded;charset=${charset}` },
    body: new URLSearchParams({ token, client_id: demoId, client_secret: demoSecret, ...body }).toString(),
  });
}

async function open(
  t: Parameters<typeof startProviderSite>[0],
): Promise<{ site: ProviderSite; tokens: Tokens }> {
  const site = await startProviderSite(t);
  site.setRecord(nurseRecord());
  return { site, tokens: await redeem(site, await signIn(createCookieBrowser(), site)) };
}

test('userinfo and introspection are told in front of the library as by it', async (t) => {
  const { site, tokens } = await open(t);
  const plain = await read(await ask(site, 'Bearer', tokens.access_token));
  assert.equal(plain.status, 200);
  assert.deepEqual(plain, await read(await ask(site, 'bearer', tokens.access_token)));
  const told = await read(await introspect(site, tokens.access_token, 'utf-8'));
  assert.equal(JSON.parse(told.body).active, true);
  assert.deepEqual(told, await read(await introspect(site, tokens.access_token, 'us-ascii')));
});

test('what is refused is refused by the library, with the body that a lane looked at', async (t) => {
  const { site, tokens } = await open(t);
  const refusals = [{ client_secret: 'wrong' }, { client_id: 'nobody' }, { token: 'nothing' }, { more: 'x' }];
  for (const body of refusals) {
    const [plain, other] = [
      await read(await introspect(site, tokens.access_token, 'utf-8', body)),
      await read(await introspect(site, tokens.access_token, 'us-ascii', body)),
    ];
    assert.deepEqual(plain, other);
  }
  const wrong = await introspect(site, tokens.access_token, 'utf-8', { client_secret: 'wrong' });
  assert.equal(wrong.status, 401);
});

test('neither an ended session, nor an expired token, nor a changed one is told of', async (t) => {
  const { site, tokens } = await open(t);
  const [head, body, signature] = tokens.access_token.split('.');
  const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString());
  const other = Buffer.from(JSON.stringify({ ...claims, scope: 'openid repair' })).toString('base64url');
  assert.equal((await ask(site, 'Bearer', `${head}.${other}.${signature}`)).status, 401);
  site.clock.setAhead(121_000);
  assert.equal((await ask(site, 'Bearer', tokens.access_token)).status, 401);
  const again = await redeem(site, await signIn(createCookieBrowser(), site));
  assert.equal((await ask(site, 'Bearer', again.access_token)).status, 200);
  await site.oidc.endSession(String(again.session_state), 'signed_out');
  assert.equal((await ask(site, 'Bearer', again.access_token)).status, 401);
  assert.deepEqual(await (await introspect(site, again.access_token, 'utf-8')).json(), { active: false });
});

test('discovery and the key set are the same bytes each time, until keys change', async (t) => {
  const site = await startProviderSite(t);
  for (const path of ['/.well-known/openid-configuration', '/protocol/openid-connect/certs']) {
    const first = await read(await fetch(site.issuer + path));
    const second = await read(await fetch(site.issuer + path));
    assert.deepEqual(second, first);
    const etag = second.headers.etag ?? '';
    const unchanged = await fetch(site.issuer + path, { headers: { 'if-none-match': etag } });
    assert.equal(unchanged.status, 304);
    const head = await fetch(site.issuer + path, { method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), second.headers['content-length']);
  }
  const keys = async () => read(await fetch(`${site.issuer}/protocol/openid-connect/certs`));
  const before = await keys();
  assert.equal(before.headers['cache-control'], 'public, max-age=600');
  await site.ring.rotate();
  await site.oidc.refreshKeys();
  assert.notEqual((await keys()).headers.etag, before.headers.etag);
  assert.equal(JSON.parse((await keys()).body).keys.length, 8);
});
