import { randomUUID } from 'node:crypto';
import type { AccessToken, KoaContextWithOIDC } from 'oidc-provider';
import { type BridgedVerification, identityClaims, nameClaims, otherIds } from './identity-claims.ts';
import { accessTokenSeconds, idTokenSeconds, type OidcPolicy } from './policy.ts';
import { needsNames } from './scopes.ts';

/** What a code or refresh token remembers of the sign-in, as the library's models hold it. */
export interface TokenSource {
  authTime?: number | undefined;
  nonce?: string | undefined;
  scope?: string | undefined;
  sessionUid?: string | undefined;
}

export interface Grantee {
  verification: BridgedVerification;
  issuer: string;
  clientId: string;
  subject: string;
  /** Whether the client is told a subject that no other sector knows: then these tokens tell no number. */
  isPairwise: boolean;
  source: TokenSource;
  /** Seconds since the epoch, of the clock that signed tokens show. */
  now: number;
}

/** The code, request by CIBA or refresh token that this token request redeems. */
export function tokenSourceOf({ oidc }: KoaContextWithOIDC): TokenSource | undefined {
  const { AuthorizationCode: code, BackchannelAuthenticationRequest: request } = oidc.entities;
  return code ?? request ?? oidc.entities.RefreshToken;
}

/** No `aud`; `nonce` empty where none was sent (pro-sante-connect.md 2.4). */
export function accessTokenClaims(grantee: Grantee, jti: string, policy: OidcPolicy) {
  const { verification, source } = grantee;
  return {
    exp: grantee.now + accessTokenSeconds,
    ...commonClaims(grantee),
    jti,
    typ: 'Bearer',
    nonce: source.nonce ?? '',
    scope: source.scope ?? '',
    ...policy.methodClaims[verification.method],
    ...(grantee.isPairwise
      ? {}
      : { otherIds: otherIds(verification, policy), ...identityClaims(verification, policy) }),
  };
}

/** An access token that an exchange gives (RFC 8693), with what its row does not hold. */
export type ExchangedToken = AccessToken & {
  exchange?: {
    authTime: number | undefined;
    seconds: number;
    /** RFC 8693 section 4.1. */
    act: object | undefined;
  };
};

/** For an API: `aud` names it, which no token of a sign-in has; whoever introspects is told `SubjectNameID`. */
export function apiTokenClaims(grantee: Grantee, token: ExchangedToken, jti: string, policy: OidcPolicy) {
  const { seconds = 0, act } = token.exchange ?? {};
  return {
    exp: grantee.now + seconds,
    ...commonClaims(grantee),
    jti,
    typ: 'Bearer',
    client_id: grantee.clientId,
    aud: token.aud,
    scope: token.scope,
    ...policy.methodClaims[grantee.verification.method],
    ...(grantee.isPairwise ? {} : identityClaims(grantee.verification, policy)),
    ...(act ? { act } : {}),
  };
}

/** `aud` is a string (pro-sante-connect.md 2.3); names only where a scope asks for them. */
export function idTokenClaims(grantee: Grantee, policy: OidcPolicy) {
  const { verification, source } = grantee;
  return {
    exp: grantee.now + idTokenSeconds,
    ...commonClaims(grantee),
    jti: randomUUID(),
    aud: grantee.clientId,
    typ: 'ID',
    ...(source.nonce === undefined ? {} : { nonce: source.nonce }),
    // Not the session's level, where an era tells none.
    acr: undefined,
    ...policy.methodClaims[verification.method],
    ...(grantee.isPairwise ? {} : identityClaims(verification, policy)),
    ...(needsNames(source.scope ?? '') ? nameClaims(verification) : {}),
  };
}

function commonClaims({ issuer, subject, clientId, source, now }: Grantee) {
  return {
    iat: now,
    auth_time: source.authTime,
    iss: issuer,
    sub: subject,
    azp: clientId,
    session_state: source.sessionUid,
    sid: source.sessionUid,
  };
}
