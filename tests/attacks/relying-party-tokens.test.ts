import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { exportSPKI, importJWK, type JWTPayload } from 'jose';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { type ForgingIssuer, startForgingIssuer, victim } from '../support/forging-issuer.ts';
import { type RelyingPartySite, startRelyingPartyOf } from '../support/relying-party-site.ts';

type Site = RelyingPartySite<ForgingIssuer>;

const start = (t: TestContext): Promise<Site> => startRelyingPartyOf(t, startForgingIssuer);
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Whether a new browser comes to the pages for people who are signed in. */
async function signsIn({ site }: Site): Promise<boolean> {
  const browser = createCookieBrowser();
  const end = await browser.open(new URL('/connexion/demarrer', site));
  if (end.url.pathname === '/accueil') return true;
  assert.ok(end.status >= 400 && end.status < 600, `${end.status} ${end.url}`);
  assert.equal((await browser.open(new URL('/accueil', site))).url.pathname, '/entrer');
  return false;
}

function hmacToken(claims: JWTPayload, secret: string | Buffer, header: object = {}): string {
  const signed = `${encode({ alg: 'HS256', kid: 'own', ...header })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

test('what the issuer says as it should signs in', async (t) => {
  assert.ok(await signsIn(await start(t)));
});

test('an ID token without a signature, by our secret, by its public key or by a stranger signs nobody in', async (t) => {
  const site = await start(t);
  const { issuer } = site;
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const strangerJwk = stranger.publicKey.export({ format: 'jwk' });
  const pem = await exportSPKI((await importJWK(issuer.publicJwk, 'RS256')) as CryptoKey);
  const altered = async (claims: JWTPayload) => {
    const [head = '', , signature = ''] = (await issuer.sign(claims)).split('.');
    return `${head}.${encode({ ...claims, acr: 'eidas2' })}.${signature}`;
  };
  const forgeries: Record<string, (claims: JWTPayload) => Promise<string> | string> = {
    'alg none': (claims) => `${encode({ alg: 'none' })}.${encode(claims)}.`,
    'alg None': (claims) => `${encode({ alg: 'None' })}.${encode(claims)}.`,
    'no signature': (claims) => `${encode({ alg: 'RS256', kid: 'own' })}.${encode(claims)}.`,
    'our secret': (claims) => hmacToken(claims, issuer.clientSecret),
    'its public key in PEM': (claims) => hmacToken(claims, pem),
    'its public key in JSON': (claims) => hmacToken(claims, JSON.stringify(issuer.publicJwk)),
    'a stranger under its kid': (claims) => issuer.sign(claims, {}, stranger.privateKey),
    'a stranger who brings a key': (claims) => issuer.sign(claims, { jwk: strangerJwk }, stranger.privateKey),
    'a stranger who names a list of keys': (claims) =>
      issuer.sign(claims, { jku: 'http://evil.example/jwks' }, stranger.privateKey),
    'a kid that nobody has': (claims) => issuer.sign(claims, { kid: '../../dev/null' }),
    'claims that were altered': altered,
    'no token': () => 'x',
    'two dots': () => '..',
  };
  for (const [what, forge] of Object.entries(forgeries)) {
    issuer.forgeIdToken(forge);
    assert.equal(await signsIn(site), false, what);
  }
});

test('an ID token that was made for another time, service, request or issuer signs nobody in', async (t) => {
  const site = await start(t);
  const { issuer } = site;
  const now = Math.floor(Date.now() / 1000);
  const forgeries: Record<string, Record<string, unknown>> = {
    'another issuer': { iss: 'https://evil.example/realm' },
    'the issuer, nearly': { iss: `${issuer.url.href}/` },
    'another service': { aud: 'another' },
    'several services, for another': { aud: [issuer.clientId, 'another'], azp: 'another' },
    'run out': { iat: now - 7200, exp: now - 3600 },
    'no end': { exp: undefined },
    'not begun': { nbf: now + 3600 },
    'no nonce': { nonce: undefined },
    'another nonce': { nonce: 'another' },
    nobody: { sub: undefined },
  };
  for (const [what, claims] of Object.entries(forgeries)) {
    issuer.forgeIdToken((right) => issuer.sign({ ...right, ...claims } as JWTPayload));
    assert.equal(await signsIn(site), false, what);
  }
});

test('userinfo about somebody else, or in a token that proves nothing, signs nobody in', async (t) => {
  const site = await start(t);
  const { issuer } = site;
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const json = (claims: object) => ({ contentType: 'application/json', body: JSON.stringify(claims) });
  const jwt = (body: string) => ({ contentType: 'application/jwt', body });
  const claims = { sub: victim, iss: issuer.url.href, aud: issuer.clientId, SubjectNameID: '899700000021' };
  const forgeries = {
    'somebody else': json({ ...claims, sub: 'f:uuid:899700000021' }),
    nobody: json({ SubjectNameID: '899700000013' }),
    'a list': json([claims]),
    'alg none': jwt(`${encode({ alg: 'none' })}.${encode(claims)}.`),
    'our secret': jwt(hmacToken(claims, issuer.clientSecret)),
    'a stranger': jwt(await issuer.sign(claims, {}, stranger.privateKey)),
  };
  for (const algorithms of [undefined, ['RS256']]) {
    const other = await start(t);
    if (algorithms) other.issuer.describe({ userinfo_signing_alg_values_supported: algorithms });
    for (const [what, answer] of Object.entries(forgeries)) {
      other.issuer.forgeUserinfo(() => answer);
      assert.equal(await signsIn(other), false, `${what} ${algorithms}`);
    }
  }
});

test('an issuer that describes itself as another is not believed', async (t) => {
  const site = await start(t);
  site.issuer.describe({ issuer: 'https://evil.example/realm' });
  assert.equal(await signsIn(site), false);
});
