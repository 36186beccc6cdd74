import { formatDate, formatTime } from '#platform/html/dates.ts';
import type { Locale } from '#platform/html/messages.ts';
import { layoutMail } from '#platform/mail/mail-layout.ts';
import type { Mail } from '#platform/mail/mail-sender.ts';
import { toGsmText } from '#platform/sms/gsm-alphabet.ts';
import type { Sms } from '#platform/sms/sms-sender.ts';
import { bridgingMessages } from './messages.ts';

/** Tells the record's contacts that somebody signed in under their number with the ADELI number that is linked to it. */
export interface BridgingNotice {
  recipient: { email: string | null; phone: string | null; locale: Locale };
  /** Name of the service that was signed in to. */
  service: string;
  /** Without prefix. */
  adeli: string;
  rpps: string;
  /** Instant, milliseconds. */
  at: number;
}

export async function composeMail(notice: BridgingNotice): Promise<Mail | undefined> {
  const { recipient, service, adeli, rpps, at } = notice;
  const { email, locale } = recipient;
  if (email === null) return undefined;
  const { subject, sender, footer, body, labels, instant, alarm } = bridgingMessages(locale);
  const facts = [
    { label: labels.service, value: service },
    { label: labels.adeli, value: group(adeli, /^(.{2})(.{4})(.{3})$/) },
    { label: labels.rpps, value: group(rpps, /^(.{4})(.{4})(.{3})$/) },
    { label: labels.at, value: instant(formatDate(at, locale), formatTime(at, locale)) },
  ];
  const content = await layoutMail({
    locale,
    subject,
    sender,
    footer,
    blocks: [
      { kind: 'paragraph', text: body },
      { kind: 'facts', facts },
      { kind: 'paragraph', text: alarm },
    ],
  });
  return { to: email, ...content };
}

export function composeSms({ recipient: { phone, locale } }: BridgingNotice): Sms | undefined {
  return phone === null ? undefined : { to: phone, text: toGsmText(bridgingMessages(locale).sms) };
}

/** Held together by no-break spaces. */
const group = (number: string, parts: RegExp): string => number.replace(parts, '$1\u00a0$2\u00a0$3');
