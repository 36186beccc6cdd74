import { type Context, Hono } from 'hono';
import type { AppEnv } from '#platform/http/site.ts';
import { renderClosed, renderSignIn } from './closed-pages.ts';
import { acceptOne, refuseOne } from './decide.ts';
import type { OperatorPagesDependencies, OperatorVisit } from './operator-parts.ts';
import { paths } from './operator-paths.ts';
import { showOverview } from './overview-page.ts';
import { showQueue } from './queue-page.ts';
import { showRequest } from './request-page.ts';
import { showRun } from './run-page.ts';

type Step = (visit: OperatorVisit) => Response | Promise<Response>;

/** Imports, counts and the review of contact details, for the people who run the directory. */
export function createOperatorPages(dependencies: OperatorPagesDependencies): Hono<AppEnv> {
  const step = (run: Step) => (c: Context<AppEnv>) => enter(c, dependencies, run);
  const routes = new Hono<AppEnv>();
  routes.get(paths.overview, step(showOverview));
  routes.get(paths.run, step(showRun));
  routes.get(paths.queue, step(showQueue));
  routes.get(paths.request, step(showRequest));
  routes.post(paths.accept, step(acceptOne));
  routes.post(paths.refuse, step(refuseOne));
  return routes;
}

/** Every page, and every decision, asks again who is there and whether they may. */
async function enter(
  c: Context<AppEnv>,
  dependencies: OperatorPagesDependencies,
  run: Step,
): Promise<Response> {
  const person = await dependencies.gate.findPerson(c);
  if (!person) return askToSignIn(c, dependencies);
  if (!dependencies.operators.includes(person.idNatPs)) return renderClosed(c, dependencies, person);
  return run({ ...dependencies, c, operator: person });
}

/** What was posted is not kept: after a sign-in it is to be looked at again. */
async function askToSignIn(c: Context<AppEnv>, { gate }: OperatorPagesDependencies): Promise<Response> {
  const { pathname } = new URL(c.req.url);
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
  const wanted = isRead ? pathname : paths.queue;
  if (!isRead || c.req.query('session') === 'aucune') return renderSignIn(c, gate, wanted);
  return gate.signInSilently(c, wanted, `${wanted}?session=aucune`);
}
