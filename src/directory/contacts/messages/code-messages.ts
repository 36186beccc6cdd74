import type { Locale } from '#platform/html/messages.ts';
import { layoutMail } from '#platform/mail/mail-layout.ts';
import type { Mail } from '#platform/mail/mail-sender.ts';
import { toGsmText } from '#platform/sms/gsm-alphabet.ts';
import type { Sms } from '#platform/sms/sms-sender.ts';
import type { Reach } from '../parse-contacts.ts';
import { contactMessages } from './messages.ts';

/** The two codes of one change, each by its own way. */
export interface CodesMessage extends Reach {
  locale: Locale;
  emailCode: string;
  phoneCode: string;
  /** Instant, milliseconds. */
  expiresAt: number;
}

export async function composeCodeMail(message: CodesMessage, now: number): Promise<Mail> {
  const { locale, email, emailCode } = message;
  const texts = contactMessages(locale);
  const { subject, lead, validity, ignore } = texts.code;
  const content = await layoutMail({
    locale,
    subject,
    sender: texts.sender,
    footer: texts.footer,
    blocks: [
      { kind: 'paragraph', text: lead },
      { kind: 'facts', facts: [{ label: texts.labels.code, value: emailCode }] },
      { kind: 'paragraph', text: validity(minutesLeft(message, now)) },
      { kind: 'paragraph', text: ignore },
    ],
  });
  return { to: email, ...content };
}

/** The last line binds the code to the page's origin (wicg.github.io/sms-one-time-codes). */
export function composeCodeSms(message: CodesMessage, host: string, now: number): Sms {
  const { locale, phone, phoneCode } = message;
  const said = contactMessages(locale).code.sms(phoneCode, minutesLeft(message, now));
  return { to: phone, text: toGsmText(`${said}\n\n@${host} #${phoneCode}`) };
}

function minutesLeft({ expiresAt }: CodesMessage, now: number): number {
  return Math.max(1, Math.round((expiresAt - now) / 60_000));
}
