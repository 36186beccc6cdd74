import type { Method, NationalId } from '#national-id';
import type { FailedCard } from './card-step.ts';
import type { Approval, ApprovalStatus, RefusedRequest } from './ecps-step.ts';

/** Where a person is in a sign-in, as stored; without a record nothing but a card was tried. */
export interface Progress {
  /** The means that they chose last; `choice` after **Autre moyen**. */
  at: 'choice' | Method;
  /** What they typed as **Identifiant e-CPS**. */
  identifier: NationalId | null;
  /** The request on the phone that was made last. */
  approvalId: string | null;
  /** Why the last request did not reach a phone. */
  refusal: RefusedRequest | null;
}

/** How a request on the phone ended, other than by its approval. */
export type EcpsEnd = Exclude<ApprovalStatus, 'pending' | 'approved' | 'consumed'>;

/** What a sign-in's page shows; each means adds its steps here and nowhere else. */
export type Step =
  | { name: 'choose_method' }
  | ({ name: 'card_failed' } & FailedCard)
  | { name: 'ecps_identifier'; identifier: NationalId | null }
  | { name: 'ecps_waiting'; approval: Approval }
  | { name: 'ecps_approved'; approval: Approval }
  | { name: 'ecps_ended'; end: EcpsEnd }
  | { name: 'ecps_refused'; refusal: RefusedRequest };

export interface Stored {
  progress: Progress | undefined;
  failedCard: FailedCard | undefined;
  /** The request on the phone that the page is about. */
  approval: Approval | undefined;
  /** Who the service expects (`login_hint`). */
  expected: NationalId | undefined;
}

/** Computed from what is stored about the sign-in, so that a reload, a second tab and *back* agree. Pure. */
export function nextStep({ progress, failedCard, approval, expected }: Stored): Step {
  if (approval) return stepOf(approval);
  if (progress?.at === 'ecps') {
    const { refusal, identifier } = progress;
    return refusal ? { name: 'ecps_refused', refusal } : { name: 'ecps_identifier', identifier };
  }
  if (progress?.at === 'choice') return { name: 'choose_method' };
  if (failedCard) return { ...failedCard, name: 'card_failed' };
  return expected && !progress
    ? { name: 'ecps_identifier', identifier: expected }
    : { name: 'choose_method' };
}

function stepOf(approval: Approval): Step {
  const { status } = approval;
  if (status === 'pending') return { name: 'ecps_waiting', approval };
  if (status === 'approved' || status === 'consumed') return { name: 'ecps_approved', approval };
  return { name: 'ecps_ended', end: status };
}
