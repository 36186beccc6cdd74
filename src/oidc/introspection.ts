import type { KoaContextWithOIDC, RefreshToken } from 'oidc-provider';
import type { VerifiedSession } from './accounts.ts';
import { isSessionOver } from './exchange/exchange-grant.ts';
import { type BridgedVerification, identityClaims } from './identity-claims.ts';
import type { OidcPolicy } from './policy.ts';

/**
 * The answer in Pro Santé Connect's shape (pro-sante-connect.md 2.7): an access token's claims come back with
 * `SubjectNameID`, a refresh token's without; an inactive token is `{"active":false}` and nothing else.
 */
export async function introspectionBody(
  ctx: KoaContextWithOIDC,
  presented: Record<string, unknown> | undefined,
  policy: OidcPolicy,
): Promise<object> {
  const { active, client_id } = ctx.body as { active?: boolean; client_id?: string };
  const { RefreshToken: refreshToken } = ctx.oidc.entities;
  const claims = refreshToken ? await refreshTokenClaims(ctx, refreshToken, policy) : presented;
  if (!active || !claims || (await isSessionOver(ctx))) return { active: false };
  return activeAnswer(claims, client_id, policy);
}

/** What is told of a living token by its claims. */
export function activeAnswer(
  claims: Record<string, unknown>,
  clientId: string | undefined,
  policy: OidcPolicy,
): object {
  const { authMode: _, otherIds: __, ...shown } = claims;
  return {
    ...shown,
    client_id: clientId,
    username: claims.preferred_username,
    ...(policy.claimsForm.emailVerified ? { email_verified: false } : {}),
    active: true,
  };
}

async function refreshTokenClaims(
  ctx: KoaContextWithOIDC,
  token: RefreshToken,
  policy: OidcPolicy,
): Promise<Record<string, unknown> | undefined> {
  const session = await ctx.oidc.provider.Session.findByUid(String(token.sessionUid));
  const verification = (session as VerifiedSession | undefined)?.verification;
  return verification && { ...tokenClaims(ctx.oidc.issuer, token), ...personClaims(verification, policy) };
}

function tokenClaims(issuer: string, token: RefreshToken) {
  return {
    exp: token.exp,
    iat: token.iat,
    auth_time: token.authTime,
    iss: issuer,
    sub: token.accountId,
    typ: 'Refresh',
    azp: token.clientId,
    nonce: token.nonce ?? '',
    session_state: token.sessionUid,
    sid: token.sessionUid,
    scope: token.scope,
  };
}

function personClaims(verification: BridgedVerification, policy: OidcPolicy) {
  const { acr } = policy.methodClaims[verification.method];
  return { acr, preferred_username: identityClaims(verification, policy).preferred_username };
}
