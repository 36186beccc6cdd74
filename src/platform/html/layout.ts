import { type Html, html, raw } from './html.ts';
import { layoutMessages } from './layout-messages.ts';
import { type Locale, locales } from './messages.ts';
import { numberText } from './numbers.ts';

const mark = raw(
  '<svg class="mark" viewBox="0 0 50 14" aria-hidden="true"><path d="M7 7h36" stroke="currentColor" stroke-width="3"/><g fill="currentColor"><circle cx="7" cy="7" r="6.5"/><circle cx="25" cy="7" r="6.5"/><circle cx="43" cy="7" r="6.5"/></g></svg>',
);
const languageNames: Record<Locale, string> = { fr: 'Français', en: 'English' };

/** A person's identifier as pages name it; kinds other than `rpps` and `adeli` are written with `idNatPs`. */
export interface SignedIn {
  nationalId: { kind: string; value: string };
  /** The wire form with its prefix, shown where the kind has no name of its own. */
  idNatPs?: string;
  name: string;
  /** Target of the sign-out form. */
  signOutAction: string;
}

/** The band at the top of every page of a sandbox; `actions` only on its home. */
export function renderBanner(locale: Locale, actions?: Html): Html {
  const texts = layoutMessages(locale);
  return html`<aside class="banner" aria-label="${texts.sandbox}"><p><strong>${texts.sandbox}</strong> ${texts.sandboxNotice}</p>${actions}</aside>`;
}

export interface Header {
  title: string;
  locale: Locale;
  /** The address shown, from which the language links are made. */
  address: URL;
  signedIn?: SignedIn | undefined;
  links?: Html | undefined;
}

export function renderHeader(header: Header): Html {
  const { signedIn, locale } = header;
  return html`<header class="site-header"><p class="site-name">${mark}<span>${header.title}</span></p>
${signedIn && renderPill(signedIn, locale)}<div class="site-links">${header.links}${signedIn && renderSignOut(signedIn, locale)}${renderLanguages(locale, header.address)}</div></header>`;
}

function renderPill({ nationalId: { kind, value }, idNatPs }: SignedIn, locale: Locale): Html {
  const texts = layoutMessages(locale);
  const named = kind === 'rpps' || kind === 'adeli';
  const label = named ? texts[kind] : texts.otherId;
  return html`<p class="pill ${kind === 'adeli' ? 'pill-attention' : 'pill-brand'}" data-testid="national-id"><span>${label}</span> ${numberText(kind, named ? value : (idNatPs ?? value))}</p>`;
}

function renderSignOut({ name, signOutAction }: SignedIn, locale: Locale): Html {
  return html`<span class="person">${name}</span><form method="post" action="${signOutAction}"><button class="quiet">${layoutMessages(locale).signOut}</button></form>`;
}

function renderLanguages(locale: Locale, address: URL): Html {
  const entries = locales.map((other) =>
    other === locale
      ? html`<span aria-current="true">${languageNames[other]}</span>`
      : html`<a href="${languageHref(other, address)}" lang="${other}" hreflang="${other}">${languageNames[other]}</a>`,
  );
  return html`<nav class="languages" aria-label="${layoutMessages(locale).language}">${entries[0]}<span aria-hidden="true">·</span>${entries[1]}</nav>`;
}

/** A query alone stays on the page, whose path may look like another host (`//elsewhere`). */
function languageHref(locale: Locale, address: URL): string {
  const query = new URLSearchParams(address.search);
  query.delete('ui_locales');
  query.set('lang', locale);
  return `?${query}`;
}

export function renderFooter(locale: Locale): Html {
  return html`<footer class="site-footer"><p>${layoutMessages(locale).footer}</p></footer>`;
}
