import type { Configuration } from 'oidc-provider';
import { InvalidClientMetadata } from 'oidc-provider/lib/helpers/errors.js';
import { newId } from '#platform/ids.ts';
import { verifyExchangeMetadata } from '../exchange/exchange-metadata.ts';
import { fapiProfileOf, fapiProfiles } from '../hardened/fapi-profile.ts';
import { signingAlgorithms } from '../keys/create-key.ts';
import { mutualTls } from '../mtls/client-certificates.ts';
import type { OidcPolicy } from '../policy.ts';
import { scopeClaimsOf } from '../scopes.ts';
import { operatorMetadata, ownMetadata } from './client-metadata.ts';

/** What a client may ask for, and be: the part of the configuration that its metadata are judged by. */
export function clientRules(policy: OidcPolicy, ciba: Features['ciba']): Configuration {
  return {
    clientDefaults,
    extraClientMetadata: { properties: [...ownMetadata], validator: verifyOwnMetadata },
    scopes: Object.keys(scopeClaimsOf(policy)),
    acrValues: policy.acrValues,
    responseTypes: ['code', 'none'],
    subjectTypes: ['public', 'pairwise'],
    clientAuthMethods: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      'tls_client_auth',
      'self_signed_tls_client_auth',
      'none',
    ],
    enabledJWA,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    features: { ...features, ...(ciba ? { ciba } : {}) },
  };
}

/** PSC's clients renew their tokens, and are told the session of a logout. */
const clientDefaults: Configuration['clientDefaults'] = {
  grant_types: ['authorization_code', 'refresh_token'],
  backchannel_logout_session_required: true,
};

/** The library tells of a request where one registers over the network. */
const verifyOwnMetadata: NonNullable<Configuration['extraClientMetadata']>['validator'] = (
  ctx,
  name,
  value,
  metadata,
) => {
  verifyExchangeMetadata(name, value, metadata);
  if (value === undefined) return;
  if (ctx && operatorMetadata.includes(name))
    throw new InvalidClientMetadata(`${name} is not for others to set`);
  if (name === 'fapi_profile' && !fapiProfiles.some((profile) => profile === value))
    throw new InvalidClientMetadata(`fapi_profile must be one of ${fapiProfiles.join(', ')}`);
};

type Features = NonNullable<Configuration['features']>;

const features: Features = {
  devInteractions: { enabled: false },
  // FAPI 2.0 Security Profile and Message Signing, for clients that ask: DPoP (RFC 9449), JAR (RFC 9101), JARM.
  fapi: { enabled: true, profile: (_ctx, client) => fapiProfileOf(client) },
  dPoP: { enabled: true, requireNonce: () => false },
  requestObjects: { enabled: true },
  jwtResponseModes: { enabled: true },
  jwtIntrospection: { enabled: true },
  resourceIndicators: { enabled: false },
  mTLS: mutualTls,
  claimsParameter: { enabled: true },
  clientCredentials: { enabled: true },
  jwtUserinfo: { enabled: true },
  backchannelLogout: { enabled: true },
  pushedAuthorizationRequests: { enabled: true },
  revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
  // Resource servers introspect tokens that were given to others (pro-sante-connect.md 4.4).
  introspection: { enabled: true, allowedPolicy: (_ctx, client) => client.clientAuthMethod !== 'none' },
  rpInitiatedLogout: { enabled: true },
  // RFC 7591, with a token that an operator made.
  registration: {
    enabled: true,
    initialAccessToken: true,
    issueRegistrationAccessToken: false,
    idFactory: () => newId('cli'),
  },
};

const enabledJWA: Configuration['enabledJWA'] = {
  idTokenSigningAlgValues: [...signingAlgorithms],
  userinfoSigningAlgValues: [...signingAlgorithms],
  introspectionSigningAlgValues: [...signingAlgorithms],
  authorizationSigningAlgValues: [...signingAlgorithms],
  requestObjectSigningAlgValues: [...signingAlgorithms],
  dPoPSigningAlgValues: ['ES256', 'EdDSA', 'PS256'],
  clientAuthSigningAlgValues: [...signingAlgorithms],
};
