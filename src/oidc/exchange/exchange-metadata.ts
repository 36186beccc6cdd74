import type { Client, ClientMetadata } from 'oidc-provider';
import { InvalidClientMetadata } from 'oidc-provider/lib/helpers/errors.js';
import { isSignInScope } from '../scopes.ts';

/** RFC 8693 section 2.1. */
export const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** What an operator lets a client exchange for: business scopes, and the APIs that its tokens are for. */
export const exchangeMetadata = ['api_scope', 'api_audience'] as const;

/** Whose tokens are for APIs: those that it exchanges, or gets for itself. */
const callsApis = ({ grant_types: types = [] }: ClientMetadata): boolean =>
  types.includes(exchangeGrant) || types.includes('client_credentials');

const exchanges = ({ grant_types: types }: ClientMetadata): boolean =>
  types?.includes(exchangeGrant) ?? false;

/** `scope` of a client that calls APIs names business scopes too, of which the library knows none: `api_scope` keeps them. */
export function splitScope(registration: ClientMetadata): ClientMetadata {
  const { scope, ...rest } = registration;
  if (!scope || !callsApis(registration)) return registration;
  const names = scope.split(' ').filter((name) => name !== '');
  const signIn = names.filter(isSignInScope);
  const api = names.filter((name) => !isSignInScope(name));
  return {
    ...rest,
    ...(signIn.length > 0 ? { scope: signIn.join(' ') } : {}),
    ...(api.length > 0 ? { api_scope: api.join(' ') } : {}),
  };
}

/** @throws InvalidClientMetadata where a client that exchanges lacks what an exchange is judged by. */
export function verifyExchangeMetadata(name: string, value: unknown, metadata: ClientMetadata): void {
  if (!exchanges(metadata)) return;
  if (name === 'api_scope') {
    if (metadata.token_endpoint_auth_method !== 'tls_client_auth')
      throw new InvalidClientMetadata('a client that exchanges tokens authenticates by tls_client_auth');
    if (typeof value !== 'string' || value === '')
      throw new InvalidClientMetadata('scope must name a business scope where tokens are exchanged');
  }
  if (name === 'api_audience' && !isTexts(value))
    throw new InvalidClientMetadata('api_audience must be a list of names where tokens are exchanged');
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string' && one !== '');

export function apiScopesOf({ api_scope: scope }: Client): string[] {
  return typeof scope === 'string' ? scope.split(' ') : [];
}

export function apiAudiencesOf({ api_audience: audience }: Client): string[] {
  return isTexts(audience) ? audience : [];
}
