import { layoutMail } from '#platform/mail/mail-layout.ts';
import type { Mail } from '#platform/mail/mail-sender.ts';
import { toGsmText } from '#platform/sms/gsm-alphabet.ts';
import type { Sms } from '#platform/sms/sms-sender.ts';
import type { Recipient, RemovalCodesMessage } from '../messages-port.ts';
import { messages } from './messages.ts';
import { groupNumber, tellInstant } from './wording.ts';

export async function composeRemovalMail(
  message: RemovalCodesMessage,
  { givenName, familyName, email, locale }: Recipient,
  now: number,
): Promise<Mail> {
  const { nationalId, codes, device, requestedAt } = message;
  const texts = messages(locale);
  const { subject, lead, validity, alarm } = texts.removal;
  const content = await layoutMail({
    locale,
    subject,
    sender: texts.sender,
    footer: texts.footer,
    blocks: [
      { kind: 'paragraph', text: texts.greeting(`${givenName} ${familyName}`) },
      { kind: 'paragraph', text: lead },
      {
        kind: 'facts',
        facts: [
          { label: texts.labels.code, value: codes.mail },
          { label: texts.labels[nationalId.kind], value: groupNumber(nationalId) },
          { label: texts.labels.browser, value: device },
          { label: texts.labels.at, value: tellInstant(requestedAt, locale) },
        ],
      },
      { kind: 'paragraph', text: validity(minutesLeft(message, now)) },
      { kind: 'paragraph', text: alarm },
    ],
  });
  return { to: email, ...content };
}

/** The last line binds the code to the page's origin (wicg.github.io/sms-one-time-codes). */
export function composeRemovalSms(
  message: RemovalCodesMessage,
  { phone, locale }: Recipient,
  now: number,
): Sms {
  const { codes, host } = message;
  const said = messages(locale).removal.sms(codes.sms, minutesLeft(message, now));
  return { to: phone, text: toGsmText(`${said}\n\n@${host} #${codes.sms}`) };
}

function minutesLeft({ expiresAt }: RemovalCodesMessage, now: number): number {
  return Math.max(1, Math.round((expiresAt - now) / 60_000));
}
