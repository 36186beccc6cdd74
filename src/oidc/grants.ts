import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { OidcPolicy } from './policy.ts';
import { withImpliedScopes } from './scopes.ts';

/** What a session remembers of each service it was used for. */
export interface ServiceState {
  sid?: string | undefined;
  grantId?: string | undefined;
  redirectUri?: string;
  /** Seconds since the epoch; the greatest is the service that came last. */
  usedAt?: number;
}

/**
 * Grants what was asked, each time anew: a code's reuse then revokes what that code gave and nothing else. All
 * services see one `sid`, the session's own `uid`, as Keycloak's do: a logout by `id_token_hint` finds the session by it.
 */
export async function grantRequested(
  ctx: KoaContextWithOIDC,
  policy: OidcPolicy,
): Promise<Grant | undefined> {
  const { account, client, params, provider, session } = ctx.oidc;
  if (!account || !client || !session || !params) return undefined;
  if (typeof params.scope === 'string') params.scope = withImpliedScopes(params.scope, policy);
  const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  grant.addOIDCScope(ctx.oidc.requestParamOIDCScopes);
  grant.addOIDCClaims(ctx.oidc.requestParamClaims);
  await grant.save();
  // Without it a session's first service gets an object that is kept nowhere.
  session.ensureClientContainer(client.clientId);
  const state: ServiceState = session.authorizationFor(client.clientId);
  state.sid = session.uid;
  state.usedAt = Math.floor(Date.now() / 1000);
  if (typeof params.redirect_uri === 'string') state.redirectUri = params.redirect_uri;
  return grant;
}
