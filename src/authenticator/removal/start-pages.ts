import type { Context } from 'hono';
import { hasValidCheckDigit, type NationalId } from '#national-id';
import { button, field, keepTogether, linkRow, notice } from '#platform/html/components.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { parseIdentifier } from '../approving/parse-identifier.ts';
import { startAddress } from './paths.ts';
import { removalMessages } from './removal-messages.ts';

export type IdentifierFault = 'empty' | 'shape' | 'check_digit';

/** Faults are those of the text alone: they say nothing of whom a number leads to. */
export function readIdentifier(typed: string): { nationalId: NationalId } | { fault: IdentifierFault } {
  if (typed.trim() === '') return { fault: 'empty' };
  const nationalId = parseIdentifier(typed);
  if (!nationalId) return { fault: 'shape' };
  return hasValidCheckDigit(nationalId) ? { nationalId } : { fault: 'check_digit' };
}

export interface StartView {
  typed: string;
  /** The page of wallet that she came from. */
  returnTo: string | null;
  fault?: IdentifierFault;
  /** Why she is here again. */
  news?: { text: string; status: number };
}

/** **Identifiant e-CPS**. */
export function renderStart(c: Context<AppEnv>, view: StartView): Promise<Response> {
  const { start, back } = removalMessages(c.var.locale);
  const { typed, returnTo, fault, news } = view;
  const input = field({
    name: 'identifiant',
    label: start.label,
    hint: start.hint,
    error: fault && start.errors[fault],
    value: typed,
    autocomplete: 'username',
    autofocus: true,
  });
  return renderPage(c, {
    title: start.title,
    status: fault ? 422 : (news?.status ?? 200),
    body: html`<h1>${keepTogether(start.title)}</h1><p class="lead">${keepTogether(start.lead)}</p>
${news && notice({ kind: 'attention', body: news.text, role: 'alert' })}
<form method="post" action="${startAddress(returnTo)}">${input}${button({ label: start.submit })}</form>
${returnTo !== null && linkRow([{ href: returnTo, label: back }])}`,
  });
}
