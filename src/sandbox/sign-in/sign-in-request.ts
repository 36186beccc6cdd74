import { z } from 'zod';

/** Body of `POST /api/sign-in`: an authorization request (RFC 6749 section 4.1.1), and who answers it how. */
export const signInRequest = z.strictObject({
  persona: z.string(),
  clientId: z.string(),
  redirectUri: z.string(),
  scope: z.string().default('openid'),
  state: z.string().optional(),
  nonce: z.string().optional(),
  codeChallenge: z.string().optional(),
  codeChallengeMethod: z.string().default('S256'),
  acrValues: z.string().optional(),
  prompt: z.string().optional(),
  method: z.enum(['card', 'ecps']),
});

export type SignInRequest = z.infer<typeof signInRequest>;

/** The authorization request's address at the wallet. */
export function authorizationUrl(wallet: URL, request: SignInRequest): URL {
  const url = new URL('/auth', wallet);
  const { codeChallenge, codeChallengeMethod } = request;
  const parameters = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scope,
    state: request.state,
    nonce: request.nonce,
    code_challenge: codeChallenge,
    code_challenge_method: codeChallenge === undefined ? undefined : codeChallengeMethod,
    acr_values: request.acrValues,
    prompt: request.prompt,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}
