import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPerson } from './app-walk.ts';
import { openContactPage, signInByEcps } from './contact-walk.ts';
import { type CookieBrowser, createCookieBrowser, type Page } from './cookie-browser.ts';
import { redeemDemoCode, signInByApi } from './demo-client.ts';
import { openChoice, press, signInByCard } from './http-walk.ts';
import { followNamed, pressNamed } from './named-controls.ts';
import { openRepair } from './repair-walk.ts';
import type { TestServer } from './start-test-server.ts';
import { activatePhone, beginActivation, type PhoneStorage } from './thief.ts';

export interface BusyServer {
  /** Of an e-CPS that was activated by mail and SMS. */
  storage: PhoneStorage;
  /** Signed in at the portal by card, with a repair that is open. */
  browser: CookieBrowser;
  repair: Page;
  /** Signed in at the portal, with nothing to repair. */
  colleague: CookieBrowser;
  /** Of the client `hygie-demo`. */
  tokens: { access_token: string; refresh_token: string; id_token: string };
  /** A code of hygie-demo that nobody has redeemed. */
  location: URL;
}

/** A server in the middle of everything that leaves a secret: sign-ins, an activation, a repair, codes, tokens. */
export async function makeBusy(server: TestServer): Promise<BusyServer> {
  const person = await findPerson(server, 'infirmier-rpps');
  const storage = await activatePhone(server, person, { iterations: 1000 });
  const browser = createCookieBrowser();
  const repair = await openRepair(browser, server, 'infirmiere-adeli');
  await openContactPage(browser, server);
  const colleague = createCookieBrowser();
  await signInByCard(colleague, server.urls, 'sage-femme');
  await signInAgain(server, colleague);
  await changeDetails(server);
  await beginActivation(server, await findPerson(server, 'medecin-deux-lieux'));
  await forgetPassword(server, person.rpps);
  const undecided = createCookieBrowser();
  await press(undecided, await openChoice(undecided, server.urls), '/carte');
  const tokens = await redeemDemoCode(server, 'pharmacienne');
  const { body } = await signInByApi(server, 'medecin-deux-lieux', { state: 's', nonce: 'n' });
  return { storage, browser, repair, colleague, tokens, location: new URL(body.location) };
}

/** Somebody with a session is asked again who they are. */
async function signInAgain({ urls }: TestServer, browser: CookieBrowser): Promise<void> {
  const url = new URL('/auth', urls.wallet);
  const client = {
    client_id: 'hygie-demo',
    redirect_uri: 'http://localhost:1/callback',
    response_type: 'code',
  };
  const asked = { scope: 'openid scope_all', state: 's', nonce: 'n', acr_values: 'eidas1', prompt: 'login' };
  url.search = new URLSearchParams({ ...client, ...asked }).toString();
  await browser.open(url);
}

/** Up to the codes. */
async function changeDetails(server: TestServer): Promise<void> {
  const browser = createCookieBrowser();
  const form = await signInByEcps(server, browser, 'sage-femme');
  await pressNamed(browser, form, 'Enregistrer', { adresse: 'nora@example.fr', mobile: '0639987742' });
}

/** Up to the codes. */
async function forgetPassword(server: TestServer, identifiant: string): Promise<void> {
  const browser = createCookieBrowser();
  const form = await followNamed(browser, await openChoice(browser, server.urls), 'Mot de passe oublié');
  const choose = await pressNamed(browser, form, 'Continuer', { identifiant });
  await pressNamed(browser, choose, 'Recevoir les codes');
}

/** Every text in `secrets.json`, names of keys and algorithms aside. */
export async function readSecrets({ dataDir }: TestServer): Promise<string[]> {
  const texts: string[] = [];
  JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8'), (name, value: unknown) => {
    if (typeof value === 'string' && value.length > 40 && name !== 'n') texts.push(value);
    return value;
  });
  return texts;
}

interface Message {
  code: string | null;
  links?: { href: string }[];
}

/** What mails and SMS carried: six digits, and the part of each link that proves it. */
export async function readOutbox(server: TestServer): Promise<{ codes: string[]; proofs: string[] }> {
  const answers = await Promise.all(
    ['mails', 'sms'].map((path) => server.api<Message[]>('GET', `/api/${path}`)),
  );
  const messages = answers.flatMap(({ body }) => body);
  const links = messages.flatMap((message) => message.links ?? []);
  const proofs = links.flatMap(({ href }) => /\.([\w-]{43})$/.exec(href)?.[1] ?? []);
  return { codes: messages.flatMap(({ code }) => code ?? []), proofs: [...new Set(proofs)] };
}
