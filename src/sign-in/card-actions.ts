import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import { complete } from './complete.ts';
import { paths } from './paths.ts';
import type { Act } from './sign-in-parts.ts';

/** **Carte CPS**, and **Réessayer**, which goes back to the reader that failed. */
export const openReader: Act = async (c, { id }, { cards, ecps }) => {
  if (await ecps?.findProgress(id)) await ecps?.turnTo('card', id);
  const failed = await cards.findFailure(id);
  const reader = failed?.reader ?? 'first';
  const { url } = await cards.createAttempt({ signInId: id, reader, locale: c.var.locale });
  return leavingRedirect(c, url);
};

/** The reader sends the browser back with a code: it tells who was verified, or why not. */
export const redeemCard: Act = async (c, request, parts) => {
  const code = c.req.query('code') ?? '';
  const redeemed = await parts.cards.consumeCode({ signInId: request.id, code });
  if (!redeemed || 'failure' in redeemed) return c.redirect(paths.page(request.id), 303);
  const answer = await complete(c, request, parts, redeemed.verification);
  return answer ?? c.redirect(paths.page(request.id), 303);
};
