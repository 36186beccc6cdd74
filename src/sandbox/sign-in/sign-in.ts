import { errors } from '../errors.ts';
import type { Persona } from '../personas.ts';
import type { SandboxUrls } from '../ports.ts';
import type { Reader } from '../reader/reader.ts';
import { findForm } from './form.ts';
import { type Answer, createScriptedBrowser, type ScriptedBrowser } from './scripted-browser.ts';
import { authorizationUrl, type SignInRequest } from './sign-in-request.ts';

/** The redirect to the client, with a code or an OAuth error; or why the card was not recognised. */
export type SignInOutcome = { location: string } | { failure: string };

/** Signs a persona in without a browser, every step through the real listeners. */
export type SignIn = (request: SignInRequest, persona: Persona) => Promise<SignInOutcome>;

export interface SignInDependencies {
  urls: SandboxUrls;
  reader: Reader;
  authorityPem: string;
}

/** A sign-in by card takes ten; more is a loop. */
const mostSteps = 20;

export function createSignIn({ urls, reader, authorityPem }: SignInDependencies): SignIn {
  const attemptOf = (url: URL): string | undefined =>
    url.origin === urls.sandbox.origin ? /^\/lecteur\/([a-z0-9-]+)$/.exec(url.pathname)?.[1] : undefined;

  return async (request, persona) => {
    const browser = createScriptedBrowser(authorityPem);
    let url = authorizationUrl(urls.wallet, request);
    for (let step = 0; step < mostSteps; step++) {
      if (isReturn(url, request.redirectUri)) return { location: url.href };
      const attempt = attemptOf(url);
      if (attempt) {
        url = new URL(await reader.present(attempt, persona));
        continue;
      }
      const answer = await chooseCard(browser, await browser.get(url));
      const failure = findFailure(answer);
      if (failure) return { failure };
      url = getNext(answer);
    }
    throw errors('sign_in.lost');
  };
}

/** Presses **Carte CPS** where the page asks for the means. */
async function chooseCard(browser: ScriptedBrowser, answer: Answer): Promise<Answer> {
  if (answer.next || answer.status !== 200 || findFailure(answer)) return answer;
  const form = findForm(answer.url, answer.html, 'Carte CPS');
  return form ? browser.post(form.action, form.fields) : answer;
}

function findFailure({ html }: Answer): string | undefined {
  return /data-testid="card-failure"[^>]*data-code="([a-z_]+)"/.exec(html)?.[1];
}

function getNext({ next, status, html }: Answer): URL {
  if (next) return next;
  throw status >= 400 && status < 500
    ? errors('sign_in.refused', fieldAtFault(html))
    : errors('sign_in.lost');
}

/** The provider's page names what it refused. */
function fieldAtFault(html: string): string | undefined {
  if (html.includes('invalid_client')) return 'clientId';
  return html.includes('redirect_uri') ? 'redirectUri' : undefined;
}

/** Whether this is the client's own address, with whatever the provider added to its query. */
function isReturn(url: URL, redirectUri: string): boolean {
  const expected = URL.parse(redirectUri);
  return expected !== null && url.origin === expected.origin && url.pathname === expected.pathname;
}
