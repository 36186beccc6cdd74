const base = '/connexion';

/** Addresses of a sign-in's pages; the card listener sends browsers to `cardReturn`. */
export const paths = {
  page: (id: string) => `${base}/${id}`,
  card: (id: string) => `${base}/${id}/carte`,
  ecps: (id: string) => `${base}/${id}/e-cps`,
  newApproval: (id: string) => `${base}/${id}/e-cps/demande`,
  approval: (id: string, approvalId: string) => `${base}/${id}/e-cps/${approvalId}`,
  approvalState: (id: string, approvalId: string) => `${base}/${id}/e-cps/${approvalId}/state`,
  activation: (id: string) => `${base}/${id}/activation`,
  otherMeans: (id: string) => `${base}/${id}/moyen`,
  frozen: (id: string) => `${base}/${id}/suspendue`,
  back: (id: string) => `${base}/${id}/service`,
  pattern: {
    page: `${base}/:uid`,
    card: `${base}/:uid/carte`,
    cardReturn: `${base}/:uid/carte/retour`,
    ecps: `${base}/:uid/e-cps`,
    newApproval: `${base}/:uid/e-cps/demande`,
    approval: `${base}/:uid/e-cps/:approval`,
    approvalState: `${base}/:uid/e-cps/:approval/state`,
    activation: `${base}/:uid/activation`,
    otherMeans: `${base}/:uid/moyen`,
    frozen: `${base}/:uid/suspendue`,
    back: `${base}/:uid/service`,
    /** Where the card listener sends a browser whose attempt it does not know. */
    unknownAttempt: `${base}/carte/expiree`,
  },
} as const;
