import assert from 'node:assert/strict';
import { cp, glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  createPhone,
  importDeviceKey,
  type Phone,
  readActivationToken,
  type StoredCredential,
} from '#ecps-phone';
import { createKeyBoxes } from '../../src/authenticator/key-box.ts';
import { exportPublicKey } from '../../src/authenticator/phone/device-key.ts';
import type { PublicKeyJwk } from '../../src/authenticator/wire.ts';
import { activationLink, type Person, smsCode } from './app-walk.ts';
import { type Ending, temporaryDirectory } from './databases.ts';
import type { TestServer } from './start-test-server.ts';

export const password = 'une tisane de thym';

/** All that a phone keeps: WebCrypto keys lie in clear in a browser's profile. */
export interface PhoneStorage {
  device: { publicKey: PublicKeyJwk; privateKey: JsonWebKey };
  credential: StoredCredential;
}

/** Few for a test that does not weigh them; the app's own number unless told. */
export interface Stretching {
  iterations?: number;
}

/** The app's protocol, by whoever has the storage. */
export async function usePhone(
  server: TestServer,
  device: PhoneStorage['device'],
  stretching: Stretching = {},
): Promise<Phone> {
  const baseUrl = new URL(server.urls.app);
  return createPhone({ baseUrl, device: await importDeviceKey(device), ...stretching });
}

async function createReadableDevice(): Promise<PhoneStorage['device']> {
  const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const privateKey = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { publicKey: await exportPublicKey(pair.publicKey), privateKey };
}

export interface BegunActivation {
  device: PhoneStorage['device'];
  phone: Phone;
  enrolmentId: string;
  code: string;
}

/** Up to the code of the SMS, which is not typed yet. */
export async function beginActivation(
  server: TestServer,
  { rpps, email, phone: mobile }: Person,
  stretching: Stretching = {},
): Promise<BegunActivation> {
  const device = await createReadableDevice();
  const phone = await usePhone(server, device, stretching);
  const { id } = await phone.requestEnrolment(rpps, 'fr');
  const token = readActivationToken(await activationLink(server, email), new URL(server.urls.app));
  assert.ok(token);
  await phone.redeem(token);
  await phone.sendCode(id);
  return { device, phone, enrolmentId: id, code: await smsCode(server, mobile) };
}

/** The guide's activation, by mail and SMS, on a phone that will be stolen. */
export async function activatePhone(
  server: TestServer,
  person: Person,
  stretching: Stretching = {},
): Promise<PhoneStorage> {
  const { device, phone, enrolmentId, code } = await beginActivation(server, person, stretching);
  const { stored } = await phone.activate(await phone.tryCode(enrolmentId, code), password);
  return { device, credential: stored };
}

/** *State* with its log and index as they lie on the disk while the server runs, without the secrets. */
export async function copyDatabase(t: Ending, { dataDir }: TestServer): Promise<string> {
  const copy = await temporaryDirectory(t);
  for await (const file of glob('*.sqlite{,-wal,-shm}', { cwd: dataDir }))
    await cp(join(dataDir, file), join(copy, file));
  return copy;
}

/** Every file below a directory, one after another. */
export async function readBytes(directory: string): Promise<Buffer> {
  const files = await Array.fromAsync(glob('**', { cwd: directory, withFileTypes: true }));
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return Buffer.concat(await Promise.all(paths.map((path) => readFile(path))));
}

/** A secret as it may lie in a file: its bytes, hex, both kinds of base64; a text also as UTF-16. */
export function formsOf(secret: string | Uint8Array): Buffer[] {
  const bytes = Buffer.from(secret);
  const encoded = (['hex', 'base64', 'base64url'] as const).map((name) => Buffer.from(bytes.toString(name)));
  return [bytes, ...encoded, ...(typeof secret === 'string' ? [Buffer.from(secret, 'utf16le')] : [])];
}

export const lies = (secret: string | Uint8Array, bytes: Buffer): boolean =>
  formsOf(secret).some((form) => bytes.includes(form));

export interface KeyRow {
  id: string;
  fingerprint: string;
  key_box: string;
}

/** What a stolen copy of *state* holds of one e-CPS. */
export function readKeyRow(copy: string, credentialId: string): KeyRow {
  const database = new DatabaseSync(join(copy, 'state.sqlite'), { readOnly: true });
  const text = 'select id, fingerprint, key_box from authenticator_credential where id = ?';
  const row = database.prepare(text).get(credentialId);
  database.close();
  assert.ok(row, 'the copy holds the e-CPS');
  return row as unknown as KeyRow;
}

/** `k`, by whoever has the secrets too. */
export async function openKey({ dataDir }: TestServer, row: KeyRow): Promise<Uint8Array> {
  const { wrappingKey } = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as {
    wrappingKey: string;
  };
  const owner = { credentialId: row.id, fingerprint: row.fingerprint };
  const key = createKeyBoxes(wrappingKey).open(row.key_box, owner);
  assert.ok(key, 'the secrets open the box');
  return key;
}
