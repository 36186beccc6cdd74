import * as openid from 'openid-client';

/** What went wrong with a sign-in, as far as the person needs to know it. */
export type FailureKind = 'lost' | 'denied' | 'unreachable' | 'refused' | 'invalid' | 'stranger';

export const failureStatus: Record<FailureKind, number> = {
  lost: 400,
  denied: 403,
  unreachable: 503,
  refused: 502,
  invalid: 502,
  stranger: 400,
};

/** OAuth 2.0 (RFC 6749 section 4.1.2.1), OpenID Connect Core 1.0 (section 3.1.2.6): the person said no, or was not asked. */
export const declined: ReadonlySet<string> = new Set([
  'access_denied',
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);
export const troubled: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable']);

/** No answer, or one that is not the protocol's, such as a proxy's page. */
const unanswered = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
]);

/** `undefined` for an error that is not the issuer's doing: a fault of our own. */
export function classifyFailure(error: unknown): FailureKind | undefined {
  if (error instanceof openid.AuthorizationResponseError) return classifyOAuthError(error.error);
  if (error instanceof openid.ResponseBodyError) return classifyTokenError(error);
  if (error instanceof openid.WWWAuthenticateChallengeError) return 'refused';
  if (error instanceof openid.ClientError)
    return unanswered.has(error.code ?? '') ? 'unreachable' : 'invalid';
  if (isNetworkError(error)) return 'unreachable';
  return undefined;
}

/** A name for the log: codes only, since messages and causes may hold what the issuer or the browser sent. */
export function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { error: oauth, code } = error as { error?: unknown; code?: unknown };
  return [error.name, code, oauth].filter((part) => typeof part === 'string').join(' ');
}

function classifyOAuthError(code: string): FailureKind {
  if (declined.has(code)) return 'denied';
  return troubled.has(code) ? 'unreachable' : 'refused';
}

function classifyTokenError({ status, error }: openid.ResponseBodyError): FailureKind {
  if (status >= 500) return 'unreachable';
  return error === 'invalid_grant' ? 'lost' : 'refused';
}

/** What `fetch` throws where no connection came about. */
function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'fetch failed';
}
