import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { TokenSigner } from '../token-signer.ts';

export interface PlainToken {
  /** What is signed. */
  claims: Record<string, unknown>;
  /** The row. */
  payload: AdapterPayload & { clientId: string; accountId: string; sessionUid: string; scope: string };
}

export type FindAccessToken = (token: string) => Promise<PlainToken | undefined>;

/** Finds a living access token of ours that whoever bears it may use, and that names no claims of userinfo one by one. */
export function createFindAccessToken(signer: TokenSigner, accessTokens: Adapter): FindAccessToken {
  return async (token) => {
    const claims = signer.verify(token);
    if (claims?.typ !== 'Bearer' || typeof claims.jti !== 'string' || 'aud' in claims) return undefined;
    const payload = await accessTokens.find(claims.jti);
    return payload && isPlainToken(payload) ? { claims, payload } : undefined;
  };
}

function isPlainToken(payload: AdapterPayload): payload is PlainToken['payload'] {
  const { kind, exp = 0, aud, jkt, claims, 'x5t#S256': x5t } = payload;
  const isWhole = payload.clientId && payload.accountId && payload.sessionUid && payload.scope;
  const isBound = aud !== undefined || jkt !== undefined || x5t !== undefined;
  return (
    kind === 'AccessToken' && exp > Date.now() / 1000 && !isBound && !claims?.userinfo && Boolean(isWhole)
  );
}
