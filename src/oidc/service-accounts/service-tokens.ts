import { randomUUID } from 'node:crypto';
import type { Client, ClientCredentials } from 'oidc-provider';
import { InvalidScope, UnauthorizedClient } from 'oidc-provider/lib/helpers/errors.js';
import type { Provider } from 'oidc-provider/lib/provider.js';
import { apiScopesOf } from '../exchange/exchange-metadata.ts';
import { accessTokenSeconds } from '../policy.ts';
import type { TokenSigner } from '../token-signer.ts';

export interface ServiceTokenDependencies {
  signer: TokenSigner;
  /** Seconds since the epoch that signed tokens show. */
  now(): number;
  /** Of the token request. */
  askedScope(): string | undefined;
  /** What a bound token tells of its key. */
  confirmation(token: ClientCredentials): object;
}

/**
 * What a service gets for itself (RFC 6749 section 4.4): a JWT like Keycloak's of a service account, about nobody. It is
 * no key to userinfo; resource servers introspect it.
 */
export function issueServiceTokens(provider: Provider, dependencies: ServiceTokenDependencies): void {
  const prototype = provider.ClientCredentials.prototype as ClientCredentials & { generateTokenId(): string };
  const { save, generateTokenId } = prototype;
  prototype.generateTokenId = function (this: ClientCredentials) {
    generateTokenId.call(this);
    return randomUUID();
  };
  prototype.save = async function (this: ClientCredentials) {
    const { client } = this as unknown as { client: Client };
    // The library keeps only the scopes that it knows.
    const scope = scopeFor(client, dependencies.askedScope());
    Object.assign(this, { scope });
    const jti = await save.call(this);
    const iat = dependencies.now();
    return dependencies.signer.sign({
      exp: iat + accessTokenSeconds,
      iat,
      jti,
      iss: provider.issuer,
      sub: client.clientId,
      typ: 'Bearer',
      azp: client.clientId,
      ...(scope === undefined ? {} : { scope }),
      client_id: client.clientId,
      ...dependencies.confirmation(this),
    });
  };
}

/** Of the client's metadata; all of it where none is asked for (RFC 6749 section 3.3). */
function scopeFor(client: Client, asked: string | undefined): string | undefined {
  if (client.clientAuthMethod === 'none')
    throw new UnauthorizedClient('only a client that authenticates gets a token for itself');
  const allowed = [...(client.scope?.split(' ') ?? []), ...apiScopesOf(client)];
  const names = asked === undefined ? allowed : [...new Set(asked.split(' '))];
  if (names.some((name) => !allowed.includes(name)))
    throw new InvalidScope('a scope is not one that this client may ask for', asked ?? '');
  return names.length === 0 ? undefined : names.join(' ');
}
