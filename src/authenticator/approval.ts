import type { ApprovalStatus } from './face.ts';
import { consumptionMs } from './policy.ts';
import type { ApprovalKind } from './wire.ts';

/** One question to a person's phones, as far as its next step depends on it. Instants are milliseconds. */
export interface ApprovalState {
  kind: ApprovalKind;
  status: ApprovalStatus;
  expiresAt: number;
  /** The element of the new password, once it was evaluated: only kind `password`, after the old one was proven. */
  newElement: string | null;
}

/** What happens to it, `at` an instant. `element` names the blinded element. */
export type ApprovalEvent = { at: number } & (
  | { type: 'evaluated'; element: string }
  | { type: 'signed'; numberMatches: boolean }
  | { type: 'refused'; reason: 'refused' | 'not_me' }
  | { type: 'superseded' }
  | { type: 'cancelled' }
  | { type: 'consumed' }
);

export type ApprovalStep =
  /** `guess`: the evaluation could test a password, so it counts. */
  { state: ApprovalState; guess: boolean } | { refusal: 'ended' };

/** The one rule of what may follow what. Pure: time comes with the event. */
export function next(state: ApprovalState, event: ApprovalEvent): ApprovalStep {
  const status = statusAt(state, event.at);
  switch (event.type) {
    case 'evaluated':
      return evaluate({ ...state, status }, event);
    case 'signed':
      return answer(state, status, event.numberMatches ? 'approved' : 'wrong_number');
    case 'refused':
      return answer(state, status, event.reason);
    case 'superseded':
    case 'cancelled':
      return answer(state, status, event.type);
    case 'consumed':
      return consume(state, event.at);
  }
}

/** Time ends a question by itself. */
export function statusAt({ status, expiresAt }: ApprovalState, now: number): ApprovalStatus {
  return status === 'pending' && expiresAt <= now ? 'expired' : status;
}

/**
 * While it is pending each element is a guess. Whoever changes the password has then signed with K_auth, and may
 * have one further element evaluated, that of the new password: nothing is guessed by it.
 */
function evaluate(state: ApprovalState, { element, at }: { element: string; at: number }): ApprovalStep {
  if (state.status === 'pending') return { state, guess: true };
  const isNewPassword = state.kind === 'password' && state.status === 'approved';
  if (!isNewPassword || state.expiresAt <= at || (state.newElement ?? element) !== element)
    return { refusal: 'ended' };
  return { state: { ...state, newElement: element }, guess: false };
}

/** One answer, one try. */
function answer(state: ApprovalState, now: ApprovalStatus, status: ApprovalStatus): ApprovalStep {
  return now === 'pending' ? { state: { ...state, status }, guess: false } : { refusal: 'ended' };
}

function consume(state: ApprovalState, at: number): ApprovalStep {
  if (state.kind !== 'sign_in' || state.status !== 'approved') return { refusal: 'ended' };
  if (state.expiresAt + consumptionMs <= at) return { refusal: 'ended' };
  return { state: { ...state, status: 'consumed' }, guess: false };
}
