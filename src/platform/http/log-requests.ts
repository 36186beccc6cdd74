import cluster from 'node:cluster';
import type { IncomingMessage, RequestListener } from 'node:http';
import { randomLabel } from '../ids.ts';
import { type Logger, withLogFields } from '../logger.ts';
import type { ListenerName } from './site.ts';

/** Patterns such as `/connexion/:id`, by request. */
const routes = new WeakMap<object, string>();

/** Says which route answers: its pattern, since addresses may hold codes. */
export function nameRoute(req: object, pattern: string): void {
  routes.set(req, pattern);
}

/** Which process of several. */
const worker = cluster.worker ? { worker: cluster.worker.id } : {};

/** One line a request, once it is answered or given up; every other line about it has the same `requestId`. */
export function logRequests(
  listener: ListenerName,
  logger: Logger,
  answer: RequestListener,
): RequestListener {
  return (req, res) => {
    const began = performance.now();
    const named = { requestId: randomLabel(10), listener, ...worker };
    res.once('close', () => {
      const ended = res.writableFinished ? { status: res.statusCode } : { status: null, givenUp: true };
      logger.info(
        { ...named, ...routeOf(req), ...ended, ms: Math.round(performance.now() - began) },
        'request',
      );
    });
    withLogFields(named, () => answer(req, res));
  };
}

/** Without a route nothing of the address is told. */
function routeOf(req: IncomingMessage): { method: string; route: string | null } {
  return { method: req.method ?? '', route: routes.get(req) ?? null };
}
