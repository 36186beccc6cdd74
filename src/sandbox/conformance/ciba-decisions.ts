import type { BackchannelApprovals } from '#oidc';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { CibaDecision, SandboxTables } from '../migrations.ts';
import { testPerson } from './test-person.ts';

export interface CibaDecisions {
  /** In place of phones: the test person is asked, and a program of the test plans answers for her. */
  approvals: BackchannelApprovals;
  /** Once for each request; false where there is no such request, or it was decided. */
  decide(signInId: string, decision: 'allow' | 'deny'): Promise<boolean>;
}

/** Rows of requests that are older are of no use to anybody. */
const keptMs = 3_600_000;

const statuses = { allow: 'approved', deny: 'refused', consumed: 'consumed' } as const;

/** Decisions are rows: the listener that takes them need not be the one that asks. */
export function createCibaDecisions(dependencies: { database: Database; clock: Clock }): CibaDecisions {
  const { database, clock } = dependencies;
  const find = (signInId: string) =>
    database
      .as<SandboxTables>()
      .selectFrom('sandbox_ciba_decision')
      .select('decision')
      .where('sign_in_id', '=', signInId)
      .executeTakeFirst();
  return {
    approvals: {
      method: testPerson.method,
      // The plans send none, a short one such as "1234", or one that a server may refuse.
      message: /^[\w .-]{0,20}$/,
      isKnown: async ({ kind, value }) =>
        kind === testPerson.nationalId.kind && value === testPerson.nationalId.value,

      async request({ signInId }) {
        await database.write((unit) => ask(unit, signInId, clock.now()));
        return { outcome: 'pending', approvalId: signInId };
      },

      async findStatus({ signInId }) {
        const row = await find(signInId);
        return row && (row.decision === null ? 'pending' : statuses[row.decision]);
      },

      async findApproved({ signInId }) {
        const row = await find(signInId);
        return row?.decision === 'allow' ? { ...testPerson, verifiedAt: clock.now() } : undefined;
      },

      consume: ({ signInId }, unit) => advance(unit, signInId, 'allow', 'consumed'),
    },

    decide: (signInId, decision) => database.write((unit) => advance(unit, signInId, null, decision)),
  };
}

async function ask(unit: Unit, signInId: string, now: number): Promise<void> {
  const db = unit.as<SandboxTables>();
  await db
    .deleteFrom('sandbox_ciba_decision')
    .where('asked_at', '<', now - keptMs)
    .execute();
  const row = { sign_in_id: signInId, decision: null, asked_at: now };
  await db.insertInto('sandbox_ciba_decision').values(row).execute();
}

/** Of two concurrent calls one is true. */
async function advance(
  unit: Unit,
  signInId: string,
  from: CibaDecision | null,
  to: CibaDecision,
): Promise<boolean> {
  const rows = await unit
    .as<SandboxTables>()
    .updateTable('sandbox_ciba_decision')
    .set({ decision: to })
    .where('sign_in_id', '=', signInId)
    .where('decision', from === null ? 'is' : '=', from)
    .returning('sign_in_id')
    .execute();
  return rows.length > 0;
}
