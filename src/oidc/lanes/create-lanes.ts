import type { AdapterFactory } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { CollectClaims } from '../accounts.ts';
import { discoveryPath, routes } from '../configuration.ts';
import type { OidcPolicy } from '../policy.ts';
import type { TokenSigner } from '../token-signer.ts';
import { createFindAccessToken } from './find-access-token.ts';
import { createIntrospectionLane } from './introspection-lane.ts';
import type { Lane } from './lane.ts';
import type { Published } from './published.ts';
import { createUserinfoLane } from './userinfo-lane.ts';

export interface LanesDependencies {
  provider: Provider;
  policy: OidcPolicy;
  signer: TokenSigner;
  adapter: AdapterFactory;
  collectClaims: CollectClaims;
  published: Published;
}

/** The endpoints that services ask most, by their paths below the issuer. */
export function createLanes(dependencies: LanesDependencies): ReadonlyMap<string, Lane> {
  const { signer, adapter, published } = dependencies;
  const findAccessToken = createFindAccessToken(signer, adapter('AccessToken'));
  const sessions = adapter('Session');
  return new Map([
    [routes.userinfo, createUserinfoLane({ ...dependencies, findAccessToken, sessions })],
    [routes.introspection, createIntrospectionLane({ ...dependencies, findAccessToken })],
    [routes.jwks, published.laneOf('jwks')],
    [discoveryPath, published.laneOf('discovery')],
  ]);
}
