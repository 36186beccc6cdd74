import type { Adapter } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { Verification } from '#national-id';
import type { CollectClaims } from '../accounts.ts';
import { subjectOf } from '../identity-claims.ts';
import type { OidcPolicy } from '../policy.ts';
import type { FindAccessToken } from './find-access-token.ts';
import { isPlain, type Lane, sendJson } from './lane.ts';

export interface UserinfoLaneDependencies {
  provider: Provider;
  policy: OidcPolicy;
  findAccessToken: FindAccessToken;
  sessions: Adapter;
  collectClaims: CollectClaims;
}

/** Userinfo as JSON for a bearer token in the `Authorization` header (OpenID Connect Core 1.0 section 5.3.1). */
export function createUserinfoLane(dependencies: UserinfoLaneDependencies): Lane {
  const { provider, policy, findAccessToken, sessions, collectClaims } = dependencies;
  return async (req, res) => {
    const token = /^Bearer ([\w.-]+)$/.exec(req.headers.authorization ?? '')?.[1];
    const isReading = req.method === 'GET' && !req.url?.includes('?') && isPlain(req);
    const found = isReading && token ? await findAccessToken(token) : undefined;
    if (!found?.payload.scope.split(' ').includes('openid')) return false;
    const { clientId, accountId, sessionUid, scope } = found.payload;
    const client = await provider.Client.find(clientId);
    if (!client || client.userinfoSignedResponseAlg || client.userinfoEncryptedResponseAlg) return false;
    const session = await sessions.findByUid(sessionUid);
    const verification = session?.verification as Verification | undefined;
    if (!verification || subjectOf(verification, policy) !== accountId) return false;
    const asked = { sid: sessionUid, clientId };
    const claims = new provider.Claims(await collectClaims(verification, { scope, asked }), { client });
    claims.scope(scope);
    return sendJson(res, await claims.result());
  };
}
