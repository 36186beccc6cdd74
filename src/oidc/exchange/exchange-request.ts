import type { Client } from 'oidc-provider';
import { InvalidRequest, InvalidScope, InvalidTarget } from 'oidc-provider/lib/helpers/errors.js';
import { apiAudiencesOf, apiScopesOf } from './exchange-metadata.ts';

/** RFC 8693 section 3. */
const jwtType = 'urn:ietf:params:oauth:token-type:jwt';
export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';

/** `subject_issuer` is of ANS's own sample (pro-sante-connect.md 4.4). */
export const exchangeParameters = [
  'subject_token',
  'subject_token_type',
  'subject_issuer',
  'scope',
  'audience',
  'resource',
  'requested_token_type',
  'actor_token',
  'actor_token_type',
] as const;

export type ExchangeParameters = Partial<Record<(typeof exchangeParameters)[number], string>>;

/** What is asked for, judged by the client's own metadata. */
export interface ExchangeRequest {
  subjectToken: string;
  actorToken: string | undefined;
  scope: string;
  /** One is told as a string, several as a list (RFC 7519 section 4.1.3). */
  audience: string | string[];
  issuedType: string;
}

/** Throws, by the names of RFC 6749 section 5.2 and RFC 8693 section 2.2.2, what a request must not be. */
export function verifyExchangeRequest(
  parameters: ExchangeParameters,
  client: Client,
  issuer: string,
): ExchangeRequest {
  const { subject_issuer: subjectIssuer, requested_token_type: issuedType = accessTokenType } = parameters;
  const subjectToken = required(parameters, 'subject_token');
  oneOf('subject_token_type', required(parameters, 'subject_token_type'), [jwtType, accessTokenType]);
  oneOf('requested_token_type', issuedType, [jwtType, accessTokenType]);
  if (subjectIssuer !== undefined) oneOf('subject_issuer', subjectIssuer, ['psc', issuer]);
  return {
    subjectToken,
    actorToken: actorTokenOf(parameters),
    scope: scopeFor(client, required(parameters, 'scope')),
    audience: audienceFor(client, parameters),
    issuedType,
  };
}

function required(parameters: ExchangeParameters, name: keyof ExchangeParameters): string {
  const value = parameters[name];
  if (!value) throw new InvalidRequest(`${name} is needed`);
  return value;
}

function oneOf(name: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw new InvalidRequest(`${name} must be one of ${known.join(', ')}`);
}

/** RFC 8693 section 2.1: a type where there is an actor, and none without. */
function actorTokenOf(parameters: ExchangeParameters): string | undefined {
  const { actor_token: token, actor_token_type: type } = parameters;
  if (token === undefined && type === undefined) return undefined;
  oneOf('actor_token_type', required(parameters, 'actor_token_type'), [jwtType]);
  return required(parameters, 'actor_token');
}

/** Optional in RFC 8693, mandatory here (pro-sante-connect.md 4.4). */
function scopeFor(client: Client, asked: string): string {
  const names = [...new Set(asked.split(' '))];
  const allowed = apiScopesOf(client);
  if (names.some((name) => !allowed.includes(name)))
    throw new InvalidScope('a scope is not one that this client may ask for', asked);
  return names.join(' ');
}

/** All that the client's tokens are for, unless it names one of them. */
function audienceFor(client: Client, { audience, resource }: ExchangeParameters): string | string[] {
  if (resource !== undefined) throw new InvalidTarget('resource is not taken, audience is');
  const [first = '', ...others] = apiAudiencesOf(client);
  if (audience === undefined) return others.length === 0 ? first : [first, ...others];
  if (audience !== first && !others.includes(audience))
    throw new InvalidTarget('audience is not one of this client');
  return audience;
}
