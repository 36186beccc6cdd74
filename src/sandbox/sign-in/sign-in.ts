import { errors } from '../errors.ts';
import type { Persona } from '../personas.ts';
import type { SandboxUrls } from '../ports.ts';
import type { Reader } from '../reader/reader.ts';
import type { SimulatedPhones } from '../simulated/simulated-phones.ts';
import { createCardMeans } from './card-means.ts';
import { createEcpsMeans } from './ecps-means.ts';
import type { Means } from './means.ts';
import { type Answer, openScriptedBrowser } from './scripted-browser.ts';
import { authorizationUrl, type SignInRequest } from './sign-in-request.ts';

/** The redirect to the client, with a code or an OAuth error; or why the means was not accepted, as a code. */
export type SignInOutcome = { location: string } | { failure: string };

/**
 * Signs a persona in without a browser, every step through the real listeners. `gone`: whoever asked for it does not
 * wait any more.
 */
export type SignIn = (request: SignInRequest, persona: Persona, gone: AbortSignal) => Promise<SignInOutcome>;

export interface SignInDependencies {
  urls: SandboxUrls;
  reader: Reader;
  simulated: Pick<SimulatedPhones, 'lend'>;
  authorityPem: string;
  /** Ends what waits for a phone. */
  stopping: AbortSignal;
}

/** A sign-in by card takes ten; more is a loop. */
const mostSteps = 20;

export function createSignIn(dependencies: SignInDependencies): SignIn {
  const { urls, reader, simulated, authorityPem, stopping } = dependencies;
  async function pass(request: SignInRequest, means: Means): Promise<SignInOutcome> {
    const browser = await openScriptedBrowser(authorityPem);
    let url = authorizationUrl(urls.wallet, request);
    for (let step = 0; step < mostSteps; step++) {
      if (isReturn(url, request.redirectUri)) return { location: url.href };
      const answer = await means.open(browser, url);
      const failure = means.findFailure(answer);
      if (failure) return { failure };
      url = getNext(answer);
    }
    throw errors('sign_in.lost');
  }

  return async (request, persona, gone) => {
    if (request.method === 'card') {
      return pass(request, createCardMeans({ sandboxUrl: urls.sandbox, reader, persona }));
    }
    using phone = await simulated.lend(persona);
    const signal = AbortSignal.any([gone, stopping]);
    return await pass(request, createEcpsMeans({ identifier: phone.identifier, signal }));
  };
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
