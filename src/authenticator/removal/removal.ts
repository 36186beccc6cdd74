import { nextMessageAt } from '../enrolment.ts';
import { codeLifetimeMs, codeTries, removalLifetimeMs, resendWindowMs } from '../policy.ts';

/** One **Mot de passe oublié**, as far as its next step depends on it. Instants are milliseconds. */
export interface RemovalState {
  /** `proven`: whoever asks may have it removed; it is about to be. */
  stage: 'asked' | 'proven' | 'removed';
  proof: RemovalProof | null;
  expiresAt: number;
  /** When codes left, newest last, as far as the limit of an hour needs them. */
  codesSentAt: readonly number[];
  /** The last pair of codes. */
  codes: { expiresAt: number; tries: number } | null;
  /** Why the last card removed nothing. */
  cardRefusal: CardRefusal | null;
}

export type RemovalProof = 'codes' | 'card';

/** `not_read`: no valid card; `not_hers`: nothing under the number that was typed is this card's to remove. */
export type CardRefusal = 'not_read' | 'not_hers';

/** What happens to a removal, `at` an instant. */
export type RemovalEvent = { at: number } & (
  | { type: 'codes_sent' }
  | { type: 'codes_tried' }
  | { type: 'proven'; proof: RemovalProof }
  | { type: 'card_refused'; reason: CardRefusal }
  | { type: 'removed' }
  /** The card is right, and there was no e-CPS. */
  | { type: 'nothing_found' }
);

export type RemovalRefusal =
  | { refusal: 'ended' }
  | { refusal: 'wrong_stage' }
  | { refusal: 'codes_dead' }
  | { refusal: 'too_many'; retryAt: number };

export type RemovalStep = { state: RemovalState } | RemovalRefusal;

export function newRemovalState(now: number): RemovalState {
  return {
    stage: 'asked',
    proof: null,
    expiresAt: now + removalLifetimeMs,
    codesSentAt: [],
    codes: null,
    cardRefusal: null,
  };
}

/** The one rule of what may follow what. Pure: time comes with the event. */
export function next(state: RemovalState, event: RemovalEvent): RemovalStep {
  if (state.expiresAt <= event.at) return { refusal: 'ended' };
  switch (event.type) {
    case 'codes_sent':
      return sendCodes(state, event.at);
    case 'codes_tried':
      return tryCodes(state, event.at);
    case 'proven':
      return inStage(state, 'asked', { stage: 'proven', proof: event.proof, codes: null, cardRefusal: null });
    case 'card_refused':
      return inStage(state, 'asked', { cardRefusal: event.reason });
    case 'removed':
      return inStage(state, 'proven', { stage: 'removed', expiresAt: event.at + removalLifetimeMs });
    case 'nothing_found':
      return inStage(state, 'proven', { stage: 'asked', proof: null, cardRefusal: 'not_hers' });
  }
}

/** How many tries the codes have left; 0 where there are none, or they are dead. */
export function triesLeft({ codes }: RemovalState, now: number): number {
  return codes && codes.expiresAt > now ? Math.max(0, codeTries - codes.tries) : 0;
}

function sendCodes(state: RemovalState, at: number): RemovalStep {
  if (state.stage !== 'asked') return { refusal: 'wrong_stage' };
  const retryAt = nextMessageAt(state.codesSentAt, at);
  if (retryAt !== null) return { refusal: 'too_many', retryAt };
  const codes = { expiresAt: at + codeLifetimeMs, tries: 0 };
  const expiresAt = Math.max(state.expiresAt, codes.expiresAt);
  const codesSentAt = [...state.codesSentAt.filter((earlier) => earlier > at - resendWindowMs), at];
  return { state: { ...state, codes, codesSentAt, expiresAt, cardRefusal: null } };
}

/** Counts before anything is compared. */
function tryCodes(state: RemovalState, at: number): RemovalStep {
  if (state.stage !== 'asked') return { refusal: 'wrong_stage' };
  const { codes } = state;
  if (!codes || triesLeft(state, at) === 0) return { refusal: 'codes_dead' };
  return { state: { ...state, codes: { ...codes, tries: codes.tries + 1 } } };
}

function inStage(
  state: RemovalState,
  stage: RemovalState['stage'],
  changes: Partial<RemovalState>,
): RemovalStep {
  return state.stage === stage ? { state: { ...state, ...changes } } : { refusal: 'wrong_stage' };
}
