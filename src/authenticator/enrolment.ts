import {
  codeLifetimeMs,
  codeTries,
  consentLifetimeMs,
  enrolmentEvaluations,
  finishingMs,
  messagesPerHour,
  resendPauseMs,
  resendWindowMs,
} from './policy.ts';
import type { EnrolmentEnd, EnrolmentStage } from './wire.ts';

/** One enrolment, as far as its next step depends on it. Instants are milliseconds. */
export interface EnrolmentState {
  channel: 'mail' | 'card';
  stage: EnrolmentStage;
  end: EnrolmentEnd | null;
  /** Thumbprint of K_dev; null until a phone has redeemed the link of a card. */
  device: string | null;
  expiresAt: number;
  /** When its mails and SMS left, newest last, as far as the limit of an hour needs them. */
  mailsSentAt: readonly number[];
  smsSentAt: readonly number[];
  /** The last code sent. */
  code: { expiresAt: number; tries: number } | null;
  /** The question to her other phone. */
  consent: { expiresAt: number } | null;
  /** Elements evaluated. */
  evaluations: number;
}

/** What happens to an enrolment, `at` an instant. `device` is the phone that signed the call. */
export type EnrolmentEvent = { at: number } & (
  | { type: 'mail_sent' }
  | { type: 'redeemed'; device: string }
  | { type: 'code_sent' }
  | { type: 'code_tried' }
  | { type: 'code_matched'; consentNeeded: boolean }
  | { type: 'consent_asked' }
  | { type: 'consent_given' }
  | { type: 'consent_refused' }
  | { type: 'evaluated' }
  | { type: 'activated' }
  | { type: 'blocked' }
  | { type: 'cancelled' }
);

export type EnrolmentRefusal =
  | { refusal: 'ended' }
  | { refusal: 'wrong_stage' }
  | { refusal: 'link_used' }
  | { refusal: 'other_device' }
  | { refusal: 'code_dead' }
  | { refusal: 'too_many'; retryAt: number };

export type EnrolmentStep = { state: EnrolmentState } | EnrolmentRefusal;

/** The one rule of what may follow what. Pure: time comes with the event. */
export function next(state: EnrolmentState, event: EnrolmentEvent): EnrolmentStep {
  if (stageAt(state, event.at) === 'ended') return { refusal: 'ended' };
  switch (event.type) {
    case 'mail_sent':
      return sendMail(state, event.at);
    case 'redeemed':
      return redeem(state, event);
    case 'code_sent':
      return sendCode(state, event.at);
    case 'code_tried':
      return tryCode(state, event.at);
    case 'code_matched':
      return matchCode(state, event);
    case 'consent_asked':
      return askConsent(state, event.at);
    case 'consent_given':
      return inStage(state, 'awaiting_consent', { stage: 'verified', consent: null });
    case 'consent_refused':
      return state.stage === 'awaiting_consent'
        ? end(state, 'refused', event.at)
        : { refusal: 'wrong_stage' };
    case 'evaluated':
      return evaluate(state, event.at);
    case 'activated':
      return inStage(state, 'verified', { stage: 'active' });
    case 'blocked':
      return end(state, 'blocked', event.at);
    case 'cancelled':
      return end(state, 'cancelled', event.at);
  }
}

/** Time ends an enrolment by itself; an active one is past that. */
export function stageAt({ stage, expiresAt }: EnrolmentState, now: number): EnrolmentStage {
  return stage !== 'active' && expiresAt <= now ? 'ended' : stage;
}

/** From when a further message is sent; null: now. */
export function nextMessageAt(sentAt: readonly number[], now: number): number | null {
  const recent = sentAt.filter((at) => at > now - resendWindowMs);
  const last = recent.at(-1);
  if (last === undefined) return null;
  const oldest = recent.at(-messagesPerHour) ?? -Infinity;
  const at = Math.max(last + resendPauseMs, oldest + resendWindowMs);
  return at > now ? at : null;
}

function sendMail(state: EnrolmentState, at: number): EnrolmentStep {
  if (state.stage !== 'requested') return { refusal: 'wrong_stage' };
  return counted(state.mailsSentAt, at, (mailsSentAt) => ({ ...state, mailsSentAt }));
}

function redeem(state: EnrolmentState, { at, device }: { at: number; device: string }): EnrolmentStep {
  if (state.stage !== 'requested') return { refusal: state.device === device ? 'link_used' : 'other_device' };
  const expiresAt = Math.max(state.expiresAt, at + finishingMs);
  if (state.channel === 'card') return { state: { ...state, stage: 'verified', device, expiresAt } };
  if (state.device !== device) return { refusal: 'other_device' };
  return { state: { ...state, stage: 'mail_confirmed', expiresAt } };
}

function sendCode(state: EnrolmentState, at: number): EnrolmentStep {
  if (state.stage !== 'mail_confirmed') return { refusal: 'wrong_stage' };
  const code = { expiresAt: at + codeLifetimeMs, tries: 0 };
  return counted(state.smsSentAt, at, (smsSentAt) => ({ ...state, smsSentAt, code }));
}

/** Counts before anything is compared. */
function tryCode(state: EnrolmentState, at: number): EnrolmentStep {
  if (state.stage !== 'mail_confirmed') return { refusal: 'wrong_stage' };
  const { code } = state;
  if (!code || code.expiresAt <= at || code.tries >= codeTries) return { refusal: 'code_dead' };
  return { state: { ...state, code: { ...code, tries: code.tries + 1 } } };
}

function matchCode(
  state: EnrolmentState,
  { at, consentNeeded }: { at: number; consentNeeded: boolean },
): EnrolmentStep {
  if (!consentNeeded) return inStage(state, 'mail_confirmed', { stage: 'verified', code: null });
  const consent = { expiresAt: at + consentLifetimeMs };
  return inStage(state, 'mail_confirmed', { stage: 'awaiting_consent', code: null, consent });
}

/** Again, once the last question went unanswered. */
function askConsent(state: EnrolmentState, at: number): EnrolmentStep {
  if (state.consent && state.consent.expiresAt > at)
    return { refusal: 'too_many', retryAt: state.consent.expiresAt };
  return inStage(state, 'awaiting_consent', { consent: { expiresAt: at + consentLifetimeMs } });
}

function evaluate(state: EnrolmentState, at: number): EnrolmentStep {
  if (state.evaluations >= enrolmentEvaluations) return { refusal: 'too_many', retryAt: at };
  return inStage(state, 'verified', { evaluations: state.evaluations + 1 });
}

function end(state: EnrolmentState, reason: EnrolmentEnd, at: number): EnrolmentStep {
  if (state.stage === 'active') return { refusal: 'wrong_stage' };
  return { state: { ...state, stage: 'ended', end: reason, expiresAt: at, code: null, consent: null } };
}

function inStage(
  state: EnrolmentState,
  stage: EnrolmentStage,
  changes: Partial<EnrolmentState>,
): EnrolmentStep {
  return state.stage === stage ? { state: { ...state, ...changes } } : { refusal: 'wrong_stage' };
}

function counted(
  sentAt: readonly number[],
  at: number,
  build: (sentAt: number[]) => EnrolmentState,
): EnrolmentStep {
  const retryAt = nextMessageAt(sentAt, at);
  if (retryAt !== null) return { refusal: 'too_many', retryAt };
  return { state: build([...sentAt.filter((earlier) => earlier > at - resendWindowMs), at]) };
}
