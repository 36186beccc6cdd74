import { createHash } from 'node:crypto';
import { isUsable } from '../credentials/credential-status.ts';
import { viewCredentials } from '../credentials/credential-view.ts';
import type { Parts } from '../parts.ts';
import { longPollIntervalMs, longPollMaxSeconds } from '../policy.ts';
import type { Credential } from '../stores/credential-store.ts';
import type { ApprovalView, PhoneState } from '../wire.ts';
import { viewApproval } from './approval-view.ts';

export interface Watch {
  thumbprint: string;
  /** Of the state that the phone has; it waits for another one. */
  mark: string | undefined;
  waitSeconds: number;
  /** The phone has gone, or this process ends. */
  signal: AbortSignal;
}

/** What this phone is asked, as soon as it differs from `mark`, or after `waitSeconds`: rows are looked at each time. */
export async function watch(
  parts: Parts,
  { thumbprint, mark, waitSeconds, signal }: Watch,
): Promise<PhoneState> {
  const patience = Math.min(Math.max(waitSeconds, 0), longPollMaxSeconds) * 1000;
  const until = performance.now() + patience;
  for (;;) {
    const { state, people } = await look(parts, thumbprint);
    const left = until - performance.now();
    if (state.mark !== mark || left <= 0 || signal.aborted) return state;
    await parts.changes.wait(people, Math.min(left, longPollIntervalMs), signal);
  }
}

/** What two phones' states differ in, without the cost of a whole view. */
async function look(parts: Parts, thumbprint: string) {
  const now = parts.clock.now();
  const own = await parts.credentials.listOfDevice(thumbprint);
  const people = own.map(({ nationalId }) => nationalId);
  const usable = own.filter((credential) => isUsable(credential, now));
  const pending = await parts.approvals.listPending(
    usable.map(({ nationalId }) => nationalId),
    now,
  );
  const approvals = pending
    .map((approval) => viewApproval(approval, idsUnder(usable, approval)))
    .filter(({ credentialIds }) => credentialIds.length > 0);
  const credentials = await viewCredentials(parts, own);
  return { people, state: { mark: markOf({ approvals, credentials }), approvals, credentials } };
}

const idsUnder = (credentials: readonly Credential[], { nationalId }: Pick<Credential, 'nationalId'>) =>
  credentials.filter((one) => one.nationalId.value === nationalId.value).map(({ id }) => id);

function markOf({
  approvals,
  credentials,
}: {
  approvals: ApprovalView[];
  credentials: PhoneState['credentials'];
}) {
  const seen = [
    approvals.map(({ id }) => id),
    credentials.map(({ id, status, others, password }) => [id, status, others.length, password.failures]),
  ];
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, 16);
}
