import { z } from 'zod';
import { refusalReasons } from '../contacts/request-store.ts';
import type { Decision } from '../contacts/review.ts';
import type { OperatorVisit } from './operator-parts.ts';
import { paths, pathTo } from './operator-paths.ts';
import { showRequest } from './request-page.ts';

/** **Accepter**. */
export async function acceptOne(visit: OperatorVisit): Promise<Response> {
  const { desk, operator } = visit;
  return answer(visit, await desk.accept(referenceOf(visit), operator.idNatPs));
}

const refusal = z.object({ motif: z.enum(refusalReasons) });

/** **Refuser**, with a reason. */
export async function refuseOne(visit: OperatorVisit): Promise<Response> {
  const { c, desk, operator } = visit;
  const { success, data } = refusal.safeParse(await c.req.parseBody());
  if (!success) return showRequest(visit, { news: 'no_reason' });
  return answer(visit, await desk.refuse(referenceOf(visit), { by: operator.idNatPs, reason: data.motif }));
}

const referenceOf = ({ c }: OperatorVisit): string => c.req.param('reference') ?? '';

/** Of two operators one wins; the other reads who, and what. */
function answer(visit: OperatorVisit, { outcome }: Decision): Response | Promise<Response> {
  if (outcome === 'decided') return visit.c.redirect(pathTo(paths.request, referenceOf(visit)), 303);
  return showRequest(visit, { news: outcome === 'unknown' ? 'late' : 'no_record' });
}
