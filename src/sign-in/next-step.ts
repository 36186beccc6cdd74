import type { FailedCard } from './card-step.ts';

/** What a sign-in's page shows; each means adds its steps here and nowhere else. */
export type Step = { name: 'choose_method' } | ({ name: 'card_failed' } & FailedCard);

/** Computed from what is stored about the sign-in, so that a reload, a second tab and *back* agree. */
export function nextStep(stored: { failedCard: FailedCard | undefined }): Step {
  return stored.failedCard ? { ...stored.failedCard, name: 'card_failed' } : { name: 'choose_method' };
}
