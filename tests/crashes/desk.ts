import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { readActivationToken } from '#ecps-phone';
import type { Page } from '../support/cookie-browser.ts';
import { headingOf, press, textOf } from '../support/http-walk.ts';
import { followNamed, hrefOf, pressNamed } from '../support/named-controls.ts';
import type { Nurse } from './nurse.ts';
import { activate, approve, deactivate } from './pocket.ts';

const places = "Mes lieux d'exercice";
const mostPages = 60;
const patienceMs = 20_000;
const pollMs = 10;

/** What she does with the page of each heading. */
const acts: Record<string, (nurse: Nurse, page: Page) => Promise<Page>> = {
  'Retrouvez vos lieux d’exercice': ({ desk }, page) => followNamed(desk, page, 'Connexion'),
  'Comment voulez-vous vous connecter ?': (nurse, page) =>
    press(nurse.desk, page, means(nurse) === 'card' ? '/carte' : '/e-cps'),
  'Connexion par e-CPS': (nurse, page) =>
    press(nurse.desk, page, '/e-cps/demande', { identifiant: heldNumber(nurse) }),
  'Répondez sur votre téléphone': (nurse, page) =>
    waitUntilSettled(nurse, page, () => approve(nurse, Number(textOf(page, 'number')))),
  "Aucun lieu d'exercice": ({ desk }, page) => followNamed(desk, page, 'Réparer ma connexion'),
  'Réparer ma connexion': repair,
  'Scannez ce code': async (nurse, page) => {
    const href = hrefOf(page, 'Ouvrir sur ce téléphone') ?? '';
    await activate(nurse, readActivationToken(href, nurse.server.urls.app));
    return waitUntilSettled(nurse, page);
  },
  'Continuez sur votre téléphone': async (nurse, page) => {
    await activate(nurse);
    return waitUntilSettled(nurse, page);
  },
  'Par mail et SMS': async (nurse, page) => {
    await activate(nurse);
    return waitUntilSettled(nurse, page);
  },
  'Coordonnées de correspondance': recordContacts,
  'Vos coordonnées sont enregistrées': async (nurse, page) => {
    nurse.promise('contacts', nurse.persona.email);
    return followNamed(nurse.desk, page, 'Continuer');
  },
  'Mot de passe oublié': (nurse, page) =>
    pressNamed(nurse.desk, page, 'Continuer', { identifiant: nurse.persona.adeli ?? '' }),
  'Prouvez que cette e-CPS est la vôtre': ({ desk }, page) => pressNamed(desk, page, 'Recevoir les codes'),
  'Recopiez les deux codes': removeByCodes,
  'Votre e-CPS a été supprimée': async (nurse, page) => {
    nurse.promise('gone', nurse.persona.adeli ?? '');
    nurse.pocket.stored.clear();
    return followNamed(nurse.desk, page, 'Continuer');
  },
  'Cette demande de connexion a expiré': ({ desk }, page) =>
    followNamed(desk, page, 'Aller à Mes lieux d’exercice'),
  'Cette connexion n’est plus valable': ({ desk }, page) => followNamed(desk, page, 'Connexion'),
  'Le service de connexion ne répond pas': ({ desk }, page) => followNamed(desk, page, 'Réessayer'),
};

/** From a page of the portal to her places, doing what each page asks for. */
export async function walkToPlaces(nurse: Nurse): Promise<Page> {
  const { desk, server, read } = nurse;
  let page = await desk.open(new URL('/professionnel/connexion', server.urls.portal));
  while (read.length < mostPages) {
    const heading = page.url.origin === server.urls.sandbox ? 'Lecteur' : headingOf(page);
    read.push(heading);
    if (heading === places) return page;
    const act = heading === 'Lecteur' ? readCard : acts[heading];
    assert.ok(act, `${page.status} ${heading} at ${page.url.pathname}`);
    page = await act(nurse, page);
  }
  throw new Error('she goes round in circles');
}

const heldNumber = ({ pocket }: Nurse): string => [...pocket.stored.values()].at(-1)?.nationalId.value ?? '';

/** Who has an e-CPS under RPPS by now signs in with it. */
function means({ intent, pocket, persona }: Nurse): 'card' | 'ecps' {
  const held = [...pocket.stored.values()].some(({ nationalId }) => nationalId.value === persona.rpps);
  return held ? 'ecps' : intent.means;
}

async function readCard({ desk, persona }: Nurse, page: Page): Promise<Page> {
  const isIn = /action="[^"]*\/code"/.test(page.text);
  return isIn
    ? press(desk, page, '/code', { code: '1234' })
    : press(desk, page, '/carte', { persona: persona.slug });
}

/** What the script of a waiting page does; then the page is read again. `meanwhile`: on her phone. */
async function waitUntilSettled(
  { desk }: Nurse,
  waiting: Page,
  meanwhile: () => Promise<unknown> = () => setTimeout(pollMs),
): Promise<Page> {
  const address = /data-waiting="([^"]+)"/.exec(waiting.text)?.[1]?.replaceAll('&amp;', '&');
  assert.ok(address, 'the page waits');
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await meanwhile()) {
    const { pending } = (await (await desk.request(new URL(address, waiting.url))).json()) as {
      pending: boolean;
    };
    if (!pending) return desk.open(waiting.url);
  }
  throw new Error('the page waits for ever');
}

/** **Réparer ma connexion**: the way that she intends, or what is left to do of it. */
async function repair(nurse: Nurse, page: Page): Promise<Page> {
  const { desk, intent, pocket } = nurse;
  const byEcps = hrefOf(page, 'Se connecter avec ma e-CPS');
  if (byEcps) return desk.open(new URL(byEcps, page.url), { headers: { 'sec-fetch-site': 'same-origin' } });
  const forgotten = hrefOf(page, 'Mot de passe oublié');
  if (intent.way === 'forgotten' && forgotten) return desk.open(new URL(forgotten, page.url));
  if (intent.way === 'settings' && pocket.stored.size > 0) await deactivate(nurse);
  const contacts = hrefOf(page, 'Enregistrer mes coordonnées');
  if (contacts && intent.way === 'mail') return desk.open(new URL(contacts));
  return pressNamed(desk, page, intent.way === 'scan' ? 'Scanner avec mon téléphone' : 'Par mail et SMS');
}

const recorded = { adresse: 'lina.kerbrat@laposte.net', mobile: '06 39 98 77 42' };

async function recordContacts(nurse: Nurse, page: Page): Promise<Page> {
  const { desk, persona } = nurse;
  if (!page.text.includes('name="adresse"')) return pressNamed(desk, page, 'Carte CPS');
  Object.assign(persona, { email: recorded.adresse, phone: recorded.mobile.replaceAll(' ', '') });
  return pressNamed(desk, page, 'Enregistrer', recorded);
}

async function removeByCodes(nurse: Nurse, page: Page): Promise<Page> {
  const mail = await nurse.findMailed(({ code }) => code);
  const sms = await nurse.findTexted(/suppr/i);
  return pressNamed(nurse.desk, page, 'Supprimer ma e-CPS', { 'code-mail': mail, 'code-sms': sms });
}
