import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PasswordRefused, type Phone, type StoredCredential } from '#ecps-phone';
import { findPerson, type Person } from '../support/app-walk.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { openChoice } from '../support/http-walk.ts';
import { followNamed, pressNamed } from '../support/named-controls.ts';
import { computeRwd, guessOffline } from '../support/offline-guess.ts';
import { readCard } from '../support/repair-walk.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import {
  activatePhone,
  copyDatabase,
  openKey,
  password,
  readBytes,
  readKeyRow,
  usePhone,
} from '../support/thief.ts';

interface Owner {
  server: TestServer;
  person: Person;
  phone: Phone;
  credential: StoredCredential;
}

const few = { iterations: 1000 };

/** Ways in which an e-CPS ends. */
const ends: Record<string, (owner: Owner) => Promise<void>> = {
  'deactivated on its phone': async ({ phone, credential }) => {
    await phone.deactivate(credential.id);
  },

  'destroyed by nine wrong passwords': async ({ server, phone, credential }) => {
    for (let tried = 1; tried <= 9; tried++) {
      const change = phone.changePassword(credential, { password: `essai ${tried}`, newPassword: 'autre' });
      await assert.rejects(change, PasswordRefused);
      if (tried % 3 === 0) await server.api('POST', '/api/clock', { advanceMs: 86_400_000 });
    }
  },

  'removed on wallet by her card': async ({ server, person }) => {
    const browser = createCookieBrowser();
    const form = await followNamed(browser, await openChoice(browser, server.urls), 'Mot de passe oublié');
    const choose = await pressNamed(browser, form, 'Continuer', { identifiant: person.rpps });
    await readCard(browser, choose, 'infirmier-rpps');
  },
};

test('nothing of k is left on the disk, whoever has phone, database and secrets', async (t) => {
  const server = await startTestServer(t);
  for (const [end, destroy] of Object.entries(ends)) {
    await t.test(`when an e-CPS is ${end}`, async (inner) => {
      await server.api('POST', '/api/reset');
      const person = await findPerson(server, 'infirmier-rpps');
      const storage = await activatePhone(server, person, few);
      const { device, credential } = storage;
      const phone = await usePhone(server, device, few);
      const backup = await copyDatabase(inner, server);
      const row = readKeyRow(backup, credential.id);
      assert.ok((await readBytes(backup)).includes(row.key_box));

      await destroy({ server, person, phone, credential });
      assert.deepEqual(await phone.listCredentials(), []);
      assert.equal((await readBytes(await copyDatabase(inner, server))).includes(row.key_box), false);

      // Backups are their keeper's: one that is older still holds `k`, sealed under the secrets.
      const rwd = computeRwd(password, await openKey(server, row));
      assert.ok(await guessOffline(credential, rwd));
    });
  }
});
