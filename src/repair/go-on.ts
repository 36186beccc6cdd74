import type { Context } from 'hono';
import { formatIdNatPs, rpps } from '#national-id';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { isOfferedEcps } from './case-file.ts';
import { renderClosing, renderDone } from './end-pages.ts';
import type { RepairParts } from './repair-parts.ts';
import type { Ticket } from './ticket.ts';
import type { OpenTicket } from './tickets.ts';

/**
 * The e-CPS is active under the RPPS number: the session of the ADELI number ends first, on every host, so that single
 * sign-on does not bring the old identity back; then the service starts a sign-in of the RPPS number by itself.
 * `undefined` where there is no such e-CPS.
 */
export async function goOn(
  c: Context<AppEnv>,
  parts: RepairParts,
  { ticket, file }: OpenTicket,
): Promise<Response | undefined> {
  if (!file.record || !isOfferedEcps(file)) return undefined;
  const session = await parts.findSession(c);
  for (const uid of new Set([ticket.sid, session?.uid ?? ticket.sid]))
    await parts.endSession(uid, 'superseded');
  const url = startUrl(ticket, file.record.rpps);
  return url === undefined ? renderDone(c, ticket, file.record.rpps) : c.redirect(url, 303);
}

/** The service's `initiate_login_uri` with `iss` and `login_hint` (OpenID Connect Core 1.0 section 4). */
export function startUrl({ service }: Ticket, number: string): string | undefined {
  if (!service?.url) return undefined;
  const url = new URL(service.url);
  url.searchParams.set('login_hint', formatIdNatPs(rpps(number)));
  return url.href;
}

/** **Revenir au service**, nothing repaired. */
export function goBack(c: Context<AppEnv>, ticket: Ticket): Response | Promise<Response> {
  const url = ticket.service?.url;
  return url ? leavingRedirect(c, url) : renderClosing(c, ticket);
}
