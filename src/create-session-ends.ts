import type { EcpsSessions } from '#authenticator';
import { formatIdNatPs, type NationalId, parseIdNatPs } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { JobHandlers } from '#platform/jobs/job-handler.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';

/** Of the provider; with `before` (instant), those alone of whom was verified earlier. */
export interface EndingSessions {
  endOpenedByEcps(nationalId: NationalId, before?: number): Promise<void>;
  endUnder(nationalId: NationalId, before?: number): Promise<void>;
}

/** Who must be signed out, since when. */
interface PlannedEnd {
  idNatPs: string;
  which: Parameters<EcpsSessions['planEnd']>[2];
  at: number;
}

const kind = 'authenticator.end-sessions';
/** They end at once; this is for a process that died before. */
const laterMs = 5_000;

export function createSessionEnds({
  sessions,
  clock,
  jobs,
}: {
  sessions: EndingSessions;
  clock: Clock;
  jobs: Jobs;
}): { sessions: EcpsSessions; jobHandlers: JobHandlers } {
  return {
    sessions: {
      async planEnd(unit, nationalId, which) {
        const at = clock.now();
        const planned: PlannedEnd = { idNatPs: formatIdNatPs(nationalId), which, at };
        await jobs.plan(unit, kind, planned, at + laterMs);
      },
      endOpenedByEcps: (nationalId) => sessions.endOpenedByEcps(nationalId),
      endUnder: (nationalId) => sessions.endUnder(nationalId),
    },
    jobHandlers: {
      [kind]: {
        async run(payload) {
          const { idNatPs, which, at } = payload as PlannedEnd;
          const nationalId = parseIdNatPs(idNatPs);
          if (!nationalId) return undefined;
          if (which === 'all') await sessions.endUnder(nationalId, at);
          else await sessions.endOpenedByEcps(nationalId, at);
          return undefined;
        },
      },
    },
  };
}
