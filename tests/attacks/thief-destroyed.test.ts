import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { PasswordRefused, type Phone, type StoredCredential } from '#ecps-phone';
import { findPerson, type Person } from '../support/app-walk.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { temporaryDirectory } from '../support/databases.ts';
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

test('a process that dies between deleting k and emptying the log is made good at the next start', async (t) => {
  const server = await startTestServer(t);
  const { credential } = await activatePhone(server, await findPerson(server, 'infirmier-rpps'), few);
  const { key_box: box } = readKeyRow(await copyDatabase(t, server), credential.id);
  deleteRow(server, credential.id);
  const crashed = join(await temporaryDirectory(t), 'data');
  await cp(server.dataDir, crashed, { recursive: true });
  assert.ok((await readBytes(crashed)).includes(box));
  await startTestServer(t, { env: { HYGIE_DATA_DIR: crashed } });
  assert.equal((await readBytes(crashed)).includes(box), false);
});

/** The commit of a destruction, and nothing after it. */
function deleteRow({ dataDir }: TestServer, id: string): void {
  const database = new DatabaseSync(join(dataDir, 'state.sqlite'));
  database.exec('pragma secure_delete = on');
  database.prepare('delete from authenticator_credential where id = ?').run(id);
  database.close();
}
