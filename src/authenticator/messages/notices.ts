import type { MailBlock } from '#platform/mail/mail-blocks.ts';
import { layoutMail } from '#platform/mail/mail-layout.ts';
import type { Mail } from '#platform/mail/mail-sender.ts';
import { toGsmText } from '#platform/sms/gsm-alphabet.ts';
import type { Sms } from '#platform/sms/sms-sender.ts';
import type { NoticeKind, NoticeMessage } from '../messages-port.ts';
import { type MessageTexts, messages } from './messages.ts';
import { groupNumber, tellInstant } from './wording.ts';

/** What the app offers next, where there is something to do. */
const actions: Partial<Record<NoticeKind, 'request' | 'openApp'>> = {
  consent_asked: 'openApp',
  deactivated: 'request',
  removed: 'request',
  destroyed: 'request',
  frozen: 'request',
};

/** `undefined` where the directory has no address. */
export async function composeNoticeMail(notice: NoticeMessage, appUrl: URL): Promise<Mail | undefined> {
  const { givenName, familyName, email, locale } = notice.recipient;
  if (email === null) return undefined;
  const texts = messages(locale);
  const { subject, body } = texts.notices[notice.kind];
  const action = actions[notice.kind];
  const content = await layoutMail({
    locale,
    subject,
    sender: texts.sender,
    footer: texts.footer,
    blocks: [
      { kind: 'paragraph', text: texts.greeting(`${givenName} ${familyName}`) },
      { kind: 'paragraph', text: body },
      factsOf(notice, texts),
      ...(action ? [{ kind: 'button', label: texts[action], href: appUrl.href } as const] : []),
      ...alarmOf(notice, texts),
    ],
  });
  return { to: email, ...content };
}

function factsOf({ nationalId, device, at, recipient }: NoticeMessage, texts: MessageTexts): MailBlock {
  return {
    kind: 'facts',
    facts: [
      { label: texts.labels[nationalId.kind], value: groupNumber(nationalId) },
      { label: texts.labels.device, value: device },
      { label: texts.labels.at, value: tellInstant(at, recipient.locale) },
    ],
  };
}

function alarmOf({ kind, notMeUrl }: NoticeMessage, texts: MessageTexts): MailBlock[] {
  if (notMeUrl === null) return [];
  return [{ kind: 'alarm', text: texts.notices[kind].alarm, label: texts.notMe, href: notMeUrl }];
}

/** `undefined` where the directory has no mobile. */
export function composeNoticeSms({ kind, recipient, device, notMeUrl }: NoticeMessage): Sms | undefined {
  if (recipient.phone === null) return undefined;
  const texts = messages(recipient.locale);
  const said = texts.notices[kind].sms(device);
  const alarm = notMeUrl === null ? '' : `\n${texts.smsAlarm} ${notMeUrl}`;
  return { to: recipient.phone, text: toGsmText(said + alarm) };
}
