import type { Config } from '#config';
import { findStoreFault, type StoreFault } from '#platform/database/store-fault.ts';

type Engine = Config['database']['kind'];

const disk =
  'The disk that holds the data directory (HYGIE_DATA_DIR) is full or does not work: make room, then start again.';
const readOnly =
  'The data directory (HYGIE_DATA_DIR) cannot be written by this account: give it that right, or choose another directory.';

/** What is wrong and what to do, for whoever runs a command. */
const sentences: Record<StoreFault, Record<Engine, string>> = {
  disk: {
    sqlite: disk,
    postgres: `${disk} Or it is the disk of the PostgreSQL server (HYGIE_DATABASE_URL).`,
  },
  read_only: {
    sqlite: readOnly,
    postgres: `${readOnly} Or it is PostgreSQL (HYGIE_DATABASE_URL) that accepts no writing.`,
  },
  damaged: {
    sqlite:
      'A database file of the data directory (HYGIE_DATA_DIR) is damaged: put back the whole directory from a backup. A sandbox can also start anew in another one.',
    postgres: 'The PostgreSQL database (HYGIE_DATABASE_URL) is damaged: put it back from a backup.',
  },
  unreachable: {
    sqlite: 'Something that Hygie needs does not answer; start it, then start again.',
    postgres: 'PostgreSQL does not answer at HYGIE_DATABASE_URL: start it, or correct the address.',
  },
  refused: {
    sqlite: readOnly,
    postgres:
      'PostgreSQL does not let Hygie in: correct the account, its password or the name of the database in HYGIE_DATABASE_URL.',
  },
  busy: {
    sqlite:
      'Another process holds the database of the data directory (HYGIE_DATA_DIR): let it end, then try again.',
    postgres: 'Another process holds the database: let it end, then try again.',
  },
};

/** The sentence on standard error; what is not the store's fault says itself what is wrong. */
export function explainFailure(error: unknown, config: Pick<Config, 'database'> | undefined): string {
  const fault = findStoreFault(error);
  if (fault) return sentences[fault][config?.database.kind ?? 'sqlite'];
  return error instanceof Error ? error.message : 'Something went wrong.';
}
