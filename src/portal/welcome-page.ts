import type { Context } from 'hono';
import { button, keepTogether, notice, steps } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { SignedIn } from '#platform/html/layout.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { messages } from './messages.ts';

export interface Welcome {
  startHref: string;
  placesHref: string;
  /** Present for somebody who has a session already. */
  signedIn?: SignedIn;
  /** The browser still names a session that has ended. */
  ended: boolean;
}

/** What this is, and the way in. */
export function renderWelcome(c: Context<AppEnv>, welcome: Welcome): Promise<Response> {
  const texts = messages(c.var.locale).welcome;
  return renderPage(c, {
    title: texts.title,
    width: 'narrow',
    ...(welcome.signedIn ? { signedIn: welcome.signedIn } : {}),
    body: html`<h1>${texts.title}</h1><p class="lead">${texts.lead}</p>
${welcome.ended && notice({ kind: 'info', body: texts.ended })}
${renderWayIn(c, welcome)}
<h2>${texts.how}</h2>${steps([texts.firstStep, texts.secondStep, texts.thirdStep])}`,
  });
}

function renderWayIn(c: Context<AppEnv>, { startHref, placesHref, signedIn }: Welcome): Html {
  const texts = messages(c.var.locale).welcome;
  const signIn = (kind: 'primary' | 'secondary') => button({ href: startHref, label: texts.signIn, kind });
  if (!signedIn) return html`<div class="actions">${signIn('primary')}</div>`;
  return html`<p>${keepTogether(texts.signedIn(signedIn.name))}</p>
<div class="actions">${button({ href: placesHref, label: texts.places })}${signIn('secondary')}</div>`;
}
