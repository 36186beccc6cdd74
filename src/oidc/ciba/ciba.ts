import type { Provider } from 'oidc-provider/lib/provider.js';
import { createRateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import type { ClaimsSource } from '../accounts.ts';
import type { Sessions } from '../sessions.ts';
import type { WalletSignIn } from '../wallet-sign-in.ts';
import type { BackchannelApprovals } from './approvals.ts';
import { createCardApprovals } from './card/card-approvals.ts';
import { createCardQuestionStore } from './card/card-question-store.ts';
import { createCardRoutes } from './card/card-routes.ts';
import { cibaFeature } from './ciba-feature.ts';
import { createPings, type PingDependencies } from './pings.ts';
import { type TakeOverDependencies, useBackchannelRequests } from './take-over.ts';

export interface CibaDependencies
  extends Omit<PingDependencies, 'jobs' | 'channels'>,
    Omit<TakeOverDependencies, 'limiter' | 'channels'> {
  jobs?: PingDependencies['jobs'];
  /** What asks on `MOBILE`. */
  approvals: BackchannelApprovals;
  claims: Pick<ClaimsSource, 'findPractitioner'>;
}

/** Signing in on another device, asked for by a service's program: what the library is given, and what is done to it. */
export function createCiba(dependencies: CibaDependencies) {
  const { database, claims } = dependencies;
  const limiter = createRateLimiter(dependencies);
  const questions = createCardQuestionStore(database);
  const card = createCardApprovals({
    ...{ ...dependencies, limiter, questions },
    isPractitioner: async (nationalId) => (await claims.findPractitioner(nationalId)) !== undefined,
  });
  const channels = { MOBILE: dependencies.approvals, CARD: card };
  const pings = createPings({ ...dependencies, channels, jobs: dependencies.jobs });
  return {
    feature: cibaFeature({ ...dependencies, channels, pings }),
    use: (provider: Provider) => useBackchannelRequests(provider, { ...dependencies, channels, limiter }),
    routes: (sessions: Sessions, signIn: WalletSignIn) =>
      createCardRoutes({ ...dependencies, questions, sessions, signIn }),
    jobHandlers: pings.jobHandlers,
  };
}
