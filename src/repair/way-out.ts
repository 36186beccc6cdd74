import type { Context } from 'hono';
import { type Button, button, keepTogether, linkRow, steps } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { type CaseFile, isEndedByEcps, isOfferedEcps } from './case-file.ts';
import type { Cause } from './diagnosis.ts';
import { repairMessages } from './messages.ts';
import { paths } from './paths.ts';
import type { RepairAddresses } from './repair-parts.ts';
import type { OpenTicket } from './tickets.ts';
import { type WayTexts, wayMessages } from './way-messages.ts';

export interface WayOut extends OpenTicket {
  /** Whom to ask. */
  authority: string;
  addresses: RepairAddresses;
  /** Whether an e-CPS app is served. */
  hasApp: boolean;
}

/** What there is to do, in order, and the controls that begin it. */
export function renderWayOut(c: Context<AppEnv>, way: WayOut): Html {
  return html`${steps(stepTexts(c, way))}
${way.hasApp && isEndedByEcps(way.file.diagnosis.cause) && renderControls(c, way)}`;
}

function stepTexts(c: Context<AppEnv>, { file, hasApp, authority, ...way }: WayOut): (string | Html)[] {
  const { causes } = repairMessages(c.var.locale);
  const texts = wayMessages(c.var.locale);
  return file.diagnosis.steps.flatMap((step): (string | Html)[] => {
    if (hasApp && isEndedByEcps(step)) return ecpsSteps(texts, file, step, way);
    // A part of the step before; a card vouches by itself, and needs none.
    if (hasApp && step === 'no_contact_details') return [];
    return [causes[step].steps(authority)];
  });
}

function ecpsSteps(
  { steps: texts, forgotten }: WayTexts,
  file: CaseFile,
  step: Cause,
  { ticket, addresses }: Pick<WayOut, 'ticket' | 'addresses'>,
): (string | Html)[] {
  if (isOfferedEcps(file)) return [texts.useIt];
  const { method } = file.verification;
  const isReached = method === 'card' || file.record?.hasContactDetails;
  const activate = [...(isReached ? [] : [texts.register]), texts.activate[method], texts.enter];
  if (step !== 'ecps_under_adeli') return activate;
  const query = new URLSearchParams({ retour: paths.ticket(ticket.id) });
  const removal =
    addresses.forgotten === undefined
      ? ''
      : html`<p class="note">${keepTogether(texts.withoutPassword)} <a href="${addresses.forgotten}?${query}">${forgotten}</a>.</p>`;
  return [html`${keepTogether(texts.deactivate)}${removal}`, ...activate];
}

function renderControls(c: Context<AppEnv>, way: WayOut): Html {
  const { ticket, file } = way;
  const texts = wayMessages(c.var.locale);
  if (isOfferedEcps(file)) {
    const signIn = button({ href: paths.ecps(ticket.id), label: texts.signIn, icon: 'smartphone' });
    return html`<div class="actions">${signIn}</div>`;
  }
  const byCard = file.verification.method === 'card';
  const scan = { label: texts.scan, icon: 'smartphone' } as const;
  return html`<div class="actions">${byCard && html`<form method="get" action="${paths.code(ticket.id)}">${button(scan)}</form>`}${renderMail(texts, way, byCard ? 'secondary' : 'primary')}</div>
${renderOtherWays(texts, way)}`;
}

const reasonId = 'sans-coordonnees';

function renderMail(texts: WayTexts, { ticket, file }: WayOut, kind: 'primary' | 'secondary'): Html {
  const mail: Button = { label: texts.byMail, kind, icon: 'mail' };
  return file.record?.hasContactDetails
    ? html`<form method="post" action="${paths.mail(ticket.id)}">${button(mail)}</form>`
    : button({ ...mail, type: 'button', disabled: true, describedBy: reasonId });
}

/** Why neither mail nor SMS can leave and where that is mended, and the card where it was not the way in. */
function renderOtherWays(texts: WayTexts, { ticket, file, addresses }: WayOut): Html {
  const isMissing = !file.record?.hasContactDetails;
  const page = isMissing && addresses.contactPage?.(new URL(paths.ticket(ticket.id), addresses.wallet));
  const links = [
    ...(page ? [{ href: page.href, label: texts.register }] : []),
    ...(file.verification.method === 'card' ? [] : [{ href: paths.card(ticket.id), label: texts.byCard }]),
  ];
  return html`${isMissing && html`<p class="note" id="${reasonId}">${keepTogether(texts.noContacts)}</p>`}
${links.length > 0 && linkRow(links)}`;
}
