/** The sites that send people here and take them back. */
export interface ReturnSites {
  wallet: URL;
  app: URL;
}

export interface ReturnAddress {
  href: string;
  site: keyof ReturnSites;
}

/** `?retour=`: an address under the base URL of wallet or app; anything else is as if it were absent. */
export function parseReturnAddress(text: string | undefined, sites: ReturnSites): ReturnAddress | undefined {
  const url = text === undefined ? null : URL.parse(text);
  if (!url || url.username || url.password) return undefined;
  const site = (['wallet', 'app'] as const).find((name) => isUnder(url, sites[name]));
  return site && { href: url.href, site };
}

function isUnder({ origin, pathname }: URL, base: URL): boolean {
  const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
  return origin === base.origin && `${pathname}/`.startsWith(folder);
}
