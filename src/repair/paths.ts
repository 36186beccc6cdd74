const base = '/reparation';

/** Wallet's pages about a repair. */
export const paths = {
  /** Leads to this browser's own ticket. */
  own: base,
  ticket: (id: string) => `${base}/${id}`,
  /** The QR code that a card vouches for. */
  code: (id: string) => `${base}/${id}/telephone`,
  /** Has the card read, then shows that code. */
  card: (id: string) => `${base}/${id}/carte`,
  mail: (id: string) => `${base}/${id}/mail`,
  /** GET: a link that ends the session, for a sign-in by e-CPS. */
  ecps: (id: string) => `${base}/${id}/e-cps`,
  state: (id: string) => `${base}/${id}/state`,
  back: (id: string) => `${base}/${id}/retour`,
} as const;
