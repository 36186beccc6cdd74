import type {
  AdapterFactory,
  Client,
  Configuration,
  FapiProfile,
  FindAccount,
  KoaContextWithOIDC,
} from 'oidc-provider';
import { InvalidScope, UnmetAuthenticationRequirements } from 'oidc-provider/lib/helpers/errors.js';
import { base, Check, Prompt } from 'oidc-provider/lib/helpers/interaction_policy/index.js';
import { channelParameter } from './ciba/channels.ts';
import { lifetimeSeconds } from './ciba/ciba-feature.ts';
import { type ClientRegistration, toStored, walletRegistration } from './clients/client-metadata.ts';
import { clientRules } from './clients/client-rules.ts';
import { createCookieSigner } from './cookie-signer.ts';
import { grantRequested } from './grants.ts';
import { pairwiseSubject } from './hardened/pairwise.ts';
import type { RingKey } from './keys/key-ring.ts';
import {
  accessTokenSeconds,
  codeSeconds,
  idTokenSeconds,
  interactionSeconds,
  type OidcPolicy,
  refreshTokenSeconds,
  sessionIdleSeconds,
  sessionMaxSeconds,
} from './policy.ts';
import { isEnough, methodsFor } from './requested-level.ts';
import { scopeClaimsOf } from './scopes.ts';
import { untilSessionEnd } from './session-end.ts';

/** Keycloak's paths below the issuer (pro-sante-connect.md 1.1), and wallet's. */
export const routes = {
  authorization: '/auth',
  token: '/protocol/openid-connect/token',
  userinfo: '/protocol/openid-connect/userinfo',
  jwks: '/protocol/openid-connect/certs',
  end_session: '/protocol/openid-connect/logout',
  introspection: '/protocol/openid-connect/token/introspect',
  revocation: '/protocol/openid-connect/revoke',
  pushed_authorization_request: '/protocol/openid-connect/ext/par/request',
  backchannel_authentication: '/protocol/openid-connect/ext/ciba/auth',
  registration: '/clients-registrations/openid-connect',
};

/** OpenID Connect Discovery 1.0 section 4. */
export const discoveryPath = '/.well-known/openid-configuration';

export const registrationPath = routes.registration;

export interface ConfigurationInput {
  adapter: AdapterFactory;
  findAccount: FindAccount;
  policy: OidcPolicy;
  clients: readonly ClientRegistration[];
  keys: readonly RingKey[];
  cookieKeys: readonly string[];
  walletUrl: URL;
  walletRedirectUri: string;
  /** Path on wallet of the pages that sign people in. */
  signInPath: string;
  /** A secret of 32 bytes or more: makes pairwise subjects. */
  subjectKey: string;
  /** Back-channel calls to loopback, which the library refuses by itself. */
  allowLoopbackCalls: boolean;
  /** Absent: nobody can be asked without a browser. */
  ciba: NonNullable<Configuration['features']>['ciba'];
  renderError: NonNullable<Configuration['renderError']>;
}

export function createConfiguration(input: ConfigurationInput): Configuration {
  const { adapter, findAccount, policy, clients, keys, walletUrl } = input;
  const scopeClaims = scopeClaimsOf(policy);
  return {
    ...clientRules(policy, input.ciba),
    adapter,
    findAccount,
    clients: [...clients.map(toStored), walletRegistration(input.walletRedirectUri)],
    jwks: { keys: [...keys] },
    cookies: cookies(walletUrl, input.cookieKeys),
    routes,
    claims: { ...scopeClaims, acr: null, auth_time: null, iss: null, sid: null },
    ttl,
    pkce: { required: ({ oidc }, client) => needsPkce(client, policy, oidc.fapiProfile) },
    // FAPI 2.0 Security Profile section 5.3.2.1: a token that is bound to its client need not change.
    rotateRefreshToken: ({ oidc }) => oidc.fapiProfile !== '2.0',
    pairwiseIdentifier: async (_ctx, subject, client) => pairwiseSubject(input.subjectKey, client, subject),
    // Not checked against the session for each use: tokens go with their session's rows.
    expiresWithSession: () => false,
    extraParams: [channelParameter],
    loadExistingGrant: (ctx) => grantRequested(ctx, policy),
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: () => false,
    interactions: {
      policy: interactionPolicy(policy),
      url: (ctx, { uid }) => new URL(`${input.signInPath}/${uid}${languageOf(ctx)}`, walletUrl).href,
    },
    renderError: input.renderError,
    ...(input.allowLoopbackCalls ? { fetch: fetchAnywhere } : {}),
  };
}

function needsPkce(
  { clientAuthMethod }: Client,
  { requirePkce }: OidcPolicy,
  fapiProfile?: FapiProfile,
): boolean {
  return requirePkce || clientAuthMethod === 'none' || fapiProfile === '2.0';
}

const ttl: Configuration['ttl'] = {
  AccessToken: accessTokenSeconds,
  AuthorizationCode: codeSeconds,
  ClientCredentials: accessTokenSeconds,
  BackchannelAuthenticationRequest: (ctx) => lifetimeSeconds(ctx?.oidc.params ?? {}),
  IdToken: idTokenSeconds,
  Interaction: interactionSeconds,
  Grant: sessionMaxSeconds,
  Session: (_ctx, { loginTs }) => untilSessionEnd(loginTs, sessionIdleSeconds),
  RefreshToken: (_ctx, { authTime }) => untilSessionEnd(authTime, refreshTokenSeconds),
};

/**
 * No consent is asked: the law says what a service may know. `prompt=consent` is answered by signing in again, and so are
 * `select_account` and a level that the session does not reach. A level that nobody can reach is refused.
 */
function interactionPolicy(levels: OidcPolicy) {
  const policy = base();
  policy.remove('consent');
  for (const name of ['consent', 'select_account']) policy.add(new Prompt({ name, requestable: true }));
  const description = 'the requested level could not be obtained';
  const check = ({ oidc }: KoaContextWithOIDC) => {
    const { acr, params = {}, requestParamOIDCScopes } = oidc;
    // RFC 6749 section 3.3; the library would say so once the person has signed in, as `access_denied`.
    if (requestParamOIDCScopes.size === 0)
      throw new InvalidScope('a scope that is known must be requested', String(params.scope ?? ''));
    // OpenID Connect Core 1.0 section 5.5.1.1; the error is of "OpenID Connect Core Unmet Authentication Requirements".
    if (methodsFor(params, levels).length === 0) throw new UnmetAuthenticationRequirements(description);
    return !isEnough(acr, params, levels);
  };
  const { checks } = policy.get('login') ?? {};
  checks?.add(new Check('level', description, 'login_required', check));
  checks?.add(
    new Check('account', 'the session is under another subject', 'login_required', isUnderAnotherSubject),
  );
  return policy;
}

/** As when the form of subjects has changed since the sign-in. */
function isUnderAnotherSubject({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.session?.accountId !== undefined && oidc.account === undefined;
}

/**
 * Wallet holds all browser state; names begin with the listener, `Secure` off loopback. `__Host-` needs the path `/`,
 * which the session has; the other two are limited to the sign-in that they belong to.
 */
function cookies(walletUrl: URL, keys: readonly string[]): NonNullable<Configuration['cookies']> {
  const secure = walletUrl.protocol === 'https:';
  const options = { httpOnly: true, sameSite: 'lax', secure, signed: true } as const;
  const prefix = secure ? '__Secure-' : '';
  return {
    names: {
      session: secure ? '__Host-wallet_session' : 'wallet_session',
      interaction: `${prefix}wallet_interaction`,
      resume: `${prefix}wallet_resume`,
    },
    long: options,
    short: options,
    keys: createCookieSigner(keys),
  };
}

/** `ui_locales` goes on to our pages, which remember it. */
function languageOf({ oidc }: KoaContextWithOIDC): string {
  const locales = oidc.params?.ui_locales;
  return typeof locales === 'string' ? `?${new URLSearchParams({ ui_locales: locales })}` : '';
}

/** Without the library's `dispatcher`, which refuses special-use addresses. */
const fetchAnywhere: NonNullable<Configuration['fetch']> = (input, options) => {
  const { dispatcher: _, ...rest } = { dispatcher: undefined, ...options };
  return fetch(input instanceof Request ? input : resolvable(input), rest);
};

/** Only browsers resolve names under `localhost` (RFC 6761 section 6.3). */
function resolvable(address: string | URL): URL {
  const url = new URL(address);
  if (url.hostname.endsWith('.localhost')) url.hostname = 'localhost';
  return url;
}
