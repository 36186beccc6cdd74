import type { BareStore } from './bare-store.ts';
import type { BareTokens } from './bare-tokens.ts';

export interface Bare {
  store: BareStore;
  tokens: BareTokens;
  subject: string;
}

/** The one service that the bare server knows. */
export const client = {
  clientId: 'bench',
  clientSecret: 'a secret of the bench',
  redirectUri: 'http://localhost/callback',
};

/** Milliseconds. */
export const lifetimes = { signIn: 1_800_000, code: 60_000, accessToken: 120_000, refreshToken: 1_800_000 };
