import type { JWK } from 'jose';
import type { ClientMetadata } from 'oidc-provider';

/** A service that may ask for sign-ins ("fournisseur de service"), as an operator registers it. */
export interface ClientRegistration {
  clientId: string;
  /** Shown on sign-in pages. */
  displayName: string;
  authentication:
    | { method: 'client_secret_basic' | 'client_secret_post'; secret: string }
    | { method: 'private_key_jwt'; jwks: readonly JWK[] };
  redirectUris: readonly string[];
  postLogoutRedirectUris?: readonly string[];
  backchannelLogoutUri?: string;
  /**
   * Where the service starts a sign-in by itself (OpenID Connect Core 1.0 section 4); a path is resolved at the origin of
   * the `redirect_uri` that a sign-in used.
   */
  initiateLoginUri?: string;
  /** A developer's own machine: any `http` address on loopback, whatever its port and path. Sandbox only. */
  anyLoopbackRedirect?: boolean;
}

/** Wallet's own pages ask for a sign-in as this client; nothing is issued to it. */
export const walletClientId = 'hygie-wallet';

export function toClientMetadata(client: ClientRegistration): ClientMetadata {
  return {
    client_id: client.clientId,
    client_name: client.displayName,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    // A client of loopback addresses needs one to be valid; see `redirectAllowed`.
    redirect_uris: client.redirectUris.length > 0 ? [...client.redirectUris] : ['http://localhost/'],
    post_logout_redirect_uris: [...(client.postLogoutRedirectUris ?? [])],
    ...authenticationMetadata(client.authentication),
    ...(client.backchannelLogoutUri
      ? { backchannel_logout_uri: client.backchannelLogoutUri, backchannel_logout_session_required: true }
      : {}),
  };
}

export function walletClientMetadata(redirectUri: string): ClientMetadata {
  return {
    client_id: walletClientId,
    token_endpoint_auth_method: 'none',
    grant_types: [],
    response_types: ['none'],
    redirect_uris: [redirectUri],
  };
}

function authenticationMetadata(
  authentication: ClientRegistration['authentication'],
): Partial<ClientMetadata> {
  return authentication.method === 'private_key_jwt'
    ? { token_endpoint_auth_method: authentication.method, jwks: { keys: [...authentication.jwks] } }
    : { token_endpoint_auth_method: authentication.method, client_secret: authentication.secret };
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
 * The address that starts a sign-in at the client, with `iss` (OpenID Connect Core 1.0 section 4); relative ones at
 * the origin of the sign-in's `redirect_uri`.
 */
export function initiateLoginUrl(
  client: ClientRegistration,
  redirectUri: string | undefined,
  issuer: string,
): string | undefined {
  const url = client.initiateLoginUri ? URL.parse(client.initiateLoginUri, redirectUri) : null;
  url?.searchParams.set('iss', issuer);
  return url?.href;
}
