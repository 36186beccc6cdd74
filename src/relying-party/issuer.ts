import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import * as openid from 'openid-client';
import { issuerTimeoutSeconds } from './policy.ts';

export interface IssuerOptions {
  /** Issuer identifier; its discovery document is at `/.well-known/openid-configuration` below it. */
  issuer: URL;
  clientId: string;
  /** Sent with HTTP Basic (`client_secret_basic`). */
  clientSecret: string;
  /** Plain HTTP: for an issuer on loopback. */
  allowInsecure: boolean;
}

export interface Issuer {
  /** Discovered on first use: the issuer may be served by this very process, which must listen first. */
  configuration(): Promise<openid.Configuration>;
  /** As the discovery document spells it, to the character. */
  identifier(): Promise<string>;
  /** The keys that its tokens are signed with. */
  keys(): Promise<JWTVerifyGetKey>;
}

export function createIssuer(options: IssuerOptions): Issuer {
  let discovered: Promise<openid.Configuration> | undefined;
  let keys: JWTVerifyGetKey | undefined;
  const configuration = () => {
    discovered ??= discover(options).catch((error) => {
      discovered = undefined;
      throw error;
    });
    return discovered;
  };
  return {
    configuration,
    identifier: async () => (await configuration()).serverMetadata().issuer,
    async keys() {
      keys ??= createRemoteJWKSet(jwksUri(await configuration()));
      return keys;
    },
  };
}

function discover({ issuer, clientId, clientSecret, allowInsecure }: IssuerOptions) {
  return openid.discovery(issuer, clientId, undefined, openid.ClientSecretBasic(clientSecret), {
    timeout: issuerTimeoutSeconds,
    // TLS would be enough (OpenID Connect Core 1.0 section 3.1.3.7, 6), where there is TLS: signatures are checked anyway.
    execute: [openid.enableNonRepudiationChecks, ...(allowInsecure ? [openid.allowInsecureRequests] : [])],
  });
}

function jwksUri(configuration: openid.Configuration): URL {
  const { jwks_uri } = configuration.serverMetadata();
  if (!jwks_uri) throw new Error('The discovery document has no jwks_uri.');
  return new URL(jwks_uri);
}
