import assert from 'node:assert/strict';
import { openContactPage, signInByEcps } from '../contact-walk.ts';
import { type CookieBrowser, createCookieBrowser } from '../cookie-browser.ts';
import { openChoice, press, signInByCard } from '../http-walk.ts';
import { openRepair } from '../repair-walk.ts';
import type { TestServer } from '../start-test-server.ts';
import { type Entrance, entrances, nameOf } from './entrances.ts';
import type { Sender } from './send-badly.ts';

/** A form that somebody has before her, with what she would send. */
export interface Visit {
  entrance: Entrance;
  /** What is right to type. */
  fields: Readonly<Record<string, string>>;
  sender: Sender;
}

function visit(name: string, browser: CookieBrowser, rest: Omit<Sender, 'request'> = {}, fields = {}): Visit {
  const entrance = entrances.find((candidate) => nameOf(candidate) === name);
  assert.ok(entrance, name);
  return { entrance, fields, sender: { request: browser.request, ...rest } };
}

const number = '899700000021';

/** A sign-in that has begun, a removal whose codes are on their way, a repair: the last forms end what they are in. */
export async function openWalletVisits(server: TestServer): Promise<Visit[]> {
  const [signingIn, forgetful, nurse] = [createCookieBrowser(), createCookieBrowser(), createCookieBrowser()];
  const uid = (await openChoice(signingIn, server.urls)).url.pathname.split('/')[2] ?? '';
  const start = new URL('/mot-de-passe-oublie', server.urls.wallet);
  await forgetful.submit(start, start.href, { identifiant: number });
  const ticket = (await openRepair(nurse, server, 'infirmiere-adeli')).url.pathname.split('/')[2] ?? '';
  const codes = { 'code-mail': '123456', 'code-sms': '654321' };
  const values = { uid, ticket };
  return [
    visit('wallet POST /connexion/:uid/e-cps', signingIn, { values }),
    visit('wallet POST /connexion/:uid/e-cps/demande', signingIn, { values }, { identifiant: number }),
    visit('wallet POST /connexion/:uid/moyen', signingIn, { values }),
    visit('wallet POST /connexion/:uid/suspendue', signingIn, { values }),
    visit('wallet POST /connexion/:uid/carte', signingIn, { values }),
    visit('wallet POST /mot-de-passe-oublie/codes', forgetful),
    visit('wallet POST /mot-de-passe-oublie/suppression', forgetful, {}, codes),
    visit('wallet POST /mot-de-passe-oublie/carte', forgetful),
    visit('wallet POST /reparation/:ticket/mail', nurse, { values }),
    visit('wallet POST /reparation/:ticket/retour', nurse, { values }),
    visit('wallet POST /connexion/:uid/service', signingIn, { values }),
    visit('wallet POST /deconnexion', nurse),
  ];
}

/** Somebody at the portal, and somebody whose change of contact details waits for its codes. */
export async function openSiteVisits(server: TestServer): Promise<Visit[]> {
  const [atPortal, atDirectory] = [createCookieBrowser(), createCookieBrowser()];
  await signInByCard(atPortal, server.urls, 'infirmier-rpps');
  await signInByEcps(server, atDirectory, 'infirmier-rpps');
  const form = await openContactPage(atDirectory, server);
  const typed = { adresse: 'nouvelle@exemple.fr', mobile: '06 39 98 00 99' };
  const waiting = await press(atDirectory, form, '/coordonnees', typed);
  const query = waiting.url.search;
  assert.match(query, /demande=/);
  const codes = { 'code-mail': '123456', 'code-sms': '654321' };
  return [
    visit('directory POST /coordonnees/codes', atDirectory, { query }, codes),
    visit('directory POST /coordonnees/codes/renvoi', atDirectory, { query }),
    visit('directory POST /coordonnees', atDirectory, {}, typed),
    visit('directory POST /coordonnees/ce-n-est-pas-moi', atDirectory, { query: '?jeton=x' }),
    visit('directory POST /deconnexion', atDirectory),
    visit('portal POST /deconnexion', atPortal),
  ];
}

/** Somebody at the sandbox's home, her card in the reader that waits for it. */
export async function openSandboxVisits(server: TestServer): Promise<Visit[]> {
  const browser = createCookieBrowser();
  const reader = await press(browser, await openChoice(browser, server.urls), '/carte');
  const values = { attempt: reader.url.pathname.split('/')[2] ?? '' };
  await press(browser, reader, '/carte', { persona: 'infirmier-rpps' });
  const path = 'sandbox POST /lecteur/:attempt{[a-z0-9][a-z0-9-]{7,62}}';
  return [
    visit('sandbox POST /personne', browser, {}, { persona: 'infirmier-rpps' }),
    visit('sandbox POST /carte/inserer', browser),
    visit('sandbox POST /telephone/adresse', browser, {}, { adresse: 'http://localhost/' }),
    visit('sandbox POST /telephone/reparation', browser, {}, { reparation: 'x' }),
    visit(`${path}/carte`, browser, { values }, { persona: 'infirmier-rpps' }),
    visit(`${path}/code`, browser, { values }, { code: '1234' }),
    visit(`${path}/retirer`, browser, { values }),
    visit('sandbox POST /carte/retirer', browser),
  ];
}
