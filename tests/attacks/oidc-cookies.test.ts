import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizationUrl } from '../support/oidc-client.ts';
import { startProviderSite } from '../support/provider-site.ts';

const page = 'https://wallet.example.org';

/** A browser behind a proxy that ends TLS: it keeps `Secure` cookies, the request arrives on loopback. */
async function visit(url: URL, cookies: Map<string, string>): Promise<Response> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(url, { redirect: 'manual', headers: cookie ? { cookie } : {} });
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    cookies.set(name, value);
  }
  return response;
}

test('off loopback every cookie is Secure, HttpOnly, SameSite=Lax and prefixed', async (t) => {
  const site = await startProviderSite(t, 'sqlite', new URL(page));
  const cookies = new Map<string, string>();
  const begun = await visit(authorizationUrl(site), cookies);
  const location = new URL(begun.headers.get('location') ?? '');
  assert.equal(location.origin, page);
  const set = begun.headers.getSetCookie();
  assert.ok(set.length >= 2);
  for (const line of set) {
    assert.match(line, /^__Secure-wallet_(interaction|resume)(\.sig)?=/);
    assert.match(line, /; secure/i);
    assert.match(line, /; httponly/i);
    assert.match(line, /; samesite=lax/i);
    assert.doesNotMatch(line, /; domain=/i);
  }
  const read = await visit(new URL(`${location.pathname}/carte/retour?code=none`, site.walletUrl), cookies);
  assert.equal(read.status, 303);
});

test("the session's cookie carries __Host-", async (t) => {
  const site = await startProviderSite(t, 'sqlite', new URL(page));
  const cookies = new Map<string, string>();
  const begun = await visit(authorizationUrl(site), cookies);
  const { pathname } = new URL(begun.headers.get('location') ?? '');
  const opened = await fetch(new URL(`${pathname}/carte`, site.walletUrl), {
    method: 'POST',
    headers: {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'sec-fetch-site': 'same-origin',
    },
  });
  const code = /retour\?code=([\w-]+)/.exec(await opened.text())?.[1];
  const back = await visit(new URL(`${pathname}/carte/retour?code=${code}`, site.walletUrl), cookies);
  const resume = new URL(back.headers.get('location') ?? '');
  const answer = await visit(new URL(resume.pathname, site.walletUrl), cookies);
  assert.match(answer.headers.get('location') ?? '', /^http:\/\/localhost:1\/callback\?code=/);
  const session = answer.headers.getSetCookie().filter((line) => line.startsWith('__Host-wallet_session'));
  assert.equal(session.length, 2);
  for (const line of session) assert.match(line, /; path=\/;.*; secure/i);
});

test('connect sets no cookie, whatever it is sent', async (t) => {
  const site = await startProviderSite(t);
  for (const path of ['/.well-known/openid-configuration', '/protocol/openid-connect/certs', '/nothing']) {
    const response = await fetch(site.issuer + path, { headers: { cookie: 'wallet_session=x' } });
    assert.deepEqual(response.headers.getSetCookie(), [], path);
  }
});
