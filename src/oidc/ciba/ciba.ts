import type { Provider } from 'oidc-provider/lib/provider.js';
import { createRateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import { cibaFeature } from './ciba-feature.ts';
import { createPings, type PingDependencies } from './pings.ts';
import { type TakeOverDependencies, useBackchannelRequests } from './take-over.ts';

export interface CibaDependencies
  extends Omit<PingDependencies, 'jobs'>,
    Omit<TakeOverDependencies, 'limiter'> {
  jobs?: PingDependencies['jobs'];
}

/** Signing in on another device, asked for by a service's program: what the library is given, and what is done to it. */
export function createCiba(dependencies: CibaDependencies) {
  const pings = createPings({ ...dependencies, jobs: dependencies.jobs });
  const limiter = createRateLimiter(dependencies);
  return {
    feature: cibaFeature({ ...dependencies, pings }),
    use: (provider: Provider) => useBackchannelRequests(provider, { ...dependencies, limiter }),
    jobHandlers: pings.jobHandlers,
  };
}
