/** Wallet's pages about a repair. */
export const paths = {
  page: '/reparation',
  /** GET: a link that ends the session, for a sign-in by e-CPS. */
  ecps: '/reparation/e-cps',
  back: '/reparation/retour',
} as const;
