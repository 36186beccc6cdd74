import { setTimeout as wait } from 'node:timers/promises';
import { findForm } from './form.ts';
import type { Means } from './means.ts';
import type { Answer, ScriptedBrowser } from './scripted-browser.ts';

export interface EcpsMeansDependencies {
  /** What is typed as **Identifiant e-CPS**. */
  identifier: string;
  /** Nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** As often as the page itself looks, more or less; a phone needs a second or two. */
const lookMs = 300;

/**
 * Types the identifier, waits for the phone as the page does, and goes back to the service where the phone, or the
 * end of time, said no.
 */
export function createEcpsMeans({ identifier, signal }: EcpsMeansDependencies): Means {
  /** The one thing to press, most telling first; the last one is on every page. */
  const controls = [
    { button: 'Se connecter avec ma e-CPS', fields: { identifiant: identifier } },
    { button: 'e-CPS', fields: {} },
    { button: 'Revenir au service', fields: {} },
  ];

  async function press(browser: ScriptedBrowser, answer: Answer): Promise<Answer> {
    for (const { button, fields } of controls) {
      const form = findForm(answer.url, answer.html, button);
      if (form) return browser.post(form.action, { ...form.fields, ...fields });
    }
    return answer;
  }

  return {
    findFailure,
    async open(browser, url) {
      let answer = await browser.get(url);
      while (isWaiting(answer)) {
        await wait(lookMs, undefined, { signal });
        answer = await browser.get(url);
      }
      const isOver = answer.next || answer.status !== 200 || findFailure(answer);
      return isOver ? answer : press(browser, answer);
    },
  };
}

const isWaiting = ({ html }: Answer): boolean => html.includes('data-testid="number"');

function findFailure({ html }: Answer): string | undefined {
  return /data-testid="cause"[^>]*data-code="(authenticator_expired)"/.exec(html)?.[1];
}
