import type { Defence } from './defence.ts';

const attacks = 'tests/attacks/token-exchange.test.ts';
const journey = 'tests/journeys/token-exchange.test.ts';
const grant = 'src/oidc/exchange/exchange-grant.ts';
const request = 'src/oidc/exchange/exchange-request.ts';
const actor = 'src/oidc/exchange/actor-token.ts';

/** Exchanges of tokens for those of an API. */
export const defences: Defence[] = [
  {
    name: 'a business scope is the client’s own',
    file: request,
    from: 'names.some((name) => !allowed.includes(name))',
    to: 'false',
    tests: [attacks],
  },
  {
    name: 'an audience is the client’s own',
    file: request,
    from: 'audience !== first && !others.includes(audience)',
    to: 'false',
    tests: [attacks],
  },
  {
    name: 'a subject of another issuer is not taken for ours',
    file: request,
    from: "if (subjectIssuer !== undefined) oneOf('subject_issuer', subjectIssuer, ['psc', issuer]);",
    to: '',
    tests: [attacks],
  },
  {
    name: 'whoever exchanges has a certificate of an organisation',
    file: 'src/oidc/exchange/exchange-metadata.ts',
    from: "metadata.token_endpoint_auth_method !== 'tls_client_auth'",
    to: 'false',
    tests: [journey],
  },
  {
    name: 'a token that is bound to another key is not exchanged',
    file: grant,
    from: '(bound && bound !== ',
    to: '(false && bound !== ',
    tests: [attacks],
  },
  {
    name: 'a token that is bound by DPoP is not exchanged',
    file: grant,
    from: 'subject.jkt || ',
    to: '',
    tests: [attacks],
  },
  {
    name: 'a pairwise client is told no number',
    file: 'src/oidc/token-claims.ts',
    from: '...(grantee.isPairwise ? {} : identityClaims(grantee.verification, policy)),\n    ...(act',
    to: '...identityClaims(grantee.verification, policy),\n    ...(act',
    tests: [attacks],
  },
  {
    name: 'what may be exchanged for is the operator’s to say',
    file: 'src/oidc/clients/client-metadata.ts',
    from: '  ...exchangeMetadata,\n];',
    to: '];',
    tests: [attacks],
  },
  {
    name: 'a token for an API is bound to the certificate',
    file: grant,
    from: "token.setThumbprint('x5t', certificate);",
    to: '',
    tests: [journey],
  },
  {
    name: 'a token for an API does not outlive four hours after the sign-in',
    file: grant,
    from: 'untilSessionEnd(signedInAt, apiTokenSeconds)',
    to: 'apiTokenSeconds',
    tests: [journey],
  },
  {
    name: 'a token for an API is over with its session, although its row lives',
    file: 'src/oidc/introspection.ts',
    from: ' || (await isSessionOver(ctx))',
    to: '',
    tests: [journey],
  },
  {
    name: 'a token for an API is neither for userinfo nor exchanged again',
    file: 'src/oidc/psc-models.ts',
    from: "claims === undefined || 'aud' in claims",
    to: 'claims === undefined',
    tests: [attacks],
  },
  {
    name: 'an actor token is of the client that presents it',
    file: actor,
    from: '{ issuer: client.clientId }',
    to: '{}',
    tests: [attacks],
  },
  {
    name: 'an actor token ends',
    file: actor,
    from: "typeof payload.exp !== 'number'",
    to: 'false',
    tests: [attacks],
  },
];
