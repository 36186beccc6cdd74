import type { Oidc } from '#oidc';
import type { Logger } from '#platform/logger.ts';

const intervalMs = 60_000;

/** Deletes expired rows in small batches, now and then; several processes may do so at once. */
export function startSweeping(oidc: Pick<Oidc, 'sweep'>, logger: Logger): Disposable {
  const timer = setInterval(() => {
    oidc.sweep().catch((error: unknown) => logger.error({ err: error }, 'sweeping failed'));
  }, intervalMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
