import type { GenerationStorage } from './generation-storage.ts';

/** `directory` is the data directory; `prefix` begins the names of schemas (`directory_` unless told). */
export type GenerationLocation =
  | { kind: 'sqlite'; directory: string }
  | { kind: 'postgres'; url: string; prefix?: string };

/** The engine that is not used is not loaded. */
export async function openGenerationStorage(location: GenerationLocation): Promise<GenerationStorage> {
  if (location.kind === 'sqlite') {
    const { createSqliteGenerations } = await import('./sqlite-generations.ts');
    return createSqliteGenerations(location.directory);
  }
  const { createPostgresGenerations } = await import('./postgres-generations.ts');
  return createPostgresGenerations(location.url, location.prefix);
}
