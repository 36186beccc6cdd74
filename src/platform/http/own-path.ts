/**
 * A path of this site with its query, out of what a browser sent; `undefined` for a text that leads elsewhere, such as
 * `//elsewhere`, also where it only comes out so (`/.//elsewhere`).
 */
export function parseOwnPath(text: string | undefined, siteUrl: URL): string | undefined {
  if (!text?.startsWith('/')) return undefined;
  const url = URL.parse(text, siteUrl);
  if (url?.origin !== siteUrl.origin || url.pathname.startsWith('//')) return undefined;
  return url.pathname + url.search;
}
