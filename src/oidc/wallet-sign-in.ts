import { parseOwnPath } from '#platform/http/own-path.ts';
import { walletClientId } from './clients/client-metadata.ts';

export interface SignInWish {
  /** Who is expected. */
  loginHint?: string;
  /** Only a card will do, read now, whatever session is open. */
  byCard?: boolean;
}

/**
 * Pages of wallet sign people in as any service does, by an authorization request; with `response_type=none` all that
 * comes of it is the session.
 */
export interface WalletSignIn {
  /** Where the authorization response arrives. */
  returnPath: string;
  redirectUri: string;
  /** Where a browser signs in, to come back to `path` on wallet. */
  url(path: string, wish?: SignInWish): string;
  /** The path out of `state`; anything that would lead off wallet becomes `/`. */
  parseReturnTo(state: string | undefined): string;
}

const returnPath = '/session/retour';

export function createWalletSignIn(walletUrl: URL): WalletSignIn {
  const redirectUri = new URL(returnPath, walletUrl).href;
  const parseReturnTo = (state: string | undefined) => parseOwnPath(state, walletUrl) ?? '/';
  return {
    returnPath,
    redirectUri,
    parseReturnTo,
    url(path, { loginHint, byCard } = {}) {
      const url = new URL('/auth', walletUrl);
      url.search = new URLSearchParams({
        client_id: walletClientId,
        response_type: 'none',
        redirect_uri: redirectUri,
        scope: 'openid',
        state: parseReturnTo(path),
        ...(loginHint === undefined ? {} : { login_hint: loginHint }),
        ...(byCard ? { acr_values: 'eidas2', prompt: 'login' } : {}),
      }).toString();
      return url.href;
    },
  };
}
