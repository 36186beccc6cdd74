import type { Persona } from '../personas.ts';
import type { Reader } from '../reader/reader.ts';
import { findForm } from './form.ts';
import type { Means } from './means.ts';
import type { Answer } from './scripted-browser.ts';

export interface CardMeansDependencies {
  /** Base URL of the sandbox, whose reader the card listener's template names first. */
  sandboxUrl: URL;
  reader: Pick<Reader, 'present'>;
  persona: Persona;
}

/** Presses **Carte CPS** where the page asks for the means, and shows the persona's card, or none, to the reader. */
export function createCardMeans({ sandboxUrl, reader, persona }: CardMeansDependencies): Means {
  const attemptOf = (url: URL): string | undefined =>
    url.origin === sandboxUrl.origin ? /^\/lecteur\/([a-z0-9-]+)$/.exec(url.pathname)?.[1] : undefined;
  return {
    findFailure,
    async open(browser, url) {
      const attempt = attemptOf(url);
      if (attempt) {
        return { url, status: 303, html: '', next: new URL(await reader.present(attempt, persona)) };
      }
      const answer = await browser.get(url);
      if (answer.next || answer.status !== 200 || findFailure(answer)) return answer;
      const form = findForm(answer.url, answer.html, 'Carte CPS');
      return form ? browser.post(form.action, form.fields) : answer;
    },
  };
}

function findFailure({ html }: Answer): string | undefined {
  return /data-testid="card-failure"[^>]*data-code="([a-z_]+)"/.exec(html)?.[1];
}
