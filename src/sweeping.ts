import type { Logger } from '#platform/logger.ts';

const intervalMs = 60_000;

/** A module with rows that expire. */
export interface Sweepable {
  /** Deletes a batch of them; several processes may do so at once. */
  sweep(): Promise<unknown>;
}

/** Deletes expired rows, now and then; one module's failure is not another's. */
export function startSweeping(modules: readonly Sweepable[], logger: Logger): Disposable {
  const timer = setInterval(() => {
    for (const module of modules) {
      module.sweep().catch((error: unknown) => logger.error({ err: error }, 'sweeping failed'));
    }
  }, intervalMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
