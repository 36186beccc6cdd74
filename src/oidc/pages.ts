import type { Context } from 'hono';
import type { ErrorOut } from 'oidc-provider';
import { button, facts, notice } from '#platform/html/components.ts';
import { html } from '#platform/html/html.ts';
import { type Page, renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { LogoutRequest } from './logout.ts';
import { messages } from './messages.ts';

/** Where somebody goes whose request led nowhere. */
export interface StartingPoint {
  name: string;
  url: string;
}

type Answer = Promise<Response>;

function render(c: Context<AppEnv>, page: Pick<Page, 'title' | 'body' | 'status'>): Answer {
  return renderPage(c, { ...page, width: 'narrow', body: html`<h1>${page.title}</h1>${page.body}` });
}

function startLink(c: Context<AppEnv>, start: StartingPoint) {
  return html`<div class="actions">${button({ href: start.url, kind: 'secondary', label: messages(c.var.locale).goTo(start.name) })}</div>`;
}

/** The request is gone: too late, or answered in another tab. */
export function renderExpired(c: Context<AppEnv>, start: StartingPoint): Answer {
  const { expired } = messages(c.var.locale);
  const body = html`<p class="lead">${expired.body}</p><p>${expired.next}</p>${startLink(c, start)}`;
  return render(c, { title: expired.title, status: 400, body });
}

/** A service asked for something that cannot be; its developers read the code. */
export function renderAuthorizationError(c: Context<AppEnv>, error: ErrorOut, start: StartingPoint): Answer {
  const { error: texts } = messages(c.var.locale);
  const details = [
    { label: texts.code, value: html`<code>${error.error}</code>` },
    ...(error.error_description ? [{ label: texts.detail, value: error.error_description }] : []),
  ];
  const body = html`${notice({ kind: 'attention', body: texts.body })}<p>${texts.next}</p>${facts(details)}${startLink(c, start)}`;
  return render(c, { title: texts.title, status: 400, body });
}

/** A page of wallet needs a sign-in that was refused. */
export function renderSignInRefused(c: Context<AppEnv>, signInUrl: string): Answer {
  const { refused } = messages(c.var.locale);
  const body = html`<p class="lead">${refused.body}</p><div class="actions">${button({ href: signInUrl, label: refused.again })}</div>`;
  return render(c, { title: refused.title, status: 403, body });
}

export function renderSignOut(
  c: Context<AppEnv>,
  request: LogoutRequest,
  service: string | undefined,
): Answer {
  const { signOut } = messages(c.var.locale);
  const hidden = Object.entries({
    client_id: request.clientId,
    post_logout_redirect_uri: request.postLogoutRedirectUri,
    state: request.state,
  }).filter(([, value]) => value !== undefined);
  const body = html`<p class="lead">${service ? signOut.body(service) : signOut.bodyWithoutService}</p>
<form method="post" action="/deconnexion">${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}${button({ label: signOut.confirm })}</form>`;
  return render(c, { title: signOut.title, body });
}

export function renderSignedOut(c: Context<AppEnv>, start: StartingPoint): Answer {
  const { signedOut } = messages(c.var.locale);
  const body = html`<p class="lead">${signedOut.body}</p>${startLink(c, start)}`;
  return render(c, { title: signedOut.title, body });
}

export function renderSignOutRefused(c: Context<AppEnv>): Answer {
  const { signOutRefused } = messages(c.var.locale);
  return render(c, {
    title: signOutRefused.title,
    status: 400,
    body: notice({ kind: 'attention', body: signOutRefused.body }),
  });
}
