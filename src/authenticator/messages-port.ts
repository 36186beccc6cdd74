import type { Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';

/** Who a message is for; the directory's contact details of that moment. */
export interface Recipient {
  givenName: string;
  familyName: string;
  email: string;
  /** Mobile, digits and perhaps a leading `+`. */
  phone: string;
  locale: Locale;
}

/** The same as above, of whom the directory may lack either. */
export type NoticeRecipient = Omit<Recipient, 'email' | 'phone'> & {
  email: string | null;
  phone: string | null;
};

export interface ActivationLinkMessage {
  /** Null for a number that leads to nobody: the same rows are written, and nothing is sent. */
  recipient: Recipient | null;
  /** Behind **Démarrer l'activation** and its QR code. */
  activationUrl: string;
  /** Behind **Ce n'est pas moi**. */
  notMeUrl: string;
  /** The RPPS number that was typed. */
  rpps: string;
  /** The phone that asked, such as `Chrome, Android`. */
  device: string;
  place: string | null;
  /** Instants, milliseconds. */
  requestedAt: number;
  expiresAt: number;
  /** Does not leave before: requests over the limit of a number are delayed, not refused. */
  notBefore: number;
}

export interface CodeMessage {
  phone: string;
  locale: Locale;
  /** Six digits. */
  code: string;
  /** Host of the app: the last line is `@host #code`, which binds the code to that origin. */
  host: string;
  expiresAt: number;
}

/** The two codes of a **Mot de passe oublié**, each by its own way. */
export interface RemovalCodesMessage {
  /** As it was typed: who that is, and whether there is an e-CPS, is looked up when the message is written. */
  nationalId: { kind: 'rpps' | 'adeli'; value: string };
  /** Six digits each. */
  codes: { mail: string; sms: string };
  locale: Locale;
  /** Host of the page that asks for them: the last line of the SMS is `@host #code`. */
  host: string;
  /** The browser that asked, such as `Firefox, Linux`. */
  device: string;
  /** Instants, milliseconds. */
  requestedAt: number;
  expiresAt: number;
}

/** What a person is told after the fact, by mail and by SMS. */
export type NoticeKind =
  /** A new e-CPS: with **Ce n'est pas moi**. */
  | 'activated'
  /** Another phone asks for one: her phone must agree. */
  | 'consent_asked'
  | 'password_changed'
  | 'deactivated'
  /** On wallet, by both contacts or the card. */
  | 'removed'
  /** Too many wrong passwords. */
  | 'destroyed'
  | 'frozen'
  /** The ADELI e-CPS that the one under her RPPS number replaces. */
  | 'replaced';

export interface NoticeMessage {
  kind: NoticeKind;
  recipient: NoticeRecipient;
  nationalId: { kind: 'rpps' | 'adeli'; value: string };
  /** The phone that holds, held or wants the e-CPS. */
  device: string;
  at: number;
  /** Null where there is nothing to stop. */
  notMeUrl: string | null;
}

/**
 * The mails and SMS of the authenticator. Each leaves if the unit commits, and never otherwise; nothing of a link
 * or a code may lie in the database in clear, so a queued message keeps them sealed.
 */
export interface Messages {
  sendActivationLink(unit: Unit, message: ActivationLinkMessage): Promise<void>;
  sendCode(unit: Unit, message: CodeMessage): Promise<void>;
  sendRemovalCodes(unit: Unit, message: RemovalCodesMessage): Promise<void>;
  sendNotice(unit: Unit, message: NoticeMessage): Promise<void>;
}
