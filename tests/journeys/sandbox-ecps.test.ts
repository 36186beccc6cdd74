import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory, usualEngine } from '../support/databases.ts';
import { readUserInfo, signInByApi as signIn } from '../support/demo-client.ts';
import { openOwnState } from '../support/seeded-data.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

interface Persona {
  slug: string;
  nationalId: string;
  rpps: string | null;
  adeli: string | null;
  email: string;
  phone: string;
  means: string[];
  cause: string | null;
  ecps: { status: string; nationalId: string | null; password: string };
}

const byEcps = { method: 'ecps' };
const withEcps = ['infirmiere-remplacante', 'medecin-deux-lieux', 'pharmacienne', 'sage-femme'];

async function listPersonas(server: TestServer): Promise<Persona[]> {
  return (await server.api<Persona[]>('GET', '/api/personas')).body;
}

async function findPersona(server: TestServer, slug: string): Promise<Persona> {
  const persona = (await listPersonas(server)).find((candidate) => candidate.slug === slug);
  assert.ok(persona);
  return persona;
}

/** The OAuth error in the location; null for a sign-in that succeeded. */
async function readError(server: TestServer, slug: string, more: object): Promise<string | null> {
  const { status, body } = await signIn(server, slug, more);
  assert.equal(status, 200, JSON.stringify(body));
  return new URL(body.location).searchParams.get('error');
}

async function order(server: TestServer, persona: string, behaviour: string, more: object = {}) {
  const { status, body } = await server.api<{ code: string; field: string }>('POST', '/api/ecps', {
    persona,
    behaviour,
    ...more,
  });
  return { status, body };
}

const afterTime = (server: TestServer) => server.api('POST', '/api/clock', { advanceMs: 121_000 });

test('from the first start those of the table have an e-CPS, active, expired or under ADELI', async (t) => {
  const server = await startTestServer(t);
  for (const { slug, nationalId, means, ecps } of await listPersonas(server)) {
    const status = { 'infirmier-ecps-adeli': 'active', 'infirmier-ecps-expiree': 'expired' }[slug];
    const expected = status ?? (withEcps.includes(slug) ? 'active' : 'none');
    assert.equal(ecps.status, expected, slug);
    assert.equal(ecps.nationalId, expected === 'none' ? null : nationalId, slug);
    assert.equal(means.includes('ecps'), expected !== 'none', slug);
    assert.ok(ecps.password);
  }
});

test('everybody who has an e-CPS signs in with it, as themselves and with its level', async (t) => {
  const server = await startTestServer(t);
  for (const slug of [...withEcps, 'infirmier-ecps-adeli']) {
    const persona = await findPersona(server, slug);
    const userInfo = await readUserInfo(server, slug, byEcps);
    const prefix = persona.adeli ? '0' : '8';
    assert.equal(userInfo.SubjectNameID, `${prefix}${persona.nationalId}`, slug);
    assert.equal(userInfo.authMode, 'MOBILE');
    assert.equal(userInfo.repair.cause, persona.cause, slug);
  }
});

test('an expired e-CPS is 409 with its code', async (t) => {
  const server = await startTestServer(t);
  const { status, body } = await signIn(server, 'infirmier-ecps-expiree', byEcps);
  assert.deepEqual([status, body.code], [409, 'authenticator_expired']);
});

test('a phone that refuses, or chooses another number, is access_denied; an order ends with its times', async (t) => {
  const server = await startTestServer(t);
  for (const behaviour of ['refuse', 'wrong-number']) {
    assert.equal((await order(server, 'sage-femme', behaviour, { times: 1, delayMs: 50 })).status, 204);
    assert.equal(await readError(server, 'sage-femme', byEcps), 'access_denied', behaviour);
    assert.equal(await readError(server, 'sage-femme', byEcps), null, behaviour);
  }
});

test('a phone that ignores the request is access_denied at its end, and silent no more when told', async (t) => {
  const server = await startTestServer(t);
  await order(server, 'pharmacienne', 'ignore');
  const waiting = watched(readError(server, 'pharmacienne', byEcps));
  await eventually(() => hasHappened(server, 'demande de connexion à hygie-demo'));
  assert.equal(waiting.isOver(), false);
  await afterTime(server);
  assert.equal(await waiting.outcome, 'access_denied');
  await server.api('DELETE', '/api/ecps?persona=pharmacienne');
  assert.equal(await readError(server, 'pharmacienne', byEcps), null);
});

test('a wrong password counts, and leaves the request waiting until its end', async (t) => {
  const server = await startTestServer(t);
  await order(server, 'pharmacienne', 'wrong-password');
  const both = [1, 2].map(() => watched(readError(server, 'pharmacienne', byEcps)));
  await eventually(() => hasHappened(server, 'mot de passe faux, un essai'));
  assert.deepEqual(
    both.map(({ isOver }) => isOver()),
    [false, false],
  );
  await afterTime(server);
  assert.deepEqual(await Promise.all(both.map(({ outcome }) => outcome)), ['access_denied', 'access_denied']);
  await order(server, 'pharmacienne', 'approve');
  assert.equal(await readError(server, 'pharmacienne', byEcps), null);
});

test('a stop ends a sign-in that waits for its phone', async (t) => {
  const server = await startTestServer(t);
  await order(server, 'pharmacienne', 'ignore');
  void signIn(server, 'pharmacienne', byEcps).catch(() => undefined);
  await eventually(() => hasHappened(server, 'demande de connexion à hygie-demo'));
});

test('who has no e-CPS is enrolled first, with the mail and the SMS of the guide', async (t) => {
  const server = await startTestServer(t);
  const before = await findPersona(server, 'infirmiere-adeli');
  assert.equal((await order(server, 'infirmiere-adeli', 'approve')).status, 204);

  const mails = await server.api<{ subject: string }[]>('GET', `/api/mails?to=${before.email}`);
  const sms = await server.api<{ code: string | null }[]>('GET', `/api/sms?to=${before.phone}`);
  assert.ok(mails.body.length > 0);
  assert.ok(sms.body.some(({ code }) => code !== null));
  const after = await findPersona(server, 'infirmiere-adeli');
  assert.deepEqual([after.ecps.status, after.ecps.nationalId], ['active', before.rpps]);
  assert.deepEqual(after.means, ['card', 'ecps']);
  const userInfo = await readUserInfo(server, 'infirmiere-adeli', byEcps);
  assert.equal(userInfo.SubjectNameID, `8${before.rpps}`);
  assert.equal(userInfo.repair.cause, null);
});

test('asked for twice at once, a phone is enrolled once', async (t) => {
  const server = await startTestServer(t);
  const orders = [1, 2, 3].map(() => order(server, 'infirmier-rpps', 'approve'));
  assert.deepEqual(
    (await Promise.all(orders)).map(({ status }) => status),
    [204, 204, 204],
  );
  const { email } = await findPersona(server, 'infirmier-rpps');
  const { body } = await server.api<{ links: { text: string }[] }[]>('GET', `/api/mails?to=${email}`);
  const activations = body.filter(({ links }) => links.some(({ text }) => text === "Démarrer l'activation"));
  assert.equal(activations.length, 1);
});

test('whom the directory cannot let is 409, and named by the field', async (t) => {
  const server = await startTestServer(t);
  for (const slug of [
    'infirmiere-sans-coordonnees',
    'infirmiere-non-inscrite',
    'infirmiere-radiee',
    'employe-cpe',
  ]) {
    const { status, body } = await order(server, slug, 'approve');
    assert.deepEqual([status, body.code, body.field], [409, 'ecps.not_enrollable', 'persona'], slug);
    assert.equal((await signIn(server, slug, byEcps)).status, 409, slug);
  }
});

test('a reset takes under a second and brings every e-CPS of the table back, and no other', async (t) => {
  const server = await startTestServer(t);
  const before = await listPersonas(server);
  await order(server, 'infirmiere-adeli', 'refuse');
  await readUserInfo(server, 'sage-femme', byEcps);
  const begun = performance.now();
  assert.equal((await server.api('POST', '/api/reset')).status, 204);
  assert.ok(performance.now() - begun < 1000);
  assert.deepEqual(
    (await listPersonas(server)).map(({ ecps }) => ecps),
    before.map(({ ecps }) => ecps),
  );
  await readUserInfo(server, 'sage-femme', byEcps);
});

function watched<Outcome>(outcome: Promise<Outcome>) {
  let over = false;
  const done = outcome.finally(() => {
    over = true;
  });
  return { outcome: done, isOver: () => over };
}

/** Whether the home tells of it. */
async function hasHappened(server: TestServer, words: string): Promise<boolean> {
  return (await (await fetch(server.urls.sandbox)).text()).includes(words);
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
    if (await holds()) return;
  }
  assert.fail('it never happened');
}

test('the e-CPS of the seed, and the order of a phone, outlive a restart', async (t) => {
  const data = join(await temporaryDirectory(t), 'data');
  const { env, remove } = await openOwnState(data, usualEngine, { seeded: true });
  t.after(remove);
  await t.test('before', async (inner) => {
    const server = await startTestServer(inner, { env });
    await order(server, 'sage-femme', 'refuse');
  });
  await t.test('after', async (inner) => {
    const server = await startTestServer(inner, { env });
    assert.equal((await findPersona(server, 'pharmacienne')).ecps.status, 'active');
    assert.equal(await readError(server, 'sage-femme', byEcps), 'access_denied');
    assert.equal(await readError(server, 'pharmacienne', byEcps), null);
  });
});
