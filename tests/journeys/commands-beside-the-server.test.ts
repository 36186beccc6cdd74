import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { createConfig, parseEnvironment } from '#config';
import { openState } from '../../src/command-context.ts';
import { writeExtracts } from '../../src/sandbox/seed/seed-files.ts';
import { getPersona, openContactPage } from '../support/contact-walk.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { redeemDemoCode } from '../support/demo-client.ts';
import { textOf } from '../support/http-walk.ts';
import { followNamed, pressNamed } from '../support/named-controls.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const program = new URL('../../bin/hygie.mjs', import.meta.url).pathname;
const realm = '/auth/realms/esante-wallet/protocol/openid-connect';
const dayMs = 86_400_000;

/** `hygie directory …` in a process of its own. Throws where it does not end well. */
async function hygie({ env }: TestServer, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [program, 'directory', ...args], {
    env: { ...process.env, ...env },
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Somebody without a card has asked for a change of contact details; its reference. */
async function requestChange(server: TestServer, slug: string, typed: { adresse: string; mobile: string }) {
  const browser = createCookieBrowser();
  const { rpps } = await getPersona(server, slug);
  const form = await followNamed(browser, await openContactPage(browser, server), "Je n'ai pas ma carte");
  return textOf(await pressNamed(browser, form, 'Enregistrer', { ...typed, rpps }), 'reference');
}

const linkLines = 2000;
const brought = { email: 'nora.salaun@laposte.net', phone: '0639987742' };

/** The extract of tomorrow, contact details of one person, and links of numbers that nobody has. */
async function writeFiles(t: TestContext, rpps: string) {
  const directory = await temporaryDirectory(t);
  const extracts = await writeExtracts(directory, Date.now() + dayMs, 4000);
  const contacts = join(directory, 'contacts.csv');
  const details = `${rpps};${brought.email};${brought.phone}`;
  await writeFile(contacts, `Identifiant PP;Adresse e-mail;Téléphone mobile\n${details}\n`);
  const links = join(directory, 'links.csv');
  const lines = Array.from({ length: linkLines }, (_, i) => `56${String(i).padStart(7, '0')};99700012042`);
  await writeFile(links, `${['N° ADELI;N° RPPS', ...lines].join('\n')}\n`);
  return { extract: extracts.at(-1)?.file ?? '', contacts, links };
}

/** Signs people in, by card and by e-CPS, until `ended`; the access tokens that services hold then. */
async function signInUntil(server: TestServer, ended: AbortSignal): Promise<string[]> {
  const tokens: string[] = [];
  const go = async (persona: string, method: string, most: number) => {
    for (let count = 0; count < most && !(ended.aborted && count >= 5); count++)
      tokens.push((await redeemDemoCode(server, persona, { method })).access_token);
  };
  await Promise.all([
    ...['infirmier-rpps', 'infirmiere-adeli', 'pharmacienne', 'medecin-deux-lieux'].map((persona) =>
      go(persona, 'card', 500),
    ),
    go('sage-femme', 'ecps', 15),
  ]);
  return tokens;
}

test('commands do their work beside a server under load, and neither loses anything', async (t) => {
  const server = await startTestServer(t);
  await server.api('POST', '/api/ecps', { persona: 'sage-femme', behaviour: 'approve' });
  const asked = { adresse: 'lina.kerbrat@laposte.net', mobile: '06 39 98 77 42' };
  const reference = await requestChange(server, 'infirmiere-sans-coordonnees', asked);
  const { extract, contacts, links } = await writeFiles(t, (await getPersona(server, 'sage-femme')).rpps);

  const ended = new AbortController();
  const commands = Promise.all([
    hygie(server, 'import', extract, '--accept', '--json'),
    hygie(server, 'contacts', 'import', contacts, '--json'),
    hygie(server, 'contacts', 'accept', reference),
    hygie(server, 'link', links, '--json'),
  ]).finally(() => ended.abort());
  const [[imported], tokens] = await Promise.all([commands, signInUntil(server, ended.signal)]);

  await t.test('every session of every sign-in is there', async () => {
    for (const token of tokens) {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(new URL(`${realm}/userinfo`, server.urls.connect), { headers });
      assert.equal(answer.status, 200);
    }
  });

  await t.test('the trail has each of them', async (inner) => {
    const state = await openState(createConfig(parseEnvironment(server.env)));
    inner.after(() => state.close());
    const signedIn = sql<{ id: string }>`select id from audit_record where name = 'oidc.signed_in'`;
    assert.equal((await signedIn.execute(state.as())).rows.length, tokens.length);
    const rows = await sql`select adeli from directory_link where adeli like '56%'`.execute(state.as());
    assert.ok(rows.rows.length >= linkLines, `${rows.rows.length} links`);
  });

  await t.test('what each command brought is served', async () => {
    assert.equal((await getPersona(server, 'sage-femme')).email, brought.email);
    assert.equal((await getPersona(server, 'infirmiere-sans-coordonnees')).email, asked.adresse);
    const { status, practitioners } = JSON.parse(imported);
    assert.equal(status, 'applied');
    assert.ok(practitioners.created > 1000);
    const active = await fetch(new URL('/fhir/v2/Practitioner?_count=1&active=true', server.urls.directory));
    const { created, changed, unchanged } = practitioners;
    assert.equal((await active.json()).total, created + changed + unchanged);
  });
});
