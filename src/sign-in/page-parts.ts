import type { Context } from 'hono';
import { type Button, button, linkRow, serviceHeader } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { ecpsMessages } from './ecps-messages.ts';
import { messages } from './messages.ts';
import { paths } from './paths.ts';
import type { SignInRequest } from './sign-in-host.ts';

/** The service that asks. */
export function serviceOf(c: Context<AppEnv>, { service }: SignInRequest): Html {
  return serviceHeader({ lead: messages(c.var.locale).service, ...service });
}

/** A form that is one button. */
export function buttonForm(action: string, control: Button): Html {
  return html`<form method="post" action="${action}">${button(control)}</form>`;
}

export function backForm(c: Context<AppEnv>, { id }: SignInRequest): Html {
  return buttonForm(paths.back(id), { label: messages(c.var.locale).back, kind: 'quiet' });
}

/** For whoever has no e-CPS, or no longer knows its password. */
export function ecpsLinks(
  c: Context<AppEnv>,
  { id }: SignInRequest,
  { forgottenPath }: { forgottenPath: string | undefined },
): Html {
  const { forgotten, notYet } = ecpsMessages(c.var.locale);
  const back = new URLSearchParams({ retour: paths.page(id) });
  return linkRow([
    ...(forgottenPath === undefined ? [] : [{ href: `${forgottenPath}?${back}`, label: forgotten }]),
    { href: paths.activation(id), label: notYet },
  ]);
}

/** The ways out of a step: **Autre moyen**, **Revenir au service**; `first`: one of the step's own. */
export function waysOut(c: Context<AppEnv>, request: SignInRequest, first?: Html): Html {
  const label = ecpsMessages(c.var.locale).otherMeans;
  return html`<div class="actions">${first}${buttonForm(paths.otherMeans(request.id), { label, kind: 'quiet' })}${backForm(c, request)}</div>`;
}
