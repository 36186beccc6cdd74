import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { type CookieBrowser, createCookieBrowser } from '../support/cookie-browser.ts';
import type { Line } from './line.ts';
import type { MortalServer } from './mortal-server.ts';
import { openPocket, type Pocket } from './pocket.ts';

export interface Persona {
  slug: string;
  nationalId: string;
  rpps: string;
  adeli: string | null;
  email: string;
  phone: string;
  places: string[];
  ecps: { status: string };
}

export interface Mail {
  to: string;
  subject: string;
  code: string | null;
  links: { text: string; href: string }[];
}

export interface Sms {
  to: string;
  text: string;
  code: string | null;
}

/** Which way she takes where there are several. */
export interface Intent {
  means: 'card' | 'ecps';
  way: 'scan' | 'mail' | 'settings' | 'forgotten';
}

/** What a screen has told her. */
export type Promised = 'requested' | 'activated' | 'approved' | 'passwordChanged' | 'gone' | 'contacts';

/** A person with a browser at her desk and a phone in her pocket, who goes on whatever happens to the server. */
export interface Nurse {
  server: MortalServer;
  line: Line;
  persona: Persona;
  intent: Intent;
  desk: CookieBrowser;
  pocket: Pocket;
  /** A second browser in which she has signed in, and whether the walk ends that session. */
  other?: { browser: CookieBrowser; ends: boolean };
  /** Headings that she read, in order. */
  read: string[];
  promised: { what: Promised; of: string }[];
  promise(what: Promised, of: string): void;
  /** In her mails, newest first, as soon as it is there. */
  findMailed<Found>(pick: (mail: Mail) => Found | null | undefined): Promise<Found>;
  /** The newest code by SMS whose text has this word. */
  findTexted(word: RegExp): Promise<string>;
}

const patienceMs = 20_000;
const pollMs = 10;

export async function meetNurse(
  server: MortalServer,
  line: Line,
  slug: string,
  intent: Intent,
  { withPhone = false } = {},
): Promise<Nurse> {
  const persona = await getPersona(server, slug);
  const own = { server, line };
  const desk = createCookieBrowser((...call) => own.line.repeat(...call));
  const promised: Nurse['promised'] = [];
  const handed = withPhone ? await takePhone(server, desk, slug) : undefined;
  const nurse: Nurse = Object.assign(own, {
    ...{ persona, intent, desk, promised },
    pocket: await openPocket(own, handed),
    read: [],
    promise: (what: Promised, of: string) => void promised.push({ what, of }),
    findMailed: <Found>(pick: (mail: Mail) => Found | null | undefined) => lookFor(nurse, 'mails', pick),
    findTexted: (word: RegExp) =>
      lookFor<Sms, string>(nurse, 'sms', ({ text, code }) => (word.test(text) ? code : undefined)),
  });
  return nurse;
}

export async function getPersona(server: MortalServer, slug: string): Promise<Persona> {
  const { body } = await server.api<Persona[]>('GET', '/api/personas');
  const persona = body.find((candidate) => candidate.slug === slug);
  assert.ok(persona);
  return persona;
}

async function lookFor<Message, Found>(
  { server, line, persona }: Nurse,
  channel: 'mails' | 'sms',
  pick: (message: Message) => Found | null | undefined,
): Promise<Found> {
  const to = channel === 'mails' ? persona.email : persona.phone;
  const address = new URL(`/api/${channel}?to=${encodeURIComponent(to)}`, server.urls.sandbox);
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await setTimeout(pollMs)) {
    const messages = (await (await line.repeat(address)).json()) as Message[];
    for (const message of messages) {
      const found = pick(message);
      if (found !== null && found !== undefined) return found;
    }
  }
  throw new Error(`nothing came by ${channel}`);
}

/** **Ouvrir dans une fenêtre**: the persona's phone of the seed, as the app imports it. */
async function takePhone(server: MortalServer, browser: CookieBrowser, slug: string) {
  const home = new URL('/', server.urls.sandbox);
  await browser.submit(home, '/personne', { persona: slug });
  const headers = { origin: home.origin, 'sec-fetch-site': 'same-origin' };
  const leaving = await browser.request(new URL('/telephone/fenetre', home), { method: 'POST', headers });
  const token = /jeton=([^"&]+)/.exec(await leaving.text())?.[1];
  const handed = await fetch(new URL('/api/bac-a-sable', server.urls.app), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  assert.equal(handed.status, 200);
  return (await handed.json()) as Parameters<typeof openPocket>[1];
}
