import type { Context, MiddlewareHandler } from 'hono';
import { type Locale, locales } from '../html/messages.ts';
import { getSiteCookie, setSiteCookie } from './cookies.ts';
import type { AppEnv } from './site.ts';

const oneYearSeconds = 31_536_000;

/**
 * `?lang=` or the first known tag of `ui_locales` (OpenID Connect Core 3.1.2.1), then the listener's cookie, else French.
 * Connect has no cookies, this one neither.
 */
export const chooseLocale: MiddlewareHandler<AppEnv> = async (c, next) => {
  const asked = askedLocale(c);
  const remembered = c.var.site.name === 'connect' ? asked : parseLocale(getSiteCookie(c, 'lang'));
  if (asked && asked !== remembered) setSiteCookie(c, 'lang', asked, { maxAgeSeconds: oneYearSeconds });
  c.set('locale', asked ?? remembered ?? 'fr');
  await next();
};

/** The first language of a space-separated list that has a catalogue. */
export function parseLocale(tags: string | undefined): Locale | undefined {
  for (const tag of (tags ?? '').split(' ')) {
    const primary = tag.toLowerCase().split('-')[0];
    const locale = locales.find((known) => known === primary);
    if (locale) return locale;
  }
  return undefined;
}

function askedLocale(c: Context<AppEnv>): Locale | undefined {
  return parseLocale(c.req.query('lang')) ?? parseLocale(c.req.query('ui_locales'));
}
