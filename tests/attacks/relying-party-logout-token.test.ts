import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { type JWTPayload, SignJWT } from 'jose';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { startRelyingPartySite } from '../support/relying-party-site.ts';

const sub = 'f:uuid:899700000013';
const event = 'http://schemas.openid.net/event/backchannel-logout';

async function signIn(t: TestContext) {
  const { site, issuer, database, events } = await startRelyingPartySite(t);
  issuer.answer({ claims: { sub } });
  const browser = createCookieBrowser();
  await browser.open(new URL('/connexion/demarrer', site));
  const db = database.as<{ relying_party_session: { sid: string } }>();
  const { sid } = await db.selectFrom('relying_party_session').select('sid').executeTakeFirstOrThrow();
  const now = Math.floor(Date.now() / 1000);
  const payload: JWTPayload = {
    iss: issuer.url.href,
    aud: issuer.clientId,
    iat: now,
    exp: now + 120,
    jti: randomUUID(),
    sid,
    sub,
    events: { [event]: {} },
  };
  const post = (logout_token: string) =>
    fetch(new URL('/deconnexion/recue', site), {
      method: 'POST',
      body: new URLSearchParams({ logout_token }),
    });
  const isSignedIn = async () => (await browser.open(new URL('/accueil', site))).url.pathname === '/accueil';
  return { issuer, payload, post, isSignedIn, events, now };
}

test('a logout token of the issuer ends the session that its sid names', async (t) => {
  const { issuer, payload, post, isSignedIn, events } = await signIn(t);
  assert.ok(await isSignedIn());
  const answer = await post(await issuer.sign(payload));
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.ok(!(await isSignedIn()));
  assert.ok(events.some(({ name }) => name === 'relying_party.ended_by_issuer'));
});

test('a logout token without sid ends the sessions of its subject', async (t) => {
  const { issuer, payload, post, isSignedIn } = await signIn(t);
  const { sid: _, ...withoutSid } = payload;
  assert.equal((await post(await issuer.sign(withoutSid))).status, 200);
  assert.ok(!(await isSignedIn()));
});

test('a logout token works once', async (t) => {
  const { issuer, payload, post } = await signIn(t);
  const token = await issuer.sign({ ...payload, sid: 'another' });
  const statuses = (await Promise.all([post(token), post(token)])).map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, 400]);
});

test('what is not a logout token for this client ends nothing', async (t) => {
  const { issuer, payload, post, isSignedIn, now } = await signIn(t);
  const { sid: _sid, sub: _sub, ...nameless } = payload;
  const { jti: _jti, ...withoutJti } = payload;
  const { iat: _iat, ...withoutIat } = payload;
  const { events: _events, ...withoutEvents } = payload;
  const forged: Record<string, JWTPayload> = {
    'another audience': { ...payload, aud: 'other-client' },
    'another issuer': { ...payload, iss: 'https://mal.example' },
    'an ID token': { ...payload, nonce: 'n' },
    'another event': { ...payload, events: { 'urn:other': {} } },
    'an event that is not an object': { ...payload, events: { [event]: 'x' } },
    expired: { ...payload, iat: now - 600, exp: now - 500 },
    'without end, but old': { ...withoutIat, iat: now - 600, exp: now + 9999 },
    'from the future': { ...payload, iat: now + 600 },
    'no subject and no session': nameless,
    'no identifier': withoutJti,
    'no time': withoutIat,
    'no event': withoutEvents,
  };
  for (const [name, claims] of Object.entries(forged)) {
    assert.equal((await post(await issuer.sign(claims))).status, 400, name);
  }
  assert.ok(await isSignedIn());
});

test('a logout token by another key, by no key or by our secret ends nothing', async (t) => {
  const { issuer, payload, post, isSignedIn } = await signIn(t);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const header = { alg: 'RS256', kid: 'test' };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const tokens = [
    await new SignJWT(payload).setProtectedHeader(header).sign(privateKey),
    `${encode({ alg: 'none' })}.${encode(payload)}.`,
    await new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(issuer.clientSecret)),
    'not a token',
    '',
  ];
  for (const token of tokens) assert.equal((await post(token)).status, 400);
  assert.ok(await isSignedIn());
});

test('a logout that cannot be verified for want of keys is not confirmed', async (t) => {
  const { issuer, payload, post } = await signIn(t);
  const token = await issuer.sign(payload);
  await issuer.stop();
  assert.equal((await post(token)).status, 503);
});
