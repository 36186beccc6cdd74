import assert from 'node:assert/strict';
import { runCommandLine } from '../../src/command-line.ts';
import type { CookieBrowser, Page } from './cookie-browser.ts';
import { askPhone, waitForPhone } from './ecps-walk.ts';
import { press } from './http-walk.ts';
import { followNamed } from './named-controls.ts';
import type { TestServer } from './start-test-server.ts';

export interface Persona {
  slug: string;
  rpps: string;
  email: string | null;
  phone: string | null;
  ecps: { nationalId: string };
}

export interface Message {
  to: string;
  subject?: string;
  text: string;
  code: string | null;
  links?: { text: string; href: string }[];
}

/** The page, in this browser; `retour` is the way back. */
export const openContactPage = (browser: CookieBrowser, { urls }: TestServer, retour?: string) => {
  const page = new URL('/coordonnees', urls.directory);
  if (retour) page.searchParams.set('retour', retour);
  return browser.open(page);
};

export async function getPersona(server: TestServer, slug: string): Promise<Persona> {
  const { body } = await server.api<Persona[]>('GET', '/api/personas');
  const persona = body.find((candidate) => candidate.slug === slug);
  assert.ok(persona);
  return persona;
}

/** Messages once there are as many. */
export async function waitForMessages(
  server: TestServer,
  channel: 'mails' | 'sms',
  count: number,
): Promise<Message[]> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { body } = await server.api<Message[]>('GET', `/api/${channel}`);
    if (body.length >= count) return body;
    assert.ok(Date.now() < deadline, `${body.length} ${channel} of ${count}`);
    await new Promise(setImmediate);
  }
}

/** `hygie directory contacts …` beside the server. */
export async function runContacts(server: TestServer, ...args: string[]) {
  const said = { out: '', err: '' };
  const sink = (name: 'out' | 'err') => ({
    write: (text: string | Uint8Array) => {
      said[name] += text;
      return true;
    },
  });
  const code = await runCommandLine(['directory', 'contacts', ...args], server.env, sink('out'), sink('err'));
  return { code, ...said };
}

/** From the choice of wallet through the virtual reader. */
export async function presentCard(browser: CookieBrowser, choice: Page, slug: string): Promise<Page> {
  const reader = await press(browser, choice, '/carte');
  const inserted = await press(browser, reader, '/carte', { persona: slug });
  return press(browser, inserted, '/code', { code: '1234' });
}

/** From the first page of contact details, by the persona's e-CPS. */
export async function signInByEcps(server: TestServer, browser: CookieBrowser, slug: string): Promise<Page> {
  await server.api('POST', '/api/ecps', { persona: slug, behaviour: 'approve' });
  const { ecps } = await getPersona(server, slug);
  const choice = await followNamed(
    browser,
    await openContactPage(browser, server),
    'Me connecter avec mon e-CPS',
  );
  return waitForPhone(browser, await askPhone(browser, choice, ecps.nationalId));
}
