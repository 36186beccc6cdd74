import type { GenerationStorage } from './generation-storage.ts';
import { createSqliteGenerations } from './sqlite-generations.ts';

/**
 * Where generations are kept: files in the data directory, or schemas of a PostgreSQL server whose names begin with
 * `prefix` (`directory_` unless told). Archives are unpacked in the data directory either way.
 */
export type GenerationLocation =
  | { kind: 'sqlite'; directory: string }
  | { kind: 'postgres'; url: string; directory: string; prefix?: string };

export function createGenerationStorage(location: GenerationLocation): GenerationStorage {
  return location.kind === 'sqlite' ? createSqliteGenerations(location.directory) : deferPostgres(location);
}

/** The engine's library is loaded by its first use. */
function deferPostgres({ url, prefix }: { url: string; prefix?: string }): GenerationStorage {
  let loading: Promise<GenerationStorage> | undefined;
  const load = () => {
    loading ??= import('./postgres-generations.ts').then((module) =>
      module.createPostgresGenerations(url, prefix),
    );
    return loading;
  };
  return {
    lock: async () => (await load()).lock(),
    draft: async (previous, above) => (await load()).draft(previous, above),
    readState: async (generation, name) => (await load()).readState(generation, name),
    open: async (generation, options) => (await load()).open(generation, options),
    list: async () => (await load()).list(),
    remove: async (generation) => (await load()).remove(generation),
    close: async () => (await loading)?.close(),
  };
}
