import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { type BrowserContext, chromium } from 'playwright-core';
import type { StoredCredential } from '#ecps-phone';
import { findChromium } from '../../tools/find-chromium.ts';
import { chromiumFlags, sizes } from './browser.ts';
import type { PhoneStorage } from './thief.ts';

/** A browser whose profile lies in `directory`, as a person's does. */
export async function openProfile(directory: string): Promise<BrowserContext> {
  const { path, libraries } = await findChromium();
  const env = libraries ? { ...process.env, LD_LIBRARY_PATH: libraries } : process.env;
  const context = await chromium.launchPersistentContext(directory, {
    executablePath: path,
    args: [...chromiumFlags],
    env: env as Record<string, string>,
    viewport: sizes.phone,
    locale: 'fr-FR',
  });
  context.setDefaultTimeout(30_000);
  return context;
}

/** PKCS #8 of a P-256 key up to its 32 bytes (RFC 5958, RFC 5915): how WebCrypto keys lie in IndexedDB. */
const keyPrefix = Buffer.from(
  '308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420',
  'hex',
);
const keyBytes = 138;

/** K_dev and the credential, read from the bytes of a profile: no key store guards them. */
export function readPhoneStorage(profile: Buffer): PhoneStorage {
  return { device: readDevice(profile), credential: readCredential(profile) };
}

function readDevice(profile: Buffer): PhoneStorage['device'] {
  const at = profile.indexOf(keyPrefix);
  assert.ok(at >= 0, 'the profile holds a private key');
  const key = createPrivateKey({ key: profile.subarray(at, at + keyBytes), format: 'der', type: 'pkcs8' });
  const { kty, crv, x, y } = createPublicKey(key).export({ format: 'jwk' });
  const publicKey = { kty, crv, x, y } as PhoneStorage['device']['publicKey'];
  return { publicKey, privateKey: key.export({ format: 'jwk' }) };
}

/** Members of a structured clone: `"`, length, name, then a value. */
function readCredential(profile: Buffer): StoredCredential {
  const at = profile.lastIndexOf(textOf('credential'));
  const clone = profile.subarray(at);
  const text = (name: string) => readText(clone, name);
  const key = { kty: 'EC', crv: 'P-256', x: text('x'), y: text('y') } as const;
  const bound = { id: text('id'), fingerprint: text('fingerprint'), authSpki: text('authSpki') };
  const box = {
    salt: text('salt'),
    iv: text('iv'),
    box: text('box'),
    iterations: readNumber(clone, 'iterations'),
  };
  const nationalId = { kind: 'rpps', value: text('value') } as const;
  const names = { givenName: text('givenName'), familyName: text('familyName') };
  return {
    ...bound,
    ...box,
    ...names,
    nationalId,
    deviceThumbprint: text('deviceThumbprint'),
    authPublicKey: key,
  };
}

const textOf = (text: string) => Buffer.concat([Buffer.from([0x22, text.length]), Buffer.from(text)]);

function readVarint(bytes: Buffer, from: number): { value: number; end: number } {
  let value = 0;
  for (let at = from, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, end: at + 1 };
  }
}

function readText(clone: Buffer, name: string): string {
  const at = clone.indexOf(Buffer.concat([textOf(name), Buffer.from('"')]));
  assert.ok(at >= 0, `the profile holds ${name}`);
  const { value, end } = readVarint(clone, at + name.length + 3);
  return clone.toString('latin1', end, end + value);
}

/** Whole numbers are zigzag. */
function readNumber(clone: Buffer, name: string): number {
  const at = clone.indexOf(Buffer.concat([textOf(name), Buffer.from('I')]));
  assert.ok(at >= 0, `the profile holds ${name}`);
  return readVarint(clone, at + name.length + 3).value / 2;
}
