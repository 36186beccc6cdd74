import { createCookieBrowser } from '../support/cookie-browser.ts';
import { askPhone, waitForPhone } from '../support/ecps-walk.ts';
import { openChoice, signInByCard, textOf } from '../support/http-walk.ts';
import { walkToPlaces } from './desk.ts';
import { createLine, type KillPlan } from './line.ts';
import type { MortalServer } from './mortal-server.ts';
import { type Intent, meetNurse, type Nurse } from './nurse.ts';
import { approve, changePassword, deactivate, noTries } from './pocket.ts';

/** One of the walks, as it is walked under a kill. */
export interface Walk {
  name: string;
  persona: string;
  intent: Intent;
  /** Whether her phone has the e-CPS of the seed. */
  withPhone?: boolean;
  /** Whether what she had signed in with before ends. */
  endsSessions: boolean;
  /** Requests of an undisturbed walk, more or less: the kill falls among them. */
  requests: number;
  /** To her places unless told. */
  run?(nurse: Nurse): Promise<unknown>;
}

const byCard = { means: 'card', way: 'scan' } as const;

export const walks: Walk[] = [
  {
    name: 'the guide, by card QR',
    persona: 'infirmiere-adeli',
    intent: byCard,
    requests: 36,
    endsSessions: true,
  },
  {
    name: 'the guide, by mail and SMS',
    persona: 'infirmiere-adeli',
    intent: { means: 'card', way: 'mail' },
    requests: 42,
    endsSessions: true,
  },
  {
    name: 'an e-CPS under ADELI, by settings',
    persona: 'infirmier-ecps-adeli',
    intent: { means: 'ecps', way: 'settings' },
    withPhone: true,
    requests: 50,
    endsSessions: true,
  },
  {
    name: 'an e-CPS under ADELI, by forgotten password',
    persona: 'infirmier-ecps-adeli',
    intent: { means: 'card', way: 'forgotten' },
    withPhone: true,
    requests: 50,
    endsSessions: true,
  },
  {
    name: 'no contact details',
    persona: 'infirmiere-sans-coordonnees',
    intent: { means: 'card', way: 'mail' },
    requests: 50,
    endsSessions: true,
  },
  { name: 'a sign-in by card', persona: 'infirmier-rpps', intent: byCard, requests: 13, endsSessions: false },
  {
    name: 'a sign-in by e-CPS',
    persona: 'sage-femme',
    intent: { means: 'ecps', way: 'mail' },
    withPhone: true,
    requests: 18,
    endsSessions: false,
  },
  {
    name: 'a change of password, and a sign-in with the new one',
    persona: 'pharmacienne',
    intent: { means: 'ecps', way: 'mail' },
    withPhone: true,
    requests: 22,
    endsSessions: false,
    async run(nurse) {
      await changePassword(nurse, 'un bol de soupe');
      return walkToPlaces(nurse);
    },
  },
  {
    name: 'a deactivation',
    persona: 'medecin-deux-lieux',
    intent: { means: 'ecps', way: 'mail' },
    withPhone: true,
    requests: 19,
    endsSessions: true,
    async run(nurse) {
      await walkToPlaces(nurse);
      await deactivate(nurse);
    },
  },
];

/** Walks it on the seed, with one kill at that point or none. */
export async function walk(
  server: MortalServer,
  { run = walkToPlaces, ...of }: Walk,
  plan?: KillPlan,
): Promise<Nurse> {
  await server.api('POST', '/api/reset');
  const { withPhone = false } = of;
  const nurse = await meetNurse(server, createLine(server), of.persona, of.intent, { withPhone });
  nurse.other = { browser: await signInBefore(nurse), ends: of.endsSessions };
  nurse.line = createLine(server, plan);
  await run(nurse);
  await nurse.line.end();
  return nurse;
}

async function signInBefore(nurse: Nurse) {
  const { server, persona, pocket } = nurse;
  const browser = createCookieBrowser();
  if (pocket.stored.size === 0) await signInByCard(browser, server.urls, persona.slug);
  else {
    const waiting = await askPhone(browser, await openChoice(browser, server.urls), persona.nationalId);
    await approve(nurse, Number(textOf(waiting, 'number')));
    await waitForPhone(browser, waiting);
    pocket.wrong = noTries();
  }
  return browser;
}
