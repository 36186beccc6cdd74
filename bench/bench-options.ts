import type { Database } from '#platform/database/database.ts';
import { listenerNames } from '#platform/http/site.ts';

export type Engine = Database['engine'];

export interface BenchOptions {
  /** Where the state is; `postgres` uses the database that HYGIE_DATABASE_URL names. */
  engine: Engine;
  /** Folder that receives a V8 CPU profile of each measured server. */
  profileDir?: string | undefined;
  /** Size of the directory, for the benches of the directory. */
  rows?: number | undefined;
}

/** `undefined` where there is no such engine. */
export function parseEngine(text = 'sqlite'): Engine | undefined {
  return text === 'sqlite' || text === 'postgres' ? text : undefined;
}

/** The environment of a sandbox of its own: free ports, its own data, and the engine that is measured. */
export function sandboxEnvironment(dataDir: string, engine: Engine): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...Object.fromEntries(listenerNames.map((name) => [`HYGIE_${name.toUpperCase()}_PORT`, '0'])),
    HYGIE_DATA_DIR: dataDir,
    HYGIE_DATABASE_URL: engine === 'postgres' ? postgresUrl() : '',
  };
}

export function postgresUrl(): string {
  const url = process.env.HYGIE_DATABASE_URL;
  if (!url) throw new Error('HYGIE_DATABASE_URL: name an empty database for the bench.');
  return url;
}
