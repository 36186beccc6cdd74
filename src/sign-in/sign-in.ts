import { type Context, Hono } from 'hono';
import { renderFailure } from '#platform/http/error-page.ts';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import { parseReference } from '#platform/http/reference.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { openReader, redeemCard } from './card-actions.ts';
import type { CardReaders } from './card-step.ts';
import {
  chooseAgain,
  openEcps,
  requestApproval,
  showActivation,
  tellState,
  withEcps,
} from './ecps-actions.ts';
import { createEcpsMeans, type EcpsMeansDependencies } from './ecps-means.ts';
import { offerThaw, thaw } from './frozen-actions.ts';
import { renderExpired, type StartingPoint } from './pages.ts';
import { paths } from './paths.ts';
import { showStep } from './show-step.ts';
import type { SignInHost, SignInRequest } from './sign-in-host.ts';
import type { Act, SignInParts } from './sign-in-parts.ts';

export interface SignInDependencies {
  host: SignInHost;
  cards: CardReaders;
  start: StartingPoint;
  /** Absent where no e-CPS app is served. */
  ecps?: EcpsMeansDependencies;
}

export interface SignIn {
  /** Wallet's pages below `/connexion`. */
  routes: Hono<AppEnv>;
}

/** The only router between steps: each route does one thing and comes back to the page, which shows the next step. */
export function createSignIn(dependencies: SignInDependencies): SignIn {
  const { host, start } = dependencies;
  const parts = { ...dependencies, ecps: dependencies.ecps && createEcpsMeans(dependencies.ecps) };
  const routes = new Hono<AppEnv>();
  const { pattern } = paths;
  const forThisSignIn = (act: Act) => async (c: Context<AppEnv>) => {
    const request = await host.find(c);
    return request ? act(c, request, partsFor(request, parts)) : renderExpired(c, start);
  };
  const show = (path: string, act: Act) => routes.get(path, forThisSignIn(act));
  const press = (path: string, act: Act) =>
    routes.get(path, forThisSignIn(backToPage)).post(path, forThisSignIn(act));
  routes.get(pattern.unknownAttempt, (c) => {
    const reference = parseReference(c.req.query('reference'));
    return reference ? renderFailure(c, reference) : renderExpired(c, start);
  });
  show(pattern.page, showStep);
  press(pattern.card, openReader);
  show(pattern.cardReturn, redeemCard);
  press(pattern.ecps, withEcps(openEcps));
  press(pattern.newApproval, withEcps(requestApproval));
  show(pattern.approval, showStep);
  show(pattern.approvalState, withEcps(tellState));
  show(pattern.activation, withEcps(showActivation));
  press(pattern.otherMeans, withEcps(chooseAgain));
  routes.get(pattern.frozen, forThisSignIn(offerThaw)).post(pattern.frozen, forThisSignIn(thaw));
  press(pattern.back, leave);
  return { routes };
}

/** An e-CPS is left out where it is not good enough for what the service asks. */
function partsFor({ methods }: SignInRequest, parts: SignInParts): SignInParts {
  return methods.includes('ecps') ? parts : { ...parts, ecps: undefined };
}

/** A form's address that is opened again, by *reload* or a language link. */
const backToPage: Act = async (c, { id }) => {
  const { search } = new URL(c.req.url);
  return c.redirect(paths.page(id) + search, 303);
};

/** **Revenir au service**: the address leads at last to another origin. */
const leave: Act = async (c, { id }, { host, start, ecps }) => {
  await ecps?.leave(id);
  const url = await host.refuse(c);
  return url === undefined ? renderExpired(c, start) : leavingRedirect(c, url);
};
