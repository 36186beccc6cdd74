import { z } from 'zod';
import { formatIdNatPs, parseIdNatPs } from '#national-id';
import type { Database, Unit } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { SignInTables } from './migrations.ts';
import type { Progress } from './next-step.ts';

export type ProgressStore = ReturnType<typeof createProgressStore>;

export function createProgressStore(database: Database) {
  const queries = prepareQueries(database);
  return {
    async find(signInId: string): Promise<Progress | undefined> {
      const [row] = await queries.find(database.as(), signInId);
      return row && toProgress(row);
    },

    /** Replaces what is stored; of two concurrent calls the later one counts. */
    async save(unit: Unit, signInId: string, progress: Progress, now: number): Promise<void> {
      const { at, approvalId } = progress;
      const identifier = progress.identifier && formatIdNatPs(progress.identifier);
      const refusal = progress.refusal && JSON.stringify(progress.refusal);
      await queries.save(unit.as(), signInId, at, identifier, approvalId, refusal, now);
    },

    async deleteUntouched(unit: Unit, before: number): Promise<void> {
      await queries.deleteUntouched(unit.as(), before);
    },
  };
}

/** The samples show the shape of each query; values come with each call. */
function prepareQueries(database: Database) {
  const db = database.as<SignInTables>();
  const columns = ['at_step', 'identifier', 'approval_id', 'refusal', 'updated_at'] as const;
  const sample = { at_step: '', identifier: null, approval_id: null, refusal: null, updated_at: 0 };
  return {
    find: prepare(
      db
        .selectFrom('sign_in_progress')
        .select(['at_step', 'identifier', 'approval_id', 'refusal'])
        .where('sign_in_id', '=', ''),
    ),
    save: prepare(
      db
        .insertInto('sign_in_progress')
        .values({ sign_in_id: '', ...sample })
        .onConflict((conflict) =>
          conflict
            .column('sign_in_id')
            .doUpdateSet((row) =>
              Object.fromEntries(columns.map((column) => [column, row.ref(`excluded.${column}`)])),
            ),
        ),
    ),
    deleteUntouched: prepare(db.deleteFrom('sign_in_progress').where('updated_at', '<', 0)),
  };
}

const refusal = z.union([
  z.object({ outcome: z.enum(['expired', 'frozen']) }),
  z.object({ outcome: z.enum(['locked', 'blocked', 'limited']), until: z.number() }),
]);

const storedProgress = z.object({
  at_step: z.enum(['choice', 'card', 'ecps']),
  identifier: z.string().nullable(),
  approval_id: z.string().nullable(),
  refusal: z.string().nullable(),
});

function toProgress(row: object): Progress {
  const stored = storedProgress.parse(row);
  return {
    at: stored.at_step,
    identifier: parseIdNatPs(stored.identifier ?? '') ?? null,
    approvalId: stored.approval_id,
    refusal: stored.refusal === null ? null : refusal.parse(JSON.parse(stored.refusal)),
  };
}
