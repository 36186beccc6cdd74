import { exchangeGrant } from './exchange/exchange-metadata.ts';
import { mtlsEndpoints } from './mtls/mtls-handler.ts';

/** Names of claims that userinfo and tokens hold besides those that scopes name. */
const furtherClaims = ['aud', 'azp', 'exp', 'iat', 'jti', 'nonce', 'session_state', 'auth_level', 'typ'];

const grantTypes = new Set([
  'client_credentials',
  'authorization_code',
  'refresh_token',
  'urn:openid:params:grant-type:ciba',
]);

/**
 * The library's document with the one address that is elsewhere: browsers authenticate on wallet
 * (pro-sante-connect.md 1.1). It lists what works, nothing else.
 */
export function discoveryDocument(
  document: Record<string, unknown>,
  { walletUrl, issuer, mtlsUrl }: { walletUrl: URL; issuer: string; mtlsUrl: URL | undefined },
): Record<string, unknown> {
  const { claims_supported, token_endpoint_auth_methods_supported } = document;
  const authMethods = strings(token_endpoint_auth_methods_supported).filter((method) => method !== 'none');
  return {
    ...document,
    authorization_endpoint: new URL('/auth', walletUrl).href,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    grant_types_supported: strings(document.grant_types_supported).filter(
      (type) => grantTypes.has(type) || (type === exchangeGrant && mtlsUrl !== undefined),
    ),
    claims_supported: [...new Set([...strings(claims_supported), ...furtherClaims])],
    token_endpoint_auth_methods_supported: authMethods,
    introspection_endpoint_auth_methods_supported: authMethods,
    revocation_endpoint_auth_methods_supported: authMethods,
    ui_locales_supported: ['fr', 'en'],
    ...(mtlsUrl ? { mtls_endpoint_aliases: mtlsAliases(document, issuer, mtlsUrl) } : {}),
  };
}

/** RFC 8705 section 5. */
function mtlsAliases(
  document: Record<string, unknown>,
  issuer: string,
  mtlsUrl: URL,
): Record<string, string> {
  const base = new URL(new URL(issuer).pathname, mtlsUrl).href;
  const offered = Object.entries(mtlsEndpoints).filter(([name]) => name in document);
  return Object.fromEntries(offered.map(([name, path]) => [name, base + path]));
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
