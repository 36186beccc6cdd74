import type { Context } from 'hono';
import { html } from '../html/html.ts';
import { defineMessages } from '../html/messages.ts';
import { renderPage } from '../html/page.ts';
import type { AppEnv } from './site.ts';

const messages = defineMessages({
  fr: { title: 'Un instant', follow: 'Continuer' },
  en: { title: 'One moment', follow: 'Continue' },
});

/**
 * Goes on to another origin after a form: 200 with a refresh and a link, not 303, since Chromium holds a form's
 * whole chain of redirects against `form-action 'self'`.
 */
export function leavingRedirect(c: Context<AppEnv>, url: string): Response | Promise<Response> {
  const texts = messages(c.var.locale);
  return renderPage(c, {
    title: texts.title,
    width: 'narrow',
    refresh: { seconds: 0, url },
    body: html`<h1>${texts.title}</h1><p><a href="${url}">${texts.follow}</a></p>`,
  });
}
