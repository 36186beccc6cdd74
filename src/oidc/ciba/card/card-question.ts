import type { NationalId, Verification } from '#national-id';

/** One question to somebody with a card, on the page **Demandes de connexion**. Instants are milliseconds. */
export interface CardQuestion {
  id: string;
  signInId: string;
  nationalId: NationalId;
  service: { clientId: string; name: string };
  /** The one that the program shows, and the three that the page offers. */
  number: number;
  numbers: readonly number[];
  status: CardQuestionStatus;
  /** Of the card that was read for it, once it is approved. */
  verification: Verification | null;
  askedAt: number;
  expiresAt: number;
}

export type CardQuestionStatus =
  | 'pending'
  | 'approved'
  | 'consumed'
  | 'refused'
  | 'wrong_number'
  | 'superseded';

/** A card that was read before does not do: it is read for the question. */
export function isReadFor({ askedAt, nationalId }: CardQuestion, verification: Verification): boolean {
  const isHers =
    nationalId.kind === verification.nationalId.kind && nationalId.value === verification.nationalId.value;
  return isHers && verification.verifiedAt >= askedAt;
}
