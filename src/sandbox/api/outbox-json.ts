import type { OutboxMail } from '#platform/mail/mail-outbox.ts';
import type { OutboxSms } from '#platform/sms/sms-outbox.ts';
import { findCode, findLinks } from '../outbox-texts.ts';

/** One mail of `GET /api/mails`. */
export function mailJson({ id, to, subject, text, html, sentAt }: OutboxMail) {
  const links = findLinks(html);
  return { id, to, subject, text, html, links, code: findCode(text), sentAt: new Date(sentAt).toISOString() };
}

/** One message of `GET /api/sms`. */
export function smsJson({ id, to, text, sentAt }: OutboxSms) {
  return { id, to, text, code: findCode(text), sentAt: new Date(sentAt).toISOString() };
}
