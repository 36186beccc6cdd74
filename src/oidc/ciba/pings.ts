import type { AdapterPayload, Client } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { Clock } from '#platform/clock.ts';
import { FinalFailure, JobFailure, type JobHandler } from '#platform/jobs/job-handler.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';
import type { Logger } from '#platform/logger.ts';
import { backchannelRequestSeconds } from '../policy.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { signInIdOf } from './approvals.ts';
import { approvalsOf, type Channels } from './channels.ts';
import type { AskingRequest } from './ciba-feature.ts';

export interface PingDependencies {
  /** Made after this. */
  provider: () => Provider;
  channels: Channels;
  work: UnitOfWork<AdapterPayload>;
  clock: Clock;
  logger: Logger;
  /** Absent: nobody is told, services ask. */
  jobs: Jobs | undefined;
}

export type Pings = ReturnType<typeof createPings>;

/** A request whose service is told when it is decided. */
interface PendingPing {
  authReqId: string;
  approvalId: string;
}

const kind = 'oidc.ciba-ping';
/** How often a job looks whether a request is decided. */
const lookEveryMs = 1_000;

/**
 * CIBA Core 1.0 section 10.2: a job per request looks whether it is decided, then tells the service, and tries again where
 * that fails, as long as the request can be redeemed. Nobody is told that time ran out: a service knows.
 */
export function createPings({ provider, channels, work, clock, logger, jobs }: PingDependencies) {
  const isDecided = async ({ authReqId, approvalId }: PendingPing, { params }: AskingRequest) => {
    const asked = { id: approvalId, signInId: signInIdOf(authReqId) };
    return (await approvalsOf(channels, params).findStatus(asked)) !== 'pending';
  };

  async function tell(client: Client, request: AskingRequest): Promise<void> {
    try {
      await client.backchannelPing(request);
    } catch {
      logger.warn({ clientId: client.clientId }, 'a CIBA notification was not acknowledged');
      throw new JobFailure('not acknowledged');
    }
  }

  const handler: JobHandler = {
    retryForMs: backchannelRequestSeconds * 1000,
    tryLimitMs: 10_000,
    async run(payload) {
      const pending = payload as PendingPing;
      const request = await findOpen(provider(), pending.authReqId);
      if (!request) return undefined;
      if (!(await isDecided(pending, request)))
        return async (unit) => jobs?.enqueue(unit, kind, pending, { runAt: clock.now() + lookEveryMs });
      const client = await provider().Client.find(request.clientId ?? '');
      if (!client) throw new FinalFailure('the client is gone');
      await tell(client, request);
      return undefined;
    },
  };

  return {
    /** In the request's unit of work. */
    async plan(client: Client | undefined, { jti, approvalId }: AskingRequest): Promise<void> {
      if (client?.backchannelTokenDeliveryMode !== 'ping' || !approvalId) return;
      const pending: PendingPing = { authReqId: jti, approvalId };
      const runAt = clock.now() + lookEveryMs;
      await work.write(async (unit) => jobs?.enqueue(unit, kind, pending, { runAt }));
    },

    jobHandlers: { [kind]: handler },
  };
}

/** A request that can still be redeemed; `undefined` also for one that was. */
async function findOpen(provider: Provider, authReqId: string): Promise<AskingRequest | undefined> {
  const request = await provider.BackchannelAuthenticationRequest.find(authReqId);
  return request && !request.consumed ? (request as AskingRequest) : undefined;
}
