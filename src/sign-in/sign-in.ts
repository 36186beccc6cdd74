import { type Context, Hono } from 'hono';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { CardReaders } from './card-step.ts';
import { nextStep } from './next-step.ts';
import { renderCardFailed, renderChoice, renderExpired, type StartingPoint } from './pages.ts';
import { paths } from './paths.ts';
import type { SignInHost, SignInRequest } from './sign-in-host.ts';

export interface SignInDependencies {
  host: SignInHost;
  cards: CardReaders;
  start: StartingPoint;
}

export interface SignIn {
  /** Wallet's pages below `/connexion`. */
  routes: Hono<AppEnv>;
}

type Answer = Response | Promise<Response>;

/** The only router between steps: each route does one thing and comes back to the page, which shows the next step. */
export function createSignIn(dependencies: SignInDependencies): SignIn {
  const { host, start } = dependencies;
  const routes = new Hono<AppEnv>();
  const { pattern } = paths;
  const withRequest =
    (answer: (c: Context<AppEnv>, request: SignInRequest, parts: SignInDependencies) => Promise<Answer>) =>
    async (c: Context<AppEnv>): Promise<Response> => {
      const request = await host.find(c);
      return request ? answer(c, request, dependencies) : renderExpired(c, start);
    };
  routes.get(pattern.unknownAttempt, (c) => renderExpired(c, start));
  routes.get(pattern.page, withRequest(showStep));
  routes.get(pattern.card, withRequest(backToPage));
  routes.post(pattern.card, withRequest(openReader));
  routes.get(pattern.cardReturn, withRequest(redeemCard));
  routes.get(pattern.back, withRequest(backToPage));
  routes.post(pattern.back, async (c) => goOn(c, await host.refuse(c), start));
  return { routes };
}

async function showStep(c: Context<AppEnv>, request: SignInRequest, { cards }: SignInDependencies) {
  const step = nextStep({ failedCard: await cards.findFailure(request.id) });
  return step.name === 'card_failed' ? renderCardFailed(c, request, step) : renderChoice(c, request);
}

/** A form's address that is opened again, by *reload* or a language link. */
async function backToPage(c: Context<AppEnv>, request: SignInRequest) {
  const { search } = new URL(c.req.url);
  return c.redirect(paths.page(request.id) + search, 303);
}

/** **Carte CPS**, and **Réessayer**, which goes back to the reader that failed. */
async function openReader(c: Context<AppEnv>, { id }: SignInRequest, { cards }: SignInDependencies) {
  const failed = await cards.findFailure(id);
  const { url } = await cards.createAttempt({ signInId: id, reader: failed?.reader ?? 'first' });
  return leavingRedirect(c, url);
}

/** The reader sends the browser back with a code: it tells who was verified, or why not. */
async function redeemCard(c: Context<AppEnv>, request: SignInRequest, parts: SignInDependencies) {
  const code = c.req.query('code') ?? '';
  const redeemed = await parts.cards.consumeCode({ signInId: request.id, code });
  if (!redeemed || 'failure' in redeemed) return c.redirect(paths.page(request.id), 303);
  const url = await parts.host.complete(c, request, redeemed.verification);
  return url === undefined ? renderExpired(c, parts.start) : c.redirect(url, 303);
}

/** After a form: the address leads to the service at last, which is on another origin. */
function goOn(c: Context<AppEnv>, url: string | undefined, start: StartingPoint): Answer {
  return url === undefined ? renderExpired(c, start) : leavingRedirect(c, url);
}
