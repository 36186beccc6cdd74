import type { Context } from 'hono';
import type { AppEnv } from '#platform/http/site.ts';
import type { CardReaders } from './card-step.ts';
import type { EcpsMeans } from './ecps-means.ts';
import type { StartingPoint } from './pages.ts';
import type { SignInHost, SignInRequest } from './sign-in-host.ts';

/** What a route works with. */
export interface SignInParts {
  host: SignInHost;
  cards: CardReaders;
  start: StartingPoint;
  /** Absent where no app is served, and where an e-CPS is not good enough for what the service asks. */
  ecps: EcpsMeans | undefined;
}

export type Answer = Response | Promise<Response>;

/** What a route does for the sign-in of this browser. */
export type Act = (c: Context<AppEnv>, request: SignInRequest, parts: SignInParts) => Promise<Answer>;

/** Lets routes know what they are given when there is no e-CPS: the page, which shows the next step. */
export type EcpsAct = (
  c: Context<AppEnv>,
  request: SignInRequest,
  parts: SignInParts & { ecps: EcpsMeans },
) => Promise<Answer>;
