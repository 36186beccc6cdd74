import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { assetUrl } from '../http/assets.ts';
import type { AppEnv } from '../http/site.ts';
import { type Html, html } from './html.ts';
import { renderBanner, renderFooter, renderHeader, type SignedIn } from './layout.ts';
import { layoutMessages } from './layout-messages.ts';
import type { Locale } from './messages.ts';

export interface Page {
  /** Text of `<title>`, without the site's name; the h1 is in the body. */
  title: string;
  body: Html;
  signedIn?: SignedIn;
  /** `narrow` (the default): one column of 576 px; `wide`: 976 px; `full`: the sandbox home. */
  width?: 'narrow' | 'wide' | 'full';
  /** Asks the browser to load `url` (this page where absent) again; inside `<noscript>` with `withoutScript`. */
  refresh?: { seconds: number; url?: string; withoutScript?: boolean };
  /** File of `web/assets` that runs as a module. */
  script?: string;
  /** A further style sheet of `web/assets`. */
  stylesheet?: string;
  status?: number;
  /** Without header, banner and footer. */
  bare?: boolean;
  /** Controls inside the sandbox's banner. */
  bannerActions?: Html;
  /** Links of the header, right. */
  headerLinks?: Html;
}

/** A whole page in the site's look; works without scripts and under `default-src 'self'`. */
export async function renderPage(c: Context<AppEnv>, page: Page): Promise<Response> {
  const { locale, site } = c.var;
  const body = await page.body;
  const shell = page.bare ? bareShell(body, page) : fullShell(c, page, body);
  const document = html`<!doctype html>
<html lang="${locale}"><head>${renderHead({ ...page, title: spokenTitle(page, locale) }, site.title[locale])}</head>
<body>${shell}</body></html>`;
  return c.html(document, (page.status ?? 200) as ContentfulStatusCode);
}

/** What a form says first to those who do not see it: that something in it is wrong. */
function spokenTitle({ title, status }: Page, locale: Locale): string {
  return status === 422 ? `${layoutMessages(locale).inError}${title}` : title;
}

function renderHead(page: Page, siteTitle: string): Html {
  const title = page.title === siteTitle ? siteTitle : `${page.title} · ${siteTitle}`;
  return html`<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="preload" href="${assetUrl('fonts/atkinson-hyperlegible-next.woff2')}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${assetUrl('styles.css')}">${page.stylesheet && html`<link rel="stylesheet" href="${assetUrl(page.stylesheet)}">`}
<link rel="icon" href="${assetUrl('mark.svg')}" type="image/svg+xml">${renderRefresh(page)}${page.script && html`<script type="module" src="${assetUrl(page.script)}"></script>`}`;
}

function renderRefresh({ refresh }: Page): Html | undefined {
  if (!refresh) return undefined;
  const content = refresh.url ? `${refresh.seconds}; url=${refresh.url}` : String(refresh.seconds);
  const meta = html`<meta http-equiv="refresh" content="${content}">`;
  return refresh.withoutScript ? html`<noscript>${meta}</noscript>` : meta;
}

function fullShell(c: Context<AppEnv>, page: Page, body: Html): Html {
  const { locale, site } = c.var;
  const header = { title: site.title[locale], locale, address: new URL(c.req.url) };
  return html`<a class="skip" href="#contenu">${layoutMessages(locale).skip}</a>
${site.sandbox && renderBanner(locale, page.bannerActions)}
${renderHeader({ ...header, signedIn: page.signedIn, links: page.headerLinks })}
${bareShell(body, page)}
${renderFooter(locale)}`;
}

function bareShell(body: Html, page: Page): Html {
  return html`<main id="contenu" class="${page.width ?? 'narrow'}">${body}</main>`;
}
