import type { Method } from '#national-id';

/** Access and ID tokens: 2 minutes (pro-sante-connect.md 1.6). */
export const accessTokenSeconds = 120;
export const idTokenSeconds = 120;
/** What an access token is exchanged for. */
export const apiTokenSeconds = 3_600;
/** A code is redeemed at once or not at all (RFC 9700 section 2.1.1; FAPI 2.0 allows 60 s). */
export const codeSeconds = 60;
/** How long a redeemed code is remembered, so that its reuse revokes what it gave (RFC 6749 section 4.1.2). */
export const redeemedCodeMs = 30 * 60_000;
/** A request for a person by CIBA, and how often its service may ask (pro-sante-connect.md 1.6). */
export const backchannelRequestSeconds = 120;
export const pollIntervalSeconds = 1;
/** How long a request that is out of time is remembered, so that its service learns that it is. */
export const endedRequestMs = 10 * 60_000;
export const refreshTokenSeconds = 30 * 60;
/** Single sign-on: half an hour without a visit, four hours in all (RIE, pro-sante-connect.md 1.6). */
export const sessionIdleSeconds = 30 * 60;
export const sessionMaxSeconds = 4 * 3_600;
/** Time to find the card, its reader and the code. */
export const interactionSeconds = 30 * 60;

/** The fixed federation id in `sub`, as in every Pro Santé Connect sandbox sample since 2021. */
export const federationId = '550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd';

/** What tokens say about a means to sign in (pro-sante-connect.md 2.2); Pro Santé Connect left some of it out at times. */
export interface MethodClaims {
  acr?: string;
  authMode?: string;
  auth_level?: string;
  /** RFC 8176. */
  amr?: readonly string[];
}

/** What of the claims changed over the years (pro-sante-connect.md 2.1, 2.2, 2.6). */
export interface ClaimsForm {
  /** Granted with `scope_all`, unasked. */
  impliedScopes: readonly string[];
  /** `email_verified: false`, in userinfo and introspection. */
  emailVerified: boolean;
  /** `authMode` in userinfo too. */
  userinfoAuthMode: boolean;
  /** `codeCivilite` and `codeGenreActivite` at the root too, not inside SubjectRefPro and each activity alone. */
  rootCodes: boolean;
}

/** What differs from profile to profile, and from era to era. */
export interface OidcPolicy {
  methodClaims: Record<Method, MethodClaims>;
  /** The level that each means reaches, whatever tokens tell: one of `acrValues`. */
  levels: Record<Method, string>;
  /** `acr` values that can be asked for, the lowest first; asking is voluntary, what was used is told. */
  acrValues: readonly string[];
  claimsForm: ClaimsForm;
  /** The functional identifier (PSI, a UUID) of a national identifier with its prefix; absent: that itself is told. */
  psiOf?: (idNatPs: string) => string;
  /** Claims of OpenID Connect Core 1.0 section 5.1 that everybody is given: for tests of conformance only. */
  standardClaims?: Readonly<Record<string, unknown>>;
  /** Whether a rotated refresh token that comes back revokes its whole family. */
  refreshReuseRevokes: boolean;
  /** Whether every client proves by PKCE that a code is its own (RFC 9700 section 2.1.1), or public ones and FAPI's alone. */
  requirePkce: boolean;
}
