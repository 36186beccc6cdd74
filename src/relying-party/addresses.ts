/** Paths of a relying party on its site; the same for each, since each has a site of its own. */
export const paths = {
  /** GET: starts a sign-in, `?retour=` a path of this site. */
  start: '/connexion/demarrer',
  /** GET: the redirect URI. */
  callback: '/connexion/retour',
  /** GET and POST: third-party initiated login (OpenID Connect Core 1.0 section 4). */
  initiate: '/connexion/initier',
  /** POST: signs out here and at the issuer. */
  signOut: '/deconnexion',
  /** GET: where the issuer sends the browser after that. */
  signedOut: '/deconnexion/retour',
  /** POST: OpenID Connect Back-Channel Logout 1.0. */
  backChannelLogout: '/deconnexion/recue',
} as const;

/** What a client's registration at the issuer holds. */
export interface RelyingPartyAddresses {
  redirectUri: string;
  postLogoutRedirectUri: string;
  initiateLoginUri: string;
  backchannelLogoutUri: string;
}

export function relyingPartyAddresses(siteUrl: URL): RelyingPartyAddresses {
  const on = (path: string) => new URL(path, siteUrl).href;
  return {
    redirectUri: on(paths.callback),
    postLogoutRedirectUri: on(paths.signedOut),
    initiateLoginUri: on(paths.initiate),
    backchannelLogoutUri: on(paths.backChannelLogout),
  };
}

/** Paths that other sites and the issuer post to. */
export function isCrossSitePath(path: string): boolean {
  return path === paths.backChannelLogout || path === paths.initiate;
}

/** The link that starts a sign-in and comes back to `returnTo`. */
export function startHref(returnTo: string): string {
  return `${paths.start}?${new URLSearchParams({ retour: returnTo })}`;
}
