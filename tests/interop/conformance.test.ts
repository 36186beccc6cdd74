import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import * as client from 'openid-client';
import { issueCertificate } from '../../src/sandbox/pki/certificate.ts';
import { dnsName, subjectAlternativeNames } from '../../src/sandbox/pki/extensions.ts';
import { distinguishedName } from '../../src/sandbox/pki/names.ts';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { runCommand } from '../support/run-command.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

// The certificate below is nobody's; this process talks to loopback alone.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

const clientId = 'conformance';
const cibaId = 'conformance-ciba';
const secret = 'a secret that the test plan was told';
const redirectUri = 'https://localhost:1/test/a/hygie/callback';

/** A sandbox as docs/conformance.md says: TLS on each listener, a client from a file. */
async function startConformance(t: TestContext): Promise<TestServer> {
  const directory = await temporaryDirectory(t);
  const certificate = issueCertificate({
    subject: distinguishedName([['commonName', 'localhost']]),
    notBefore: Date.now() - 60_000,
    notAfter: Date.now() + 3_600_000,
    extensions: [subjectAlternativeNames(dnsName('localhost'))],
  });
  const [certFile, keyFile, clientsFile] = ['cert.pem', 'key.pem', 'clients.json'].map((name) =>
    join(directory, name),
  );
  await writeFile(certFile ?? '', certificate.certificatePem);
  await writeFile(keyFile ?? '', certificate.privateKeyPem);
  const tls = Object.fromEntries(
    ['CONNECT', 'WALLET', 'MTLS'].flatMap((name) => [
      [`HYGIE_${name}_TLS_CERT_FILE`, certFile ?? ''],
      [`HYGIE_${name}_TLS_KEY_FILE`, keyFile ?? ''],
    ]),
  );
  const server = await startTestServer(t, { env: { HYGIE_CONFORMANCE: 'on', ...tls } });
  const registration = {
    client_id: clientId,
    client_name: 'OpenID Foundation',
    client_secret: secret,
    redirect_uris: [redirectUri],
  };
  const program = {
    client_id: cibaId,
    client_name: 'OpenID Foundation',
    client_secret: secret,
    redirect_uris: [],
    response_types: [],
    grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'],
    backchannel_token_delivery_mode: 'poll',
  };
  await writeFile(clientsFile ?? '', JSON.stringify([registration, program]));
  const added = await runCommand(server, 'client', 'add', '--file', clientsFile ?? '');
  assert.equal(added.code, 0, added.stderr);
  return server;
}

async function begin(server: TestServer, more: Record<string, string> = {}) {
  const issuer = new URL('/auth/realms/esante-wallet', server.urls.connect);
  assert.equal(issuer.protocol, 'https:');
  const config = await client.discovery(issuer, clientId, secret);
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const parameters = {
    redirect_uri: redirectUri,
    scope: 'openid profile email address phone',
    state,
    nonce,
    ...more,
  };
  const browser = createCookieBrowser();
  const page = await browser.open(client.buildAuthorizationUrl(config, parameters));
  return { config, browser, page, checks: { expectedState: state, expectedNonce: nonce } };
}

/** Presses a button of the page, as a program without scripts does; where that leads outside. */
async function press(browser: CookieBrowser, page: Page, label: string): Promise<URL> {
  const [, action = ''] =
    new RegExp(`<form method="post" action="([^"]+)">(?:(?!</form>)[^])*?${label}`).exec(page.text) ?? [];
  let at = new URL(action, page.url);
  let response = await browser.request(at, { method: 'POST' });
  while (response.headers.has('location')) {
    at = new URL(response.headers.get('location') ?? '', at);
    if (at.href.startsWith(redirectUri)) return at;
    response = await browser.request(at);
  }
  throw new Error(`${response.status} at ${at.pathname}`);
}

test('the test person signs in by one button and has every standard claim', async (t) => {
  const server = await startConformance(t);
  const { config, browser, page, checks } = await begin(server);
  assert.doesNotMatch(
    page.text,
    /<script(?! type="application\/json")[^>]*>[^<]/,
    'no script that the page needs',
  );
  const answer = await press(browser, page, 'Se connecter');
  const tokens = await client.authorizationCodeGrant(config, answer, checks);
  const told = await client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '');
  for (const claim of [
    ...[
      'name',
      'given_name',
      'family_name',
      'middle_name',
      'nickname',
      'preferred_username',
      'profile',
      'picture',
    ],
    ...[
      'website',
      'gender',
      'birthdate',
      'zoneinfo',
      'locale',
      'updated_at',
      'email',
      'email_verified',
      'address',
    ],
    ...['phone_number', 'phone_number_verified'],
  ])
    assert.notEqual(told[claim], undefined, claim);
  const response = await fetch(config.serverMetadata().userinfo_endpoint ?? '', {
    headers: {
      authorization: `Bearer ${tokens.access_token}`,
      'x-fapi-interaction-id': 'c770aef3-6784-41f7-8e0e-ff5f97bddb3a',
    },
  });
  assert.equal(response.headers.get('x-fapi-interaction-id'), 'c770aef3-6784-41f7-8e0e-ff5f97bddb3a');
});

test('the test person refuses by the other button, and form_post answers by a form', async (t) => {
  const server = await startConformance(t);
  const { browser, page } = await begin(server);
  const answer = await press(browser, page, 'Refuser');
  assert.equal(answer.searchParams.get('error'), 'access_denied');
  const again = await begin(server, { response_mode: 'form_post' });
  const action = /<form method="post" action="([^"]+\/oui)">/.exec(again.page.text)?.[1] ?? '';
  const posted = await again.browser.open(new URL(action, again.page.url), { method: 'POST' });
  assert.match(posted.text, new RegExp(`<form[^>]+method="post"[^>]+action="${redirectUri}"`));
});

test('a program allows or denies what was asked by CIBA, in the query or in a form, once', async (t) => {
  const server = await startConformance(t);
  const issuer = new URL('/auth/realms/esante-wallet', server.urls.connect);
  const config = await client.discovery(issuer, cibaId, secret);
  const decide = (parameters: Record<string, string>, inForm: boolean) => {
    const url = new URL('/conformite/ciba', server.urls.wallet);
    if (inForm) return fetch(url, { method: 'POST', body: new URLSearchParams(parameters) });
    return fetch(`${url}?${new URLSearchParams(parameters)}`, { method: 'POST' });
  };
  const request = {
    scope: 'openid profile',
    login_hint: '899700999990',
    binding_message: '1234',
    acr_values: 'eidas2',
  };
  for (const inForm of [false, true]) {
    const asked = await client.initiateBackchannelAuthentication(config, request);
    const { auth_req_id } = asked;
    assert.equal((await decide({ auth_req_id, action: 'allow' }, inForm)).status, 204);
    assert.equal((await decide({ auth_req_id, action: 'deny' }, inForm)).status, 404);
    const tokens = await client.pollBackchannelAuthenticationGrant(config, asked);
    assert.equal(tokens.claims()?.acr, 'eidas2');
    const told = await client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '');
    assert.equal(told.name, 'Camille Essai');
  }
  const denied = await client.initiateBackchannelAuthentication(config, { ...request, binding_message: '' });
  await decide({ auth_req_id: denied.auth_req_id, action: 'deny' }, false);
  await assert.rejects(client.pollBackchannelAuthenticationGrant(config, denied), { error: 'access_denied' });
  assert.equal((await decide({ auth_req_id: 'nothing', action: 'allow' }, false)).status, 404);
  assert.equal((await decide({ auth_req_id: 'nothing', action: 'x' }, false)).status, 400);
  for (const [error, more] of [
    ['unknown_user_id', { login_hint: '810001234567' }],
    ['invalid_binding_message', { binding_message: 'https://somewhere.example/with/a/long/path' }],
  ] as const)
    await assert.rejects(client.initiateBackchannelAuthentication(config, { ...request, ...more }), {
      error,
    });
});
