import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database, Unit } from '#platform/database/database.ts';

export type Write = (unit: Unit) => Promise<void>;

interface Scope<Value> {
  writes: Write[];
  /** What this request has written, by key: its own later reads see it before the commit. `null`: deleted. */
  written: Map<string, Value | null>;
}

export type UnitOfWork<Value> = ReturnType<typeof createUnitOfWork<Value>>;

/**
 * Collects what one request writes and commits it as one unit before the answer leaves: redeeming a code and
 * issuing its tokens is one transaction, and one fsync. Outside of a request each write is a unit of its own.
 */
export function createUnitOfWork<Value>(database: Database) {
  const scopes = new AsyncLocalStorage<Scope<Value>>();
  return {
    /** Runs `work`, then commits what it wrote; nothing is written if it throws. */
    async run<Result>(work: () => Promise<Result>): Promise<Result> {
      const scope: Scope<Value> = { writes: [], written: new Map() };
      const result = await scopes.run(scope, work);
      if (scope.writes.length > 0) await database.write((unit) => writeAll(unit, scope.writes));
      return result;
    },

    async write(write: Write): Promise<void> {
      const scope = scopes.getStore();
      if (scope) scope.writes.push(write);
      else await database.write(write);
    },

    remember(key: string, value: Value | null): void {
      scopes.getStore()?.written.set(key, value);
    },

    /** False outside of a request, where nothing is remembered. */
    isOpen: (): boolean => scopes.getStore() !== undefined,

    /** `undefined` where this request has not written it. */
    recall: (key: string): Value | null | undefined => scopes.getStore()?.written.get(key),
  };
}

async function writeAll(unit: Unit, writes: readonly Write[]): Promise<void> {
  for (const write of writes) await write(unit);
}
