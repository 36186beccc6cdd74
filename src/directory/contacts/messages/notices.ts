import { formatDate, formatTime } from '#platform/html/dates.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { MailBlock } from '#platform/mail/mail-blocks.ts';
import { layoutMail } from '#platform/mail/mail-layout.ts';
import type { Mail } from '#platform/mail/mail-sender.ts';
import { toGsmText } from '#platform/sms/gsm-alphabet.ts';
import type { Sms } from '#platform/sms/sms-sender.ts';
import type { ChangeGround, Contacts } from '../contact-store.ts';
import { maskEmail, maskPhone } from '../mask.ts';
import type { RefusalReason } from '../request-store.ts';
import { type ContactTexts, contactMessages } from './messages.ts';

/** A change that was made, for the old address and mobile and for the new ones. */
export interface ChangeNotice {
  givenName: string;
  familyName: string;
  locale: Locale;
  rpps: string;
  ground: ChangeGround;
  /** The ADELI number of the card, where its link to the RPPS number was used. */
  adeli: string | null;
  former: Contacts;
  present: Contacts;
  /** Instant, milliseconds. */
  at: number;
  /** Of the link **Ce n'est pas moi**. */
  disputeToken: string;
}

/** One to each address that the person had or has. */
export function composeChangeMails(notice: ChangeNotice, disputeUrl: string): Promise<Mail[]> {
  const addresses = distinct(notice.former.email, notice.present.email);
  return Promise.all(addresses.map((email) => composeChangeMail(notice, email, disputeUrl)));
}

async function composeChangeMail(notice: ChangeNotice, email: string, disputeUrl: string): Promise<Mail> {
  const { locale, givenName, familyName, present } = notice;
  const texts = contactMessages(locale);
  const { subject, former, alarm } = texts.notice;
  const isFormer = email !== present.email;
  const content = await layoutMail({
    locale,
    subject,
    sender: texts.sender,
    footer: texts.footer,
    blocks: [
      { kind: 'paragraph', text: texts.greeting(`${givenName} ${familyName}`.trim()) },
      { kind: 'paragraph', text: `${groundOf(notice, texts)}${isFormer ? ` ${former}` : ''}` },
      factsOf(notice, texts),
      { kind: 'alarm', text: alarm, label: texts.notMe, href: disputeUrl },
    ],
  });
  return { to: email, ...content };
}

function groundOf({ ground, adeli }: ChangeNotice, { notice }: ContactTexts): string {
  return adeli ? notice.grounds.adeli(groupAdeli(adeli)) : notice.grounds[ground];
}

function factsOf({ rpps, present, at, locale }: ChangeNotice, { labels, instant }: ContactTexts): MailBlock {
  const { email, phone } = present;
  return {
    kind: 'facts',
    facts: [
      { label: labels.rpps, value: groupRpps(rpps) },
      ...(email ? [{ label: labels.email, value: maskEmail(email) }] : []),
      ...(phone ? [{ label: labels.phone, value: maskPhone(phone) }] : []),
      { label: labels.at, value: instant(formatDate(at, locale), formatTime(at, locale)) },
    ],
  };
}

/** One to each mobile that the person had or has. */
export function composeChangeSms(notice: ChangeNotice, disputeUrl: string): Sms[] {
  const { sms, smsText, smsAlarm } = contactMessages(notice.locale).notice;
  const how = sms[notice.adeli ? 'adeli' : notice.ground];
  const text = toGsmText(`${smsText(how)}\n${smsAlarm} ${disputeUrl}`);
  return distinct(notice.former.phone, notice.present.phone).map((to) => ({ to, text }));
}

/** Details that were withdrawn, told where they led. */
export type WithdrawalNotice = Contacts & { locale: Locale };

export async function composeWithdrawalMail(
  { email, locale }: WithdrawalNotice,
  pageUrl: string,
): Promise<Mail | undefined> {
  if (email === null) return undefined;
  const texts = contactMessages(locale);
  const { subject, body, next } = texts.withdrawn;
  const content = await layoutMail({
    locale,
    subject,
    sender: texts.sender,
    footer: texts.footer,
    blocks: [
      { kind: 'paragraph', text: body },
      { kind: 'paragraph', text: next },
      { kind: 'link', label: texts.page, href: pageUrl },
    ],
  });
  return { to: email, ...content };
}

export function composeWithdrawalSms({ phone, locale }: WithdrawalNotice): Sms | undefined {
  return phone === null ? undefined : { to: phone, text: toGsmText(contactMessages(locale).withdrawn.sms) };
}

/**
 * Somebody asked the Order in vain; names nobody, since whoever asked may not be whom they said. For the same cause
 * only what was typed wrongly is told: any other reason would tell a stranger something of the person.
 */
export interface RefusalNotice {
  email: string;
  locale: Locale;
  reference: string;
  reason: RefusalReason;
}

export async function composeRefusalMail(
  { email, locale, reference, reason }: RefusalNotice,
  pageUrl: string,
): Promise<Mail> {
  const texts = contactMessages(locale);
  const { subject, body, reasons, next } = texts.refused;
  const why = reasons[reason === 'wrong_details' ? reason : 'not_verified'];
  const content = await layoutMail({
    locale,
    subject,
    sender: texts.sender,
    footer: texts.footer,
    blocks: [
      { kind: 'paragraph', text: `${body} ${why}` },
      { kind: 'facts', facts: [{ label: texts.labels.reference, value: reference }] },
      { kind: 'paragraph', text: next },
      { kind: 'link', label: texts.page, href: pageUrl },
    ],
  });
  return { to: email, ...content };
}

function distinct(...values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

/** "9970 0000 013", held together by no-break spaces. */
function groupRpps(number: string): string {
  return number.replace(/^(.{4})(.{4})(.{3})$/, '$1\u00a0$2\u00a0$3');
}

function groupAdeli(number: string): string {
  return number.replace(/^(.{2})(.{4})(.{3})$/, '$1\u00a0$2\u00a0$3');
}
