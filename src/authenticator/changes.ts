import { EventEmitter } from 'node:events';
import { formatIdNatPs, type NationalId } from '#national-id';

export type Changes = ReturnType<typeof createChanges>;

/**
 * Wakes the long polls of this process when something of a person changed. Only a short cut: another process's
 * changes are found by the next look at the rows.
 */
export function createChanges() {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  return {
    announce: (nationalId: NationalId): void => void emitter.emit(formatIdNatPs(nationalId)),

    /** Resolves at a change of one of these persons, after `ms`, or when the signal ends it. */
    wait(nationalIds: readonly NationalId[], ms: number, signal: AbortSignal): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const keys = nationalIds.map(formatIdNatPs);
      const timer = setTimeout(resolve, ms);
      for (const key of keys) emitter.on(key, resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
      return promise.finally(() => {
        clearTimeout(timer);
        for (const key of keys) emitter.off(key, resolve);
      });
    },
  };
}
