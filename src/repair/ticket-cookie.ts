import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { clearSiteCookie, getSiteCookie, setSiteCookie } from '#platform/http/cookies.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { ticketLifetimeMs } from './policy.ts';
import type { Ticket } from './ticket.ts';

const name = 'repair';

export type TicketCookie = ReturnType<typeof createTicketCookie>;

/**
 * `wallet_repair`: the ticket's id with an HMAC, which is what proves it. Two tabs that open a ticket at the same time
 * get the same one; a ticket that ended and is opened again gets another. `key`: 32 bytes, base64url.
 */
export function createTicketCookie(key: string) {
  const secret = Buffer.from(key, 'base64url');
  const seal = ({ id, openedAt }: Pick<Ticket, 'id' | 'openedAt'>): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['repair ticket', id, openedAt]))
      .digest();
  return {
    set(c: Context<AppEnv>, ticket: Pick<Ticket, 'id' | 'openedAt'>): void {
      const value = `${ticket.id}.${seal(ticket).toString('base64url')}`;
      setSiteCookie(c, name, value, { maxAgeSeconds: ticketLifetimeMs / 1000 });
    },

    /** The id that the cookie names: proven by `proves` alone. */
    findId: (c: Context<AppEnv>): string | undefined => getSiteCookie(c, name)?.split('.')[0],

    proves(c: Context<AppEnv>, ticket: Pick<Ticket, 'id' | 'openedAt'>): boolean {
      const [id, given = ''] = getSiteCookie(c, name)?.split('.') ?? [];
      const [sent, right] = [Buffer.from(given, 'base64url'), seal(ticket)];
      return id === ticket.id && sent.length === right.length && timingSafeEqual(sent, right);
    },

    clear: (c: Context<AppEnv>): void => clearSiteCookie(c, name),
  };
}
