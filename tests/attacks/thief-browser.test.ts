import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PasswordRefused } from '#ecps-phone';
import { activate, findPerson, password } from '../support/app-walk.ts';
import { openProfile, readPhoneStorage } from '../support/chromium-profile.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { computeRwd, guessOffline } from '../support/offline-guess.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { copyDatabase, lies, openKey, readBytes, readKeyRow, usePhone } from '../support/thief.ts';

test('who has the profile of a phone’s browser has its keys in clear, and neither password, k nor K_auth', async (t) => {
  const server = await startTestServer(t);
  const directory = await temporaryDirectory(t);
  const context = await openProfile(directory);
  const [page = await context.newPage()] = context.pages();
  await activate(page, server, await findPerson(server, 'infirmier-rpps'));
  await context.close();
  const profile = await readBytes(directory);
  const { device, credential } = readPhoneStorage(profile);

  await t.test('the storage works in the thief’s own hands', async () => {
    const phone = await usePhone(server, device);
    const [own] = await phone.listCredentials();
    assert.equal(own?.id, credential.id);
    assert.equal(credential.iterations, 310_000);
    const guess = phone.changePassword(credential, { password: 'mauvais', newPassword: 'mauvais' });
    await assert.rejects(guess, PasswordRefused);
    assert.equal((await phone.listCredentials())[0]?.password.failures, 1);
  });

  await t.test(
    'no file of it holds the password, what it evaluates to, or the key that approves',
    async (inner) => {
      const k = await openKey(server, readKeyRow(await copyDatabase(inner, server), credential.id));
      const rwd = computeRwd(password, k);
      const authKey = await guessOffline(credential, rwd);
      assert.ok(authKey, 'phone, database and secrets together open the box');
      const { d = '' } = await crypto.subtle.exportKey('jwk', authKey);
      assert.ok(lies(Buffer.from(device.privateKey.d ?? '', 'base64url'), profile));
      for (const secret of [password, k, rwd, Buffer.from(d, 'base64url')])
        assert.equal(lies(secret, profile), false);
    },
  );
});
