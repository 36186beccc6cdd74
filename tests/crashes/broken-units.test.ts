import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Page } from '../support/cookie-browser.ts';
import { askPhone, waitForPhone } from '../support/ecps-walk.ts';
import { headingOf, openChoice, textOf } from '../support/http-walk.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { createLine } from './line.ts';
import type { MortalServer } from './mortal-server.ts';
import { meetNurse, type Nurse } from './nurse.ts';
import { approve } from './pocket.ts';

/** What a process leaves that dies at one exact place: there, the database refuses a row. */
const server = startTestServer({ after }, { engine: 'sqlite' });
const places = "Mes lieux d'exercice";
const patienceMs = 10_000;

async function meet(slug: string): Promise<Nurse> {
  const own = await server;
  await own.api('POST', '/api/reset');
  const immortal = Object.assign({} as MortalServer, own, { ready: async () => {} });
  const intent = { means: 'ecps', way: 'mail' } as const;
  return meetNurse(immortal, createLine(immortal), slug, intent, { withPhone: true });
}

/** Refuses what `when` says until it is disposed of. */
async function refuse(when: string): Promise<AsyncDisposable> {
  const database = new DatabaseSync(join((await server).dataDir, 'state.sqlite'));
  await change(database, `create trigger broken before ${when} begin select raise(abort, 'broken'); end`);
  return {
    async [Symbol.asyncDispose]() {
      await change(database, 'drop trigger broken');
      database.close();
    },
  };
}

/** As soon as the server, which is in this very process, lets go of the file. */
async function change(database: DatabaseSync, statement: string): Promise<void> {
  for (const deadline = Date.now() + patienceMs; ; await setTimeout(5)) {
    try {
      return database.exec(statement);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

const event = (name: string) => `insert on audit_record when new.name = '${name}'`;

/** To the page that waits, which her phone has answered. */
async function answerOnPhone(nurse: Nurse): Promise<Page> {
  const { desk, persona } = nurse;
  const choice = await openChoice(desk, nurse.server.urls);
  const waiting = await askPhone(desk, choice, persona.nationalId);
  await approve(nurse, Number(textOf(waiting, 'number')));
  return waiting;
}

async function eventually(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + patienceMs; !(await holds()); await setTimeout(10))
    assert.ok(Date.now() < deadline, what);
}

const isSignedIn = async ({ desk, server: { urls } }: Nurse) =>
  headingOf(await desk.open(new URL('/professionnel/lieux', urls.portal))) === places;

test('a sign-in that breaks off has not used up the phone’s answer', async () => {
  const nurse = await meet('sage-femme');
  const waiting = await answerOnPhone(nurse);
  const broken = await refuse(event('oidc.signed_in'));
  assert.equal((await nurse.desk.open(waiting.url)).status, 500);
  await broken[Symbol.asyncDispose]();
  assert.equal(headingOf(await nurse.desk.open(waiting.url)), places);
});

test('an e-CPS that is removed ends its sessions, though what follows the removal breaks off', async () => {
  const nurse = await meet('medecin-deux-lieux');
  await waitForPhone(nurse.desk, await answerOnPhone(nurse));
  const [stored] = nurse.pocket.stored.values();
  const broken = await refuse("delete on oidc_record when old.model = 'Session'");
  await assert.rejects(nurse.pocket.phone.deactivate(stored?.id ?? ''), { status: 500 });
  assert.deepEqual(await nurse.pocket.phone.listCredentials(), []);
  assert.ok(await isSignedIn(nurse));
  await broken[Symbol.asyncDispose]();
  await nurse.server.api('POST', '/api/clock', { advanceMs: 10_000 });
  await eventually(async () => !(await isSignedIn(nurse)), 'the session ends');
});

test('a service that could not be told of a logout is told later', async () => {
  const nurse = await meet('medecin-deux-lieux');
  await waitForPhone(nurse.desk, await answerOnPhone(nurse));
  const [stored] = nurse.pocket.stored.values();
  const broken = await refuse('delete on relying_party_session when true');
  await nurse.pocket.phone.deactivate(stored?.id ?? '');
  await nurse.server.api('POST', '/api/clock', { advanceMs: 10_000 });
  await eventually(async () => (await listTried(nurse, 'logout')) > 0, 'the job fails too');
  assert.ok(await isSignedIn(nurse));
  await broken[Symbol.asyncDispose]();
  await nurse.server.api('POST', '/api/clock', { advanceMs: 10_000 });
  await eventually(async () => !(await isSignedIn(nurse)), 'the portal ends its session');
});

test('a message whose job breaks off leaves once, when it can', async () => {
  const nurse = await meet('medecin-deux-lieux');
  const [stored] = nurse.pocket.stored.values();
  const broken = await refuse('insert on outbox_message when true');
  await nurse.pocket.phone.deactivate(stored?.id ?? '');
  const listMails = async () =>
    (await nurse.server.api<{ subject: string }[]>('GET', `/api/mails?to=${nurse.persona.email}`)).body;
  await eventually(async () => (await listTried(nurse, 'notice')) > 0, 'a try fails');
  assert.deepEqual(await listMails(), []);
  await broken[Symbol.asyncDispose]();
  await nurse.server.api('POST', '/api/clock', { advanceMs: 10_000 });
  await eventually(async () => (await listTried(nurse, 'notice')) === 0, 'nothing is left');
  assert.deepEqual(
    (await listMails()).map(({ subject }) => subject),
    ['Votre e-CPS est désactivée'],
  );
});

/** How many jobs of that kind have failed and wait, or are under way. */
async function listTried({ server: { dataDir } }: Nurse, kind: string): Promise<number> {
  const database = new DatabaseSync(join(dataDir, 'state.sqlite'), { readOnly: true });
  const rows = database.prepare(`select id from job where attempts > 0 and kind like '%${kind}'`).all();
  database.close();
  return rows.length;
}
