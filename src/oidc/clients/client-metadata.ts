import { hash, timingSafeEqual } from 'node:crypto';
import type { Client, ClientMetadata } from 'oidc-provider';
import { exchangeMetadata, splitScope } from '../exchange/exchange-metadata.ts';

/**
 * A service that may ask for sign-ins ("fournisseur de service"), by the names of RFC 7591 section 2, and
 * `initiate_login_uri` (OpenID Connect Dynamic Client Registration 1.0 section 2).
 */
export interface ClientRegistration extends ClientMetadata {
  /** Shown on sign-in pages. */
  client_name: string;
  /** A developer's own machine: any `http` address on loopback, whatever its port and path. Sandbox only. */
  loopback_redirects?: boolean;
}

/**
 * What we add to the library's metadata. `local_initiate_login_uri`: an `initiate_login_uri` that the library refuses, on
 * loopback or a path alone. `fapi_profile`: see `fapiProfileOf`.
 */
export const ownMetadata = [
  'loopback_redirects',
  'local_initiate_login_uri',
  'fapi_profile',
  ...exchangeMetadata,
] as const;

/** Of these nobody registers any over the network. */
export const operatorMetadata: readonly string[] = [
  'loopback_redirects',
  'local_initiate_login_uri',
  ...exchangeMetadata,
];

/** Wallet's own pages ask for a sign-in as this client; nothing is issued to it. */
export const walletClientId = 'hygie-wallet';

export function walletRegistration(redirectUri: string): ClientMetadata {
  return {
    client_id: walletClientId,
    token_endpoint_auth_method: 'none',
    grant_types: [],
    response_types: ['none'],
    redirect_uris: [redirectUri],
  };
}

/** As the library is given it, and as it is stored: the secret is hashed. */
export function toStored(registration: ClientMetadata): ClientMetadata {
  const split = splitScope(registration);
  const { client_secret: secret, redirect_uris: uris, initiate_login_uri: start, ...rest } = split;
  const anyLoopback = rest.loopback_redirects === true && !uris?.length;
  const startName = start?.startsWith('https:') ? 'initiate_login_uri' : 'local_initiate_login_uri';
  return {
    ...rest,
    ...(start === undefined ? {} : { [startName]: start }),
    // Whoever takes any loopback address needs one to be valid; see `isLoopbackAddress`.
    redirect_uris: anyLoopback ? ['http://localhost/'] : (uris ?? []),
    ...(secret === undefined ? {} : { client_secret: hashSecret(secret) }),
  };
}

const hashSecret = (secret: string): string => `sha256:${hash('sha256', secret, 'base64url')}`;

/** Secrets are long and random: one round of a fast hash keeps them. */
export function isSecretOf({ clientSecret }: Client, presented: string): boolean {
  const [expected, actual] = [Buffer.from(clientSecret ?? ''), Buffer.from(hashSecret(presented))];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `http` on loopback, without user info or fragment (RFC 8252 section 7.3, with any path). */
export function isLoopbackAddress(uri: string): boolean {
  const url = URL.parse(uri);
  return (
    url?.protocol === 'http:' &&
    loopbackHosts.has(url.hostname) &&
    // Compared as written: a parser would turn `http:\\localhost` or `http://127.1` into one of these.
    /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?(\/|\?|$)/.test(uri) &&
    !uri.includes('#') &&
    !/[\s\\]/.test(uri)
  );
}

/**
 * The address that starts a sign-in at the client, with `iss` (OpenID Connect Core 1.0 section 4). A path alone is
 * resolved at the origin of the sign-in's `redirect_uri`.
 */
export function initiateLoginUrl(
  client: { initiateLoginUri?: string | undefined; local_initiate_login_uri?: unknown },
  redirectUri: string | undefined,
  issuer: string,
): string | undefined {
  const start = client.initiateLoginUri ?? client.local_initiate_login_uri;
  const url = typeof start === 'string' ? URL.parse(start, redirectUri) : null;
  url?.searchParams.set('iss', issuer);
  return url?.href;
}
