import type { Context } from 'hono';
import { rpps } from '#national-id';
import { keepTogether } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Page } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { EcpsState } from './diagnosis.ts';
import { paths } from './paths.ts';
import { refreshSeconds } from './policy.ts';
import type { CardEnrolmentState, RepairParts } from './repair-parts.ts';
import type { Ticket } from './ticket.ts';
import { wayMessages } from './way-messages.ts';

/** What a page that waits was made from: once it differs, the page is read again. */
export interface Progress {
  ecps: EcpsState | undefined;
  enrolment: CardEnrolmentState | undefined;
}

/** Reads no link. Read before what the page shows: what changes between the two only has the page read once more. */
export async function findProgress({ ecps }: RepairParts, ticket: Ticket): Promise<Progress> {
  if (!ecps) return { ecps: undefined, enrolment: undefined };
  const { nationalId } = ticket.verification;
  const state =
    ticket.rpps === null
      ? ecps.findState(nationalId)
      : ecps.findState(rpps(ticket.rpps), nationalId.kind === 'adeli' ? nationalId.value : null);
  const enrolment = ticket.enrolmentId === null ? undefined : ecps.findCardEnrolment(ticket.enrolmentId);
  return { ecps: await state, enrolment: await enrolment };
}

const format = ({ ecps, enrolment }: Progress): string => [ecps, enrolment].join('.');

/** `GET …/state?vu=<progress>`: for the script of the page; `pending` until something differs. */
export async function tellState(c: Context<AppEnv>, parts: RepairParts, ticket: Ticket): Promise<Response> {
  return c.json({ pending: format(await findProgress(parts, ticket)) === c.req.query('vu') });
}

/** The sentence of a page that waits, and how the page learns that it is over. */
export function renderWaiting(c: Context<AppEnv>, ticket: Ticket, progress: Progress): Html {
  const address = `${paths.state(ticket.id)}?${new URLSearchParams({ vu: format(progress) })}`;
  const { waiting } = wayMessages(c.var.locale);
  return html`<p class="left" data-waiting="${address}">${keepTogether(waiting)}</p>`;
}

export function waitingPage(kind: keyof typeof refreshSeconds): Pick<Page, 'script' | 'refresh'> {
  return { script: 'waiting.js', refresh: { seconds: refreshSeconds[kind], withoutScript: true } };
}
