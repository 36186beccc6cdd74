import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import type { AppEnv, Site } from './site.ts';

/**
 * Ports do not separate cookies, so each name begins with its listener; off loopback `__Host-` and `Secure`
 * (RFC 6265bis section 4.1.3.2) keep other hosts and plain HTTP from setting it.
 */
export function siteCookieName(site: Site, name: string): string {
  const own = `${site.name}_${name}`;
  return isSecure(site) ? `__Host-${own}` : own;
}

export function getSiteCookie(c: Context<AppEnv>, name: string): string | undefined {
  return getCookie(c, siteCookieName(c.var.site, name));
}

/** `maxAgeSeconds` absent: until the browser is closed. */
export function setSiteCookie(
  c: Context<AppEnv>,
  name: string,
  value: string,
  options: { maxAgeSeconds?: number } = {},
): void {
  const age = options.maxAgeSeconds === undefined ? {} : { maxAge: options.maxAgeSeconds };
  setCookie(c, siteCookieName(c.var.site, name), value, { ...attributes(c.var.site), ...age });
}

export function clearSiteCookie(c: Context<AppEnv>, name: string): void {
  deleteCookie(c, siteCookieName(c.var.site, name), attributes(c.var.site));
}

function isSecure(site: Site): boolean {
  return site.url.protocol === 'https:';
}

function attributes(site: Site): CookieOptions {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(site) };
}
