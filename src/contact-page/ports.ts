import type { Locale } from '#platform/html/messages.ts';

/** As typed. An empty field keeps what is known. */
export interface TypedContacts {
  email: string;
  phone: string;
}

export type ContactFault =
  | 'missing'
  | 'bad_email'
  | 'secure_mailbox'
  | 'bad_phone'
  | 'not_mobile'
  | 'bad_rpps';

export type FieldName = 'email' | 'phone' | 'rpps';
export type ContactFaults = Partial<Record<FieldName, ContactFault>>;

/** Why nothing was saved. `retryAt`: instant, milliseconds. */
export type Refusal =
  | { outcome: 'faults'; faults: ContactFaults }
  | { outcome: 'too_many'; retryAt: number }
  | { outcome: 'no_record' };

/** What is known of an active record, masked. */
export interface KnownContacts {
  maskedEmail: string | null;
  maskedPhone: string | null;
  verified: boolean;
}

/** One change of a person's details, masked. `at`: instant, milliseconds. */
export interface PastChange {
  at: number;
  ground: 'card' | 'ecps' | 'order' | 'file' | 'activation' | 'dispute';
  maskedEmail: string | null;
  maskedPhone: string | null;
}

/** Instants in milliseconds; `triesLeft` 0: the codes are dead. */
export interface AwaitedCodes {
  maskedEmail: string;
  maskedPhone: string;
  triesLeft: number;
  expiresAt: number;
  sendAgainAt: number;
}

export interface OwnChange {
  changeId: string;
  rpps: string;
  locale: Locale;
}

export type ConfirmAnswer =
  | { outcome: 'saved' }
  | { outcome: 'wrong'; emailWrong: boolean; phoneWrong: boolean; triesLeft: number }
  | { outcome: 'dead' };

/** A change that somebody may say was not theirs. */
export interface DisputedChange {
  maskedEmail: string | null;
  maskedPhone: string | null;
  /** Instant, milliseconds. */
  changedAt: number;
}

/** What this page asks of the directory. */
export interface ContactDesk {
  /** `undefined` for a number under which nobody is active. */
  find(rpps: string): Promise<KnownContacts | undefined>;
  /** Newest first. */
  listHistory(rpps: string): Promise<PastChange[]>;
  saveUnderCard(change: {
    rpps: string;
    /** Of the card, where a link leads from it to `rpps`. */
    adeli: string | null;
    typed: TypedContacts;
    locale: Locale;
  }): Promise<{ outcome: 'saved' } | Refusal>;
  startUnderEcps(change: {
    rpps: string;
    typed: TypedContacts;
    locale: Locale;
  }): Promise<{ outcome: 'codes_sent'; changeId: string } | Refusal>;
  findAwaitedCodes(own: Omit<OwnChange, 'locale'>): Promise<AwaitedCodes | undefined>;
  sendCodesAgain(own: OwnChange): Promise<{ outcome: 'codes_sent' | 'too_soon' | 'dead' } | Refusal>;
  confirmUnderEcps(own: OwnChange, typed: { emailCode: string; phoneCode: string }): Promise<ConfirmAnswer>;
  findDisputed(token: string): Promise<DisputedChange | undefined>;
  /** Once: false where there is nothing to withdraw any more. */
  withdrawDisputed(token: string, locale: Locale): Promise<boolean>;
  requestReview(request: {
    typed: TypedContacts & { rpps: string };
    locale: Locale;
    address: string;
  }): Promise<{ outcome: 'transmitted'; reference: string } | Exclude<Refusal, { outcome: 'no_record' }>>;
}
