import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { ClientRegistration } from '#oidc';

/** A second service, registered like any other; it hears of logouts. */
export const serviceId = 'service';
export const serviceSecret = 'a secret of the service';
export const demoId = 'hygie-demo';
export const demoSecret = 'hygie-demo-secret';
export const keyClientId = 'key-client';
/** Gets tokens for itself. */
export const machineId = 'machine';
export const fapiId = 'fapi-client';
/** Two of one sector, one of another. */
export const pairwiseIds = ['sector-a', 'sector-b', 'elsewhere-a'] as const;
/** Asks for people by CIBA. */
export const programId = 'program';
/** Gets userinfo signed. */
export const signedId = 'signed-client';

/** The services that every provider site knows. */
export function clientsOf(serviceUrl: URL, redirectUri: string, clientKey: JWK): ClientRegistration[] {
  return [
    {
      client_id: serviceId,
      client_name: 'Service de test',
      client_secret: serviceSecret,
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [new URL('/bye', serviceUrl).href],
      backchannel_logout_uri: new URL('/backchannel', serviceUrl).href,
      initiate_login_uri: new URL('/login', serviceUrl).href,
    },
    {
      client_id: demoId,
      client_name: 'Service de démonstration',
      token_endpoint_auth_method: 'client_secret_post',
      client_secret: demoSecret,
      loopback_redirects: true,
      initiate_login_uri: '/login',
    },
    {
      client_id: programId,
      client_name: 'Programme',
      token_endpoint_auth_method: 'client_secret_post',
      client_secret: demoSecret,
      grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'],
      response_types: [],
      redirect_uris: [],
      backchannel_token_delivery_mode: 'poll',
    },
    {
      client_id: machineId,
      client_name: 'Machine',
      token_endpoint_auth_method: 'client_secret_post',
      client_secret: demoSecret,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      scope: 'stocks orders',
    },
    {
      client_id: signedId,
      client_name: 'Service à userinfo signé',
      token_endpoint_auth_method: 'client_secret_post',
      client_secret: demoSecret,
      userinfo_signed_response_alg: 'RS256',
      loopback_redirects: true,
    },
    {
      client_id: keyClientId,
      client_name: 'Service à clé',
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [publicPart(clientKey)] },
      loopback_redirects: true,
    },
    {
      ...fapiClient(clientKey),
      redirect_uris: [new URL('/fapi', serviceUrl).href],
    },
    ...pairwiseIds.map(pairwiseClient),
  ];
}

/** Metadata that FAPI 2.0 asks for: pushed, signed requests and answers, DPoP, no secret. */
function fapiClient(clientKey: JWK): ClientRegistration {
  return {
    client_id: fapiId,
    client_name: 'Service FAPI',
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [publicPart(clientKey)] },
    require_pushed_authorization_requests: true,
    dpop_bound_access_tokens: true,
    id_token_signed_response_alg: 'ES256',
    authorization_signed_response_alg: 'ES256',
  };
}

function pairwiseClient(clientId: string): ClientRegistration {
  return {
    client_id: clientId,
    client_name: clientId,
    token_endpoint_auth_method: 'client_secret_post',
    client_secret: demoSecret,
    subject_type: 'pairwise',
    redirect_uris: [`https://${clientId.split('-')[0]}.example/callback`],
  };
}

function publicPart({ d: _, ...jwk }: JWK): JWK {
  return jwk;
}

export async function generateClientKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: 'client-key', alg: 'ES256', use: 'sig' };
}
