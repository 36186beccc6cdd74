import { z } from 'zod';
import { formatIdNatPs, parseIdNatPs } from '#national-id';
import type { Database, Unit } from '#platform/database/database.ts';
import type { SignInTables } from './migrations.ts';
import type { Progress } from './next-step.ts';

export type ProgressStore = ReturnType<typeof createProgressStore>;

export function createProgressStore(database: Database) {
  return {
    async find(signInId: string): Promise<Progress | undefined> {
      const row = await database
        .as<SignInTables>()
        .selectFrom('sign_in_progress')
        .select(['at_step', 'identifier', 'approval_id', 'refusal'])
        .where('sign_in_id', '=', signInId)
        .executeTakeFirst();
      return row && toProgress(row);
    },

    /** Replaces what is stored; of two concurrent calls the later one counts. */
    async save(unit: Unit, signInId: string, progress: Progress, now: number): Promise<void> {
      const { identifier, refusal } = progress;
      const columns = {
        at_step: progress.at,
        identifier: identifier && formatIdNatPs(identifier),
        approval_id: progress.approvalId,
        refusal: refusal && JSON.stringify(refusal),
        updated_at: now,
      };
      await unit
        .as<SignInTables>()
        .insertInto('sign_in_progress')
        .values({ sign_in_id: signInId, ...columns })
        .onConflict((conflict) => conflict.column('sign_in_id').doUpdateSet(columns))
        .execute();
    },

    async deleteUntouched(unit: Unit, before: number): Promise<void> {
      await unit.as<SignInTables>().deleteFrom('sign_in_progress').where('updated_at', '<', before).execute();
    },
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
