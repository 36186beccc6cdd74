const base = '/mot-de-passe-oublie';

/** Wallet's pages of **Mot de passe oublié**. */
export const paths = {
  start: base,
  /** The one page of a removal under way: what it shows is computed from what is stored. */
  step: `${base}/suite`,
  codes: `${base}/codes`,
  remove: `${base}/suppression`,
  card: `${base}/carte`,
  cardReturn: `${base}/carte/retour`,
  /** Where the app is. */
  activation: `${base}/activation`,
} as const;

/** The first page; `returnTo`: the page of wallet that leads there. */
export function startAddress(returnTo: string | null): string {
  return returnTo === null ? paths.start : `${paths.start}?${new URLSearchParams({ retour: returnTo })}`;
}

/** Where **Mot de passe oublié** is on wallet; `retour`: the page that leads there. */
export const removalPath = base;

/** Names the rows of removals, among a card reader's attempts too. */
export const removalIdPrefix = 'rem';

/** Where a reader sends the browser back to, for an attempt that was made for a removal. */
export function findRemovalReturn(attemptFor: string): string | undefined {
  return attemptFor.startsWith(`${removalIdPrefix}_`) ? paths.cardReturn : undefined;
}
