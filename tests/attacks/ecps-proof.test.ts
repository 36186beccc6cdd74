import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { createDeviceKey, type DeviceKey } from '#ecps-phone';
import { type JwsType, signJws } from '../../src/authenticator/phone/jws.ts';
import { type EcpsSite, nurse, openEcpsSite } from '../support/ecps-site.ts';
import { openPhone } from '../support/test-phone.ts';

interface Forgery {
  method?: string;
  path?: string;
  body?: string;
  /** What the proof says, where it differs from the request. */
  payload?: Record<string, unknown>;
  typ?: string;
  kid?: string;
  key?: CryptoKey;
  proof?: (jws: string) => string | undefined;
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
let serial = 0;

/** One call whose proof says what the attacker likes. */
async function send(site: EcpsSite, device: DeviceKey, nonce: string, forgery: Forgery = {}) {
  const { method = 'GET', path = '/api/enrolments', body = '' } = forgery;
  const url = new URL(path, site.url).href;
  const payload = {
    htm: method,
    htu: url,
    bth: digest(body),
    nonce,
    jti: `forged-call-${serial++}-0000`,
    ...forgery.payload,
  };
  const header = { typ: (forgery.typ ?? 'ecps-proof+jwt') as JwsType, kid: forgery.kid ?? device.thumbprint };
  const jws = await signJws(forgery.key ?? device.privateKey, header, payload);
  const proof = forgery.proof ? forgery.proof(jws) : jws;
  const response = await fetch(url, {
    method,
    headers: proof === undefined ? {} : { 'E-CPS-Proof': proof },
    ...(body && { body }),
  });
  const { code } = (await response.json().catch(() => ({}))) as { code?: string };
  return { status: response.status, code, nonce: response.headers.get('e-cps-nonce') };
}

async function known(site: EcpsSite) {
  const { device, requestEnrolment } = await openPhone(site);
  await requestEnrolment(nurse.nationalId.value, 'fr');
  const { nonce } = await send(site, device, '');
  return { device, nonce: nonce ?? '' };
}

test('a call without a proof of this very request is refused', async (t) => {
  const site = await openEcpsSite(t);
  const { device, nonce } = await known(site);
  assert.equal((await send(site, device, nonce)).status, 200);
  const other = await createDeviceKey();
  const [header = ''] = (await signJws(device.privateKey, { typ: 'ecps-proof+jwt', kid: 'x' }, {})).split(
    '.',
  );
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'ecps-proof+jwt', kid: device.thumbprint }));
  const forgeries: Record<string, Forgery> = {
    'no proof': { proof: () => undefined },
    'no token': { proof: () => 'proof' },
    'another key': { key: other.privateKey },
    'another type': { typ: 'ecps-approval+jwt' },
    'another method': { payload: { htm: 'POST' } },
    'another address': { payload: { htu: new URL('/api/credentials', site.url).href } },
    'another query': {
      path: '/api/enrolments?a=1',
      payload: { htu: new URL('/api/enrolments', site.url).href },
    },
    'another host': { payload: { htu: 'https://app.example/api/enrolments' } },
    'another body': { payload: { bth: digest('{}') } },
    'no jti': { payload: { jti: undefined } },
    'a changed signature': { proof: (jws) => `${jws.slice(0, -4)}AAAA` },
    'another header': { proof: (jws) => jws.replace(/^[^.]+/, header) },
    'no algorithm': { proof: (jws) => `${none.toString('base64url')}.${jws.split('.')[1]}.` },
    'a fourth part': { proof: (jws) => `${jws}.AAAA` },
  };
  for (const [name, forgery] of Object.entries(forgeries)) {
    const answer = await send(site, device, nonce, forgery);
    assert.equal(answer.status, 401, name);
    assert.ok(answer.code === 'proof.invalid' || answer.code === 'device.unknown', `${name}: ${answer.code}`);
  }
});

test('an HMAC under the public key is no signature', async (t) => {
  const site = await openEcpsSite(t);
  const { device, nonce } = await known(site);
  const header = { alg: 'HS256', typ: 'ecps-proof+jwt', kid: device.thumbprint };
  const forged = (jws: string) => {
    const encoded = Buffer.from(JSON.stringify(header)).toString('base64url');
    const signed = `${encoded}.${jws.split('.')[1]}`;
    const mac = createHmac('sha256', JSON.stringify(device.publicKey)).update(signed).digest('base64url');
    return `${signed}.${mac}`;
  };
  assert.equal((await send(site, device, nonce, { proof: forged })).code, 'proof.invalid');
});

test('a nonce is good for one phone and a minute', async (t) => {
  const site = await openEcpsSite(t);
  const [one, two] = [await known(site), await known(site)];
  assert.equal((await send(site, one.device, two.nonce)).code, 'proof.nonce');
  for (const nonce of ['', 'x', '0.0', `${one.nonce}x`])
    assert.equal((await send(site, one.device, nonce)).code, 'proof.nonce');
  site.clock.setAhead(59_000);
  assert.equal((await send(site, one.device, one.nonce)).status, 200);
  site.clock.setAhead(60_000);
  const late = await send(site, one.device, one.nonce);
  assert.equal(late.code, 'proof.nonce');
  assert.equal((await send(site, one.device, late.nonce ?? '')).status, 200);
});

test('a key that is brought along must be the one that signs', async (t) => {
  const site = await openEcpsSite(t);
  const { device, nonce } = await known(site);
  const other = await createDeviceKey();
  const body = JSON.stringify({ rpps: nurse.nationalId.value, locale: 'fr', deviceKey: other.publicKey });
  const forgery = { method: 'POST', body };
  assert.equal((await send(site, device, nonce, forgery)).code, 'proof.invalid');
  const foreignKid = { ...forgery, kid: other.thumbprint };
  assert.equal((await send(site, device, nonce, foreignKid)).code, 'proof.invalid');
  const underHerName = { ...forgery, key: other.privateKey };
  assert.equal((await send(site, device, nonce, underHerName)).code, 'proof.invalid');
});

test('a key that is no point of the curve is refused', async (t) => {
  const site = await openEcpsSite(t);
  const { device } = await known(site);
  const deviceKey = { ...device.publicKey, y: device.publicKey.x };
  const kid = digest(JSON.stringify({ crv: 'P-256', kty: 'EC', x: deviceKey.x, y: deviceKey.y }));
  const body = JSON.stringify({ rpps: nurse.nationalId.value, locale: 'fr', deviceKey });
  const answer = await send(site, device, '', { method: 'POST', body, kid });
  assert.equal(answer.code, 'proof.invalid');
});

test('a phone reaches nothing of another one', async (t) => {
  const site = await openEcpsSite(t);
  const [hers, stranger] = [await openPhone(site), await openPhone(site)];
  const { id } = await hers.requestEnrolment(nurse.nationalId.value, 'fr');
  await stranger.requestEnrolment(nurse.nationalId.value, 'fr');
  const steps = [
    () => stranger.sendMailAgain(id),
    () => stranger.sendCode(id),
    () => stranger.tryCode(id, '000000'),
    () => stranger.askConsentAgain(id),
    () => stranger.cancelEnrolment(id),
    () =>
      stranger.activate(
        { id, nationalId: { kind: 'rpps', value: nurse.nationalId.value } },
        'mot de passe x',
      ),
  ];
  for (const step of steps) await assert.rejects(step(), { code: 'enrolment.unknown' });
});
