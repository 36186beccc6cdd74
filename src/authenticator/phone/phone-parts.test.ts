import assert from 'node:assert/strict';
import { test } from 'node:test';
import { p256_oprf } from '@noble/curves/nist.js';
import { readActivationToken, readRpps } from './activation-link.ts';
import { fromBase64Url, toBase64Url, utf8 } from './base64url.ts';
import { createAuthKey, openBox, type StoredCredential, sealBox, WrongPassword } from './box.ts';
import { createDeviceKey, thumbprintOf } from './device-key.ts';
import { blindPassword, finalizePassword } from './password-oprf.ts';
import { passwordFault } from './password-rules.ts';

const appUrl = 'https://app.example';
const token = `m.enr_${'a'.repeat(32)}.${'b'.repeat(43)}`;

test('a thumbprint is that of RFC 7638', async () => {
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  } as const;
  const text = `{"crv":"P-256","kty":"EC","x":"${jwk.x}","y":"${jwk.y}"}`;
  const digest = await crypto.subtle.digest('SHA-256', utf8(text));
  assert.equal(await thumbprintOf(jwk), toBase64Url(new Uint8Array(digest)));
});

test('the private half of K_dev cannot be read', async () => {
  const { privateKey } = await createDeviceKey();
  await assert.rejects(crypto.subtle.exportKey('jwk', privateKey), { name: 'InvalidAccessError' });
});

test('blind and finalize give the OPRF of RFC 9497, appendix A.3.1', () => {
  const secretKey = Buffer.from('159749d750713afe245d2d39ccfaae8381c53ce92d098a9375ee70739c7ac0bf', 'hex');
  const input = Buffer.from('00', 'hex');
  const blind = Buffer.from('3338fa65ec36e0290022b48eb562889d89dbfa691d1cde91517fa222ed7ad364', 'hex');
  const blinded = Buffer.from('03723a1e5c09b8b9c18d1dcbca29e8007e95f14f4732d9346d490ffc195110368d', 'hex');
  const evaluated = Buffer.from('030de02ffec47a1fd53efcdd1c6faf5bdc270912b8749e783c7ca75bb412958832', 'hex');
  const output = 'a0b34de5fa4c5b6da07e72af73cc507cceeb48981b97b7285fc375345fe495dd';
  assert.equal(
    Buffer.from(p256_oprf.oprf.blindEvaluate(secretKey, blinded)).toString('hex'),
    evaluated.toString('hex'),
  );
  const rwd = finalizePassword({ input, blind, blinded: '' }, evaluated.toString('base64url'));
  assert.equal(Buffer.from(rwd).toString('hex'), output);
});

test('the same password in another Unicode form is the same', () => {
  const { secretKey } = p256_oprf.oprf.generateKeyPair();
  const evaluate = (password: string) => {
    const blinded = blindPassword(password);
    const answer = p256_oprf.oprf.blindEvaluate(secretKey, fromBase64Url(blinded.blinded));
    return toBase64Url(finalizePassword(blinded, toBase64Url(answer)));
  };
  assert.equal(evaluate('caf\u00e9 du matin'), evaluate('cafe\u0301 du matin'));
  assert.notEqual(evaluate('café du matin'), evaluate('cafe du matin'));
});

async function sealed() {
  const authKey = await createAuthKey();
  const bound = { id: 'crd_1', deviceThumbprint: 'device', authSpki: authKey.spki };
  const rwd = crypto.getRandomValues(new Uint8Array(32));
  const box = await sealBox(authKey.privateKey, rwd, bound, 10);
  const credential: StoredCredential = {
    ...bound,
    ...box,
    nationalId: { kind: 'rpps', value: '99700012042' },
    givenName: 'Claire',
    familyName: 'Fontaine',
    fingerprint: 'f',
    authPublicKey: authKey.publicKey,
  };
  return { authKey, rwd, credential };
}

test('a box opens with what sealed it, and the key in it signs', async () => {
  const { authKey, rwd, credential } = await sealed();
  const key = await openBox(credential, rwd);
  const ecdsa = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(ecdsa, key, utf8('text'));
  const spki = await crypto.subtle.importKey(
    'jwk',
    { ...authKey.publicKey },
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify'],
  );
  assert.equal(await crypto.subtle.verify(ecdsa, spki, signature, utf8('text')), true);
  await assert.rejects(crypto.subtle.exportKey('pkcs8', key), { name: 'InvalidAccessError' });
});

test('a box opens for no other password, credential, phone, key or bytes', async () => {
  const { rwd, credential } = await sealed();
  const other = crypto.getRandomValues(new Uint8Array(32));
  const changes: Partial<StoredCredential>[] = [
    { id: 'crd_2' },
    { deviceThumbprint: 'other' },
    { authSpki: 'other' },
    { iterations: 11 },
    { box: toBase64Url(fromBase64Url(credential.box).map((byte) => byte ^ 1)) },
  ];
  await assert.rejects(openBox(credential, other), WrongPassword);
  for (const change of changes)
    await assert.rejects(openBox({ ...credential, ...change }, rwd), WrongPassword);
});

test('an activation token is read from an address of the app alone', () => {
  assert.equal(readActivationToken(`${appUrl}/activation#${token}`, appUrl), token);
  assert.equal(readActivationToken(`  ${appUrl}/activation#${token}&monde=1\n`, appUrl), token);
  for (const text of [
    '',
    token,
    `https://other.example/activation#${token}`,
    `${appUrl}/#${token}`,
    `${appUrl}/activation#court`,
    `${appUrl}/activation?${token}`,
  ])
    assert.equal(readActivationToken(text, appUrl), undefined);
});

test('the number of a request stands in the fragment', () => {
  assert.equal(readRpps(`${appUrl}/#rpps=99700012042`, appUrl), '99700012042');
  assert.equal(readRpps(`${appUrl}/#rpps=9970001204`, appUrl), undefined);
  assert.equal(readRpps(`https://other.example/#rpps=99700012042`, appUrl), undefined);
});

test('a password is refused for its length, or because everybody tries it first', () => {
  assert.equal(passwordFault('tisane7'), 'too_short');
  assert.equal(passwordFault('é'.repeat(64)), 'common');
  assert.equal(passwordFault(`tisane ${'de thym '.repeat(8)}`), 'too_long');
  for (const common of [
    'password1',
    'Azerty123',
    'MOTDEPASSE',
    '12345678',
    'aaaaaaaaaa',
    'Infirmière1',
    'e-CPS 2026',
  ])
    assert.equal(passwordFault(common), 'common', common);
  assert.equal(passwordFault('Fontaine12', ['Claire', 'Fontaine']), 'common');
  assert.equal(passwordFault('99700012042', ['99700012042']), 'common');
  for (const good of [
    'hygie-sandbox-1',
    'une tisane de thym',
    'infirmière à Lorient depuis 1998',
    '日本語のパスワード',
  ])
    assert.equal(passwordFault(good), undefined, good);
});
