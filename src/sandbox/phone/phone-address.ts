import { activationPath, sandboxFragment } from '#authenticator';

/** What the app learns from the address by which a sandbox opens it. */
export interface Opening {
  /** Which of the app's stores this browser uses from now on: a persona's slug, or `default`. */
  store: string;
  /** The sandbox's present life; stores of another one are emptied. */
  world: string;
  /** Fetches a credential, once, if the store is empty. */
  token?: string | undefined;
}

/** The store of a browser that never chose a person. */
export const defaultStore = 'default';

/**
 * Adds the opening to an address of the app, in the fragment: it reaches no server and no log. What the fragment
 * says already (the token of a mail) stays.
 */
export function openingAddress(address: URL, { store, world, token }: Opening): string {
  const opening = new URLSearchParams({ [sandboxFragment.store]: store, [sandboxFragment.world]: world });
  if (token) opening.set(sandboxFragment.token, token);
  const url = new URL(address);
  const fragment = url.hash.slice(1);
  url.hash = fragment ? `${fragment}&${opening}` : opening.toString();
  return url.href;
}

/** An address that the app itself shows, unlike the pages beside it; `undefined` for any other text. */
export function parseAppAddress(app: URL, text: string): URL | undefined {
  const url = URL.parse(text);
  const isApp = url?.origin === app.origin && (url.pathname === '/' || url.pathname === activationPath);
  return isApp ? url : undefined;
}
