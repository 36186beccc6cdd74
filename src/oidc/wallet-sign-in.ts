import { walletClientId } from './clients.ts';

/**
 * Pages of wallet sign people in as any service does, by an authorization request; with `response_type=none` all that
 * comes of it is the session.
 */
export interface WalletSignIn {
  /** Where the authorization response arrives. */
  returnPath: string;
  redirectUri: string;
  /** Where a browser without a session signs in, to come back to `path` on wallet; `loginHint` says who is expected. */
  url(path: string, loginHint?: string): string;
  /** The path out of `state`; anything that would lead off wallet becomes `/`. */
  parseReturnTo(state: string | undefined): string;
}

const returnPath = '/session/retour';

export function createWalletSignIn(walletUrl: URL): WalletSignIn {
  const redirectUri = new URL(returnPath, walletUrl).href;
  const parseReturnTo = (state: string | undefined) => {
    const url = state?.startsWith('/') ? URL.parse(state, walletUrl) : null;
    return url?.origin === walletUrl.origin ? url.pathname + url.search : '/';
  };
  return {
    returnPath,
    redirectUri,
    parseReturnTo,
    url(path, loginHint) {
      const url = new URL('/auth', walletUrl);
      url.search = new URLSearchParams({
        client_id: walletClientId,
        response_type: 'none',
        redirect_uri: redirectUri,
        scope: 'openid',
        state: parseReturnTo(path),
        ...(loginHint === undefined ? {} : { login_hint: loginHint }),
      }).toString();
      return url.href;
    },
  };
}
