import { setTimeout as wait } from 'node:timers/promises';
import type { HandedCredential } from '#authenticator';
import type { Phone } from '#ecps-phone';
import { answer, type Question } from './behaviour.ts';
import type { Order } from './phone-store.ts';

export interface WatchDependencies {
  phone: Phone;
  held: HandedCredential;
  /** The order for one more request; undefined: leave it to others. */
  nextOrder(): Promise<Omit<Order, 'times'> | undefined>;
  findNumber(approvalId: string): Promise<number | undefined>;
  signal: AbortSignal;
}

const pauseAfterFailureMs = 1_000;

/** Looks at the phone until `signal`, or until its e-CPS is gone; answers what appears there. */
export async function watchPhone(dependencies: WatchDependencies): Promise<void> {
  const { phone, held, signal } = dependencies;
  const answered = new Set<string>();
  let mark: string | undefined;
  while (!signal.aborted) {
    try {
      const state = await phone.watch({ signal, ...(mark === undefined ? {} : { mark }) });
      mark = state.mark;
      if (!state.credentials.some(({ id }) => id === held.credential.id)) return;
      for (const approval of state.approvals) {
        if (!answered.has(approval.id) && (await take(dependencies, approval))) answered.add(approval.id);
      }
    } catch {
      // The app's listener is not there yet, or going: a phone without a network waits too.
      await wait(pauseAfterFailureMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Whether an order stood for this question; its answer goes its own way, so that a slow one holds up no other. */
async function take(
  { phone, held, nextOrder, findNumber, signal }: WatchDependencies,
  approval: Question['approval'],
): Promise<boolean> {
  const order = signal.aborted ? undefined : await nextOrder();
  if (!order) return false;
  const { credential } = held;
  const question: Question = { phone, credential, approval, readNumber: () => findNumber(approval.id) };
  void wait(order.delayMs, undefined, { signal })
    .then(() => answer(order.behaviour, question))
    // Refused, as after a wrong password, or answered by somebody else: the sign-in page tells.
    .catch(() => undefined);
  return true;
}
