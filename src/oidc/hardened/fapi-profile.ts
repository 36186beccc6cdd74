import type { Client, FapiProfile } from 'oidc-provider';

/**
 * Which FAPI profile binds a client: the one that its operator named (`fapi_profile`), else the one that its metadata
 * are those of. FAPI 2.0 Security Profile section 5.3.2: pushed requests and sender-constrained tokens. FAPI-CIBA section
 * 5.2.2: signed requests and certificate-bound tokens.
 */
export function fapiProfileOf(client: Client | undefined): FapiProfile | undefined {
  if (!client) return undefined;
  if (client.fapi_profile !== undefined) return client.fapi_profile as FapiProfile;
  const { dpopBoundAccessTokens, tlsClientCertificateBoundAccessTokens: certificateBound } = client;
  const isBound = dpopBoundAccessTokens || certificateBound;
  if (client.requirePushedAuthorizationRequests && isBound) return '2.0';
  return client.backchannelAuthenticationRequestSigningAlg && certificateBound ? '1.0 Final' : undefined;
}

export const fapiProfiles: readonly FapiProfile[] = ['1.0 Final', '2.0'];
