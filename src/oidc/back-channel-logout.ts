import type { Client, Session } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import { JobFailure, type JobHandlers } from '#platform/jobs/job-handler.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';
import type { Logger } from '#platform/logger.ts';

/** A session that has ended, for the services that it was used for. */
interface EndedSession {
  /** `sub` and `sid` of the logout token. */
  accountId: string;
  uid: string;
  clientIds: string[];
}

export interface BackChannelDependencies {
  provider: Provider;
  database: Database;
  clock: Clock;
  logger: Logger;
  /** Absent: services are told once, or not. */
  jobs: Jobs | undefined;
}

export type BackChannel = ReturnType<typeof createBackChannel>;

/** A method of the library that its types leave out. */
type LogoutClient = Client & { backchannelLogout(subject: string, sid: string): Promise<void> };

const kind = 'oidc.back-channel-logout';
/** Longer than telling them at once takes: the library waits 2.5 s at most for each. */
const laterMs = 5_000;
/** A service's own session ends by itself some day. */
const retryForMs = 3_600_000;

/** OpenID Connect Back-Channel Logout 1.0: at once, and by a job where that fails or this process dies. */
export function createBackChannel({ provider, database, clock, logger, jobs }: BackChannelDependencies) {
  async function tell({ accountId, uid, clientIds }: EndedSession): Promise<boolean> {
    const told = await Promise.all(clientIds.map((clientId) => tellOne(clientId, accountId, uid)));
    return told.every(Boolean);
  }

  async function tellOne(clientId: string, accountId: string, uid: string): Promise<boolean> {
    const client = await provider.Client.find(clientId);
    if (!client?.backchannelLogoutUri) return true;
    try {
      await (client as LogoutClient).backchannelLogout(accountId, uid);
      return true;
    } catch {
      logger.warn({ clientId }, 'back-channel logout was not acknowledged');
      return false;
    }
  }

  return {
    /** In the unit that ends the session; gives what `tellNow` takes back. */
    plan: (unit: Unit, session: Session) => jobs?.plan(unit, kind, toEnded(session), clock.now() + laterMs),

    async tellNow(session: Session, planned: string | undefined): Promise<void> {
      const told = await tell(toEnded(session));
      if (told && jobs && planned) await database.write((unit) => jobs.withdraw(unit, planned));
    },

    jobHandlers: {
      [kind]: {
        retryForMs,
        async run(payload) {
          if (!(await tell(payload as EndedSession))) throw new JobFailure('not acknowledged');
          return undefined;
        },
      },
    } satisfies JobHandlers,
  };
}

function toEnded({ accountId = '', uid, authorizations }: Session): EndedSession {
  return { accountId, uid, clientIds: Object.keys(authorizations ?? {}) };
}
