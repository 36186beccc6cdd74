import { createCookieBrowser } from '../cookie-browser.ts';
import type { TestServer } from '../start-test-server.ts';
import { type Answer, assertDecent } from './assert-decent.ts';
import { type BadBody, badBodies } from './bad-bodies.ts';
import { addressOf, type Entrance, nameOf } from './entrances.ts';

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Whose browser sends: its cookies, and the addresses that are its own. */
export interface Sender {
  request?: Fetch;
  /** Values of the parameters in paths. */
  values?: Readonly<Record<string, string>>;
  /** Appended to the address. */
  query?: string;
}

/** Sends as a page of the same site, or a program, would. */
export async function sendTo(
  server: Pick<TestServer, 'urls'>,
  entrance: Entrance,
  { type, body }: Pick<BadBody, 'type' | 'body'>,
  { request = createCookieBrowser().request, values, query = '' }: Sender = {},
): Promise<Answer> {
  const site = new URL(server.urls[entrance.listener]);
  const headers = {
    origin: site.origin,
    'sec-fetch-site': 'same-origin',
    ...(entrance.tells === 'page' ? {} : { accept: 'application/json' }),
    ...(type === undefined ? {} : { 'content-type': type }),
  };
  // Bytes, so that no type is guessed.
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const url = new URL(addressOf(entrance, values) + query, site).href;
  const answer = await request(url, { method: entrance.method, headers, body: bytes, redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** Every bad body to one entrance; each answer must be a decent one. */
export async function sendBadly(
  server: Pick<TestServer, 'urls'>,
  entrance: Entrance,
  sender?: Sender,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const bad of badBodies(entrance)) {
    const answer = await sendTo(server, entrance, bad, sender);
    assertDecent(answer, entrance.tells, `${nameOf(entrance)}: ${bad.name}`);
    answers.push(answer);
  }
  return answers;
}
