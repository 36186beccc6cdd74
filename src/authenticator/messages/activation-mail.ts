import { layoutMail } from '#platform/mail/mail-layout.ts';
import type { Mail } from '#platform/mail/mail-sender.ts';
import type { ActivationLinkMessage, Recipient } from '../messages-port.ts';
import { messages } from './messages.ts';
import { groupNumber, tellInstant } from './wording.ts';

/** The mail behind "Consultez vos mails": one address, as a button, as a QR code and to copy. */
export async function composeActivationMail(
  { activationUrl, notMeUrl, rpps, device, place, requestedAt, expiresAt }: ActivationLinkMessage,
  { givenName, familyName, email, locale }: Recipient,
): Promise<Mail> {
  const texts = messages(locale);
  const { subject, lead, qr, copy, validity, alarm } = texts.activation;
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
          { label: texts.labels.rpps, value: groupNumber({ kind: 'rpps', value: rpps }) },
          { label: texts.labels.device, value: device },
          ...(place ? [{ label: texts.labels.place, value: place }] : []),
          { label: texts.labels.at, value: tellInstant(requestedAt, locale) },
        ],
      },
      { kind: 'button', label: texts.start, href: activationUrl },
      { kind: 'qr', text: qr, href: activationUrl },
      { kind: 'address', text: copy, href: activationUrl },
      { kind: 'paragraph', text: validity(tellInstant(expiresAt, locale)) },
      { kind: 'alarm', text: alarm, label: texts.notMe, href: notMeUrl },
    ],
  });
  return { to: email, ...content };
}
