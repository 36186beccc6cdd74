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
  const { signedIn } = welcome;
  return renderPage(c, {
    title: texts.title,
    width: 'narrow',
    ...(signedIn ? { signedIn } : {}),
    body: html`<h1>${texts.title}</h1>
${signedIn ? renderWayOn(c, welcome, signedIn.name) : renderWayIn(c, welcome)}`,
  });
}

function renderWayIn(c: Context<AppEnv>, { startHref, ended }: Welcome): Html {
  const texts = messages(c.var.locale).welcome;
  return html`<p class="lead">${texts.lead}</p>
${ended && notice({ kind: 'info', body: texts.ended })}
<div class="actions">${button({ href: startHref, label: texts.signIn })}</div>
<h2>${texts.how}</h2>${steps([texts.firstStep, texts.secondStep, texts.thirdStep])}`;
}

/** A sign-in can be started again, such as with another means. */
function renderWayOn(c: Context<AppEnv>, { startHref, placesHref }: Welcome, name: string): Html {
  const texts = messages(c.var.locale).welcome;
  return html`<p class="lead">${keepTogether(texts.signedIn(name))}</p>
<div class="actions">${button({ href: placesHref, label: texts.places })}${button({ href: startHref, label: texts.signIn, kind: 'secondary' })}</div>`;
}
