import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { headingOf, readable } from '../support/http-walk.ts';
import { pressNamed } from '../support/named-controls.ts';
import { activateByToken, isPending, readCard, tokenOf } from '../support/repair-walk.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const realm = '/auth/realms/esante-wallet';
const client = { client_id: 'hygie-demo', client_secret: 'hygie-demo-secret' };

/** A software house's own service: it answers every page with the address that was asked. */
async function startService(t: TestContext): Promise<URL> {
  const service = createServer((req, res) => res.end(`<h1>${req.url}</h1>`));
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  t.after(() => service.close());
  return new URL(`http://localhost:${(service.address() as AddressInfo).port}/mon-service/retour`);
}

function authorizationUrl({ urls }: TestServer, redirectUri: URL): URL {
  const url = new URL('/auth', urls.wallet);
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirectUri.href,
    response_type: 'code',
    scope: 'openid repair',
  }).toString();
  return url;
}

interface RepairClaim {
  cause: string;
  uri: string;
  steps: string[];
}

async function redeem({ urls }: TestServer, code: string, redirectUri: URL): Promise<RepairClaim> {
  const tokens = await fetch(new URL(`${realm}/protocol/openid-connect/token`, urls.connect), {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri.href },
      ...client,
    }),
  });
  const { access_token } = (await tokens.json()) as { access_token: string };
  const info = await fetch(new URL(`${realm}/protocol/openid-connect/userinfo`, urls.connect), {
    headers: { authorization: `Bearer ${access_token}` },
  });
  return ((await info.json()) as { repair: RepairClaim }).repair;
}

testOnOneServer('a repair for another client', {
  'another client sends its user to the repair and gets her back, with whom to expect': async (server, t) => {
    const redirectUri = await startService(t);
    const browser = createCookieBrowser();
    const choice = await browser.open(authorizationUrl(server, redirectUri));
    const answered = await readCard(browser, choice, 'infirmiere-adeli');
    const claim = await redeem(server, answered.url.searchParams.get('code') ?? '', redirectUri);
    assert.equal(claim.cause, 'legacy_adeli_identity');

    const repair = await browser.open(claim.uri);
    assert.equal(repair.url.href, claim.uri, 'the address opens as it was told');
    assert.equal(headingOf(repair), 'Réparer ma connexion');
    const back = await pressNamed(browser, repair, 'Revenir au service');
    assert.equal(back.url.origin + back.url.pathname, `${redirectUri.origin}/login`);
    assert.equal(back.url.searchParams.get('iss'), `${server.urls.connect}${realm}`);

    const code = await pressNamed(browser, repair, 'Scanner avec mon téléphone');
    const { credential } = await activateByToken(server, tokenOf(code, server));
    assert.equal(await isPending(browser, code), false);
    const home = await browser.open(code.url);
    assert.equal(home.url.origin + home.url.pathname, `${redirectUri.origin}/login`);
    assert.equal(home.url.searchParams.get('iss'), `${server.urls.connect}${realm}`);
    assert.equal(home.url.searchParams.get('login_hint'), `8${credential.nationalId.value}`);
    assert.equal(home.url.href, credential.returnUrl);
  },
  'a repair that no service began says at its end that the page can be closed': async (server) => {
    const browser = createCookieBrowser();
    const choice = await browser.open(new URL('/reparation', server.urls.wallet));
    const repair = await readCard(browser, choice, 'infirmiere-adeli');
    const closing = await pressNamed(browser, repair, 'Revenir au service');
    assert.equal(headingOf(closing), 'Vous pouvez fermer cette page');
    const code = await pressNamed(browser, repair, 'Scanner avec mon téléphone');
    const { credential } = await activateByToken(server, tokenOf(code, server));
    assert.equal(credential.returnUrl, null);
    const done = await browser.open(code.url);
    assert.equal(headingOf(done), 'Votre e-CPS est active');
    assert.match(readable(done.text), /Vous pouvez fermer cette page/);
  },
});
