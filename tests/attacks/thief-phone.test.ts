import assert from 'node:assert/strict';
import { test } from 'node:test';
import { p256_oprf } from '@noble/curves/nist.js';
import { importDeviceKey, PasswordRefused, type Phone, type StoredCredential } from '#ecps-phone';
import { createKeyBoxes } from '../../src/authenticator/key-box.ts';
import { approvalPayload } from '../../src/authenticator/phone/approval-payload.ts';
import { signJws } from '../../src/authenticator/phone/jws.ts';
import { createSignedCalls } from '../../src/authenticator/phone/signed-calls.ts';
import type { ApprovalReceipt } from '../../src/authenticator/wire.ts';
import { findPerson, type Person } from '../support/app-walk.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { askPhone, waitForPhone } from '../support/ecps-walk.ts';
import { headingOf, openChoice, textOf } from '../support/http-walk.ts';
import { computeRwd, guessOffline } from '../support/offline-guess.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { assertRefused } from '../support/test-phone.ts';
import {
  activatePhone,
  copyDatabase,
  lies,
  openKey,
  type PhoneStorage,
  password,
  readBytes,
  readKeyRow,
  type Stretching,
  usePhone,
} from '../support/thief.ts';

const hourMs = 3_600_000;
const few = { iterations: 1000 };

/** An e-CPS on a phone that was activated by the guide, and its storage as bytes. */
async function setScene(server: TestServer, stretching: Stretching = few) {
  await server.api('POST', '/api/reset');
  const person = await findPerson(server, 'infirmier-rpps');
  const storage = await activatePhone(server, person, stretching);
  return { person, storage, bytes: Buffer.from(JSON.stringify(storage)) };
}

/** Somebody begins a sign-in with her number, in a browser of their own. */
async function askHerPhone(server: TestServer, { rpps }: Person) {
  const browser = createCookieBrowser();
  const waiting = await askPhone(browser, await openChoice(browser, server.urls), rpps);
  return { browser, waiting, number: Number(textOf(waiting, 'number')) };
}

/** The last question. */
async function shownTo(phone: Phone) {
  const approval = (await phone.watch({ waitSeconds: 0 })).approvals.at(-1);
  assert.ok(approval, 'the phone is asked');
  return approval;
}

/** A guess in a question that the phone asks itself, which needs K_dev. */
const guess = (phone: Phone, stored: StoredCredential, typed: string) =>
  phone.changePassword(stored, { password: typed, newPassword: typed });

const advance = (server: TestServer, advanceMs: number) =>
  server.api('POST', '/api/clock', { advanceMs, tokens: true });

test('who has the phone’s storage', async (t) => {
  const server = await startTestServer(t);

  await t.test('finds neither password, k, rwd nor K_auth in it', async (inner) => {
    const { storage, bytes } = await setScene(server);
    const k = await openKey(server, readKeyRow(await copyDatabase(inner, server), storage.credential.id));
    const rwd = computeRwd(password, k);
    const authKey = await guessOffline(storage.credential, rwd);
    assert.ok(authKey, 'the right password opens the box with k');
    const { d = '' } = await crypto.subtle.exportKey('jwk', authKey);
    for (const secret of [password, k, rwd, Buffer.from(d, 'base64url')])
      assert.equal(lies(secret, bytes), false);
  });

  await t.test('cannot tell the right password from a wrong one without the server', async () => {
    const { storage } = await setScene(server);
    const own = p256_oprf.oprf.generateKeyPair().secretKey;
    const withoutKey = new Uint8Array(Buffer.from(password.padEnd(32)));
    for (const rwd of [computeRwd(password, own), withoutKey])
      assert.equal(await guessOffline(storage.credential, rwd), undefined);
  });

  await t.test('guesses online only: counted before the answer, shown to the owner afterwards', async () => {
    const { person, storage } = await setScene(server);
    const [owner, thief] = [
      await usePhone(server, storage.device, few),
      await usePhone(server, storage.device, few),
    ];
    await askHerPhone(server, person);
    const asked = await shownTo(thief);
    for (const failures of [1, 2]) {
      const refused = await thief
        .approve(storage.credential, asked, { number: 0, password: `essai ${failures}` })
        .catch((error: unknown) => error);
      assert.ok(refused instanceof PasswordRefused);
      assert.equal(refused.password.failures, failures);
    }
    const { browser, waiting, number } = await askHerPhone(server, person);
    const receipt = await owner.approve(storage.credential, await shownTo(owner), { number, password });
    assert.deepEqual(receipt, { status: 'approved', failuresBefore: 2 });
    assert.match(headingOf(await waitForPhone(browser, waiting)), /lieux d.exercice/i);
  });

  await t.test('cannot guess outside a question that is open', async () => {
    const { person, storage } = await setScene(server);
    const thief = await usePhone(server, storage.device, few);
    await askHerPhone(server, person);
    const asked = await shownTo(thief);
    await advance(server, 121_000);
    for (const typed of ['un essai', password]) {
      const answer = thief.approve(storage.credential, asked, { number: 0, password: typed });
      await assertRefused(answer, 'approval.ended');
    }
    assert.equal((await thief.listCredentials())[0]?.password.failures, 0);
  });

  await t.test('has nine guesses in a row, pauses between, and then nothing', async () => {
    const { storage } = await setScene(server);
    const thief = await usePhone(server, storage.device, few);
    const pauses = { 3: 900_000, 6: 24 * hourMs } as Record<number, number>;
    for (let tried = 1; tried <= 9; tried++) {
      await assert.rejects(guess(thief, storage.credential, `essai ${tried}`), PasswordRefused);
      const pause = pauses[tried];
      if (!pause) continue;
      await assertRefused(guess(thief, storage.credential, password), 'credential.locked');
      await advance(server, pause);
    }
    assert.deepEqual(await thief.listCredentials(), []);
    await assertRefused(guess(thief, storage.credential, password), 'credential.gone');
  });

  await t.test('has fifty guesses in all, however often the owner succeeds between', async () => {
    const { storage } = await setScene(server);
    const phone = await usePhone(server, storage.device, few);
    for (let guessed = 1; guessed <= 50; guessed++) {
      await assert.rejects(guess(phone, storage.credential, 'un essai'), PasswordRefused);
      // Eight in a row would be one too few to destroy.
      if (guessed % 8 === 0)
        await phone.changePassword(storage.credential, { password, newPassword: password });
      else if ((guessed % 8) % 3 === 0) await advance(server, 24 * hourMs);
    }
    assert.deepEqual(await phone.listCredentials(), []);
  });

  await t.test('keeps the old password of a copy: only a new activation ends what was copied', async () => {
    const { person, storage } = await setScene(server);
    const phone = await usePhone(server, storage.device, few);
    await phone.changePassword(storage.credential, { password, newPassword: 'un bol de soupe' });
    await askHerPhone(server, person);
    const copy = await usePhone(server, storage.device, few);
    const asked = await shownTo(copy);
    await copy.approve(storage.credential, asked, { number: asked.numbers?.[0] ?? 0, password });
    await phone.deactivate(storage.credential.id);
    await assertRefused(guess(copy, storage.credential, password), 'credential.gone');
  });

  await t.test('and the database gets no more: nothing in it evaluates a password', async (inner) => {
    const { storage } = await setScene(server);
    const copy = await copyDatabase(inner, server);
    const row = readKeyRow(copy, storage.credential.id);
    assert.equal(lies(await openKey(server, row), await readBytes(copy)), false);
    const owner = { credentialId: row.id, fingerprint: row.fingerprint };
    const otherKey = Buffer.alloc(32, 1).toString('base64url');
    assert.equal(createKeyBoxes(otherKey).open(row.key_box, owner), undefined);
    for (const key of scalarsIn(row.key_box)) {
      const rwd = computeRwd(password, key);
      assert.equal(await guessOffline(storage.credential, rwd), undefined);
    }
  });

  await t.test(
    'and the database and the secrets guesses offline, at the app’s PBKDF2 cost',
    async (inner) => {
      const { person, storage } = await setScene(server, {});
      assert.equal(storage.credential.iterations, 310_000);
      const k = await openKey(server, readKeyRow(await copyDatabase(inner, server), storage.credential.id));
      const list = ['123456', 'motdepasse', password, 'jamais essayé'];
      const found = await firstOpened(storage.credential, list, k);
      assert.equal(found?.password, password);
      assert.ok(found);
      const { waiting, number, browser } = await askHerPhone(server, person);
      const receipt = await approveWith(server, storage, found.authKey, number);
      assert.deepEqual(receipt, { status: 'approved', failuresBefore: 0 });
      assert.match(headingOf(await waitForPhone(browser, waiting)), /lieux d.exercice/i);
    },
  );
});

/** Every 32 bytes of the sealed key that could be a scalar, and none that is drawn. */
function scalarsIn(box: string): Uint8Array[] {
  const bytes = new Uint8Array(Buffer.from(box, 'base64url'));
  return Array.from({ length: bytes.length - 31 }, (_, at) => bytes.slice(at, at + 32)).filter(isScalar);
}

function isScalar(bytes: Uint8Array): boolean {
  try {
    return computeRwd('any', bytes).length === 32;
  } catch {
    return false;
  }
}

async function firstOpened(credential: StoredCredential, list: readonly string[], key: Uint8Array) {
  for (const typed of list) {
    const authKey = await guessOffline(credential, computeRwd(typed, key));
    if (authKey) return { password: typed, authKey };
  }
  return undefined;
}

/** What the phone sends once its box is open: nothing is evaluated, nothing is counted. */
async function approveWith(
  server: TestServer,
  { device, credential }: PhoneStorage,
  authKey: CryptoKey,
  number: number,
): Promise<ApprovalReceipt> {
  const asked = await shownTo(await usePhone(server, device));
  const header = { typ: 'ecps-approval+jwt', kid: credential.id } as const;
  const jws = await signJws(authKey, header, approvalPayload(asked, credential.id, number));
  const baseUrl = new URL(server.urls.app);
  const { call } = createSignedCalls({ baseUrl, device: await importDeviceKey(device) });
  const body = { credentialId: credential.id, jws };
  return call<ApprovalReceipt>('POST', `/api/approvals/${asked.id}/approval`, { body });
}
