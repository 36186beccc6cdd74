const base = '/connexion';

/** Addresses of a sign-in's pages; the card listener sends browsers to `cardReturn`. */
export const paths = {
  page: (id: string) => `${base}/${id}`,
  card: (id: string) => `${base}/${id}/carte`,
  back: (id: string) => `${base}/${id}/service`,
  pattern: {
    page: `${base}/:uid`,
    card: `${base}/:uid/carte`,
    cardReturn: `${base}/:uid/carte/retour`,
    back: `${base}/:uid/service`,
    /** Where the card listener sends a browser whose attempt it does not know. */
    unknownAttempt: `${base}/carte/expiree`,
  },
} as const;
