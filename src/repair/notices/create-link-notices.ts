import { formatDate, formatTime } from '#platform/html/dates.ts';
import type { JobEffect, JobHandlers } from '#platform/jobs/job-handler.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';
import { layoutMail } from '#platform/mail/mail-layout.ts';
import type { Mail, MailSender } from '#platform/mail/mail-sender.ts';
import { toGsmText } from '#platform/sms/gsm-alphabet.ts';
import type { Sms, SmsSender } from '#platform/sms/sms-sender.ts';
import type { LinkNotice, LinkNotices } from '../link-notice.ts';
import { noticeMessages } from './messages.ts';

export interface LinkNoticesDependencies {
  jobs: Jobs;
  mailSender: MailSender;
  smsSender: SmsSender;
}

const kind = 'repair.link-used';

/** A notice is a job from the unit that causes it. `jobHandlers` are for `startJobs`. */
export function createLinkNotices(
  dependencies: LinkNoticesDependencies,
): LinkNotices & { jobHandlers: JobHandlers } {
  return {
    send: (unit, notice) => dependencies.jobs.enqueue(unit, kind, notice),
    jobHandlers: { [kind]: { run: (payload) => write(dependencies, payload as LinkNotice) } },
  };
}

async function write(
  { mailSender, smsSender }: LinkNoticesDependencies,
  notice: LinkNotice,
): Promise<JobEffect> {
  const mail = await composeMail(notice);
  const sms = composeSms(notice);
  return async (unit) => {
    if (mail) await mailSender.send(unit, mail);
    if (sms) await smsSender.send(unit, sms);
  };
}

async function composeMail({ recipient, adeli, rpps, at, notMeUrl }: LinkNotice): Promise<Mail | undefined> {
  const { email, locale } = recipient;
  if (email === null) return undefined;
  const texts = noticeMessages(locale);
  const { labels } = texts;
  const when = texts.instant(formatDate(at, locale), formatTime(at, locale));
  const content = await layoutMail({
    locale,
    subject: texts.subject,
    sender: texts.sender,
    footer: texts.footer,
    blocks: [
      { kind: 'paragraph', text: texts.body },
      {
        kind: 'facts',
        facts: [
          { label: labels.adeli, value: group(adeli, /^(.{2})(.{4})(.{3})$/) },
          { label: labels.rpps, value: group(rpps, /^(.{4})(.{4})(.{3})$/) },
          { label: labels.at, value: when },
        ],
      },
      { kind: 'alarm', text: texts.alarm, label: texts.notMe, href: notMeUrl },
    ],
  });
  return { to: email, ...content };
}

/** Held together by no-break spaces. */
const group = (number: string, parts: RegExp): string => number.replace(parts, '$1\u00a0$2\u00a0$3');

function composeSms({ recipient, notMeUrl }: LinkNotice): Sms | undefined {
  const { phone, locale } = recipient;
  if (phone === null) return undefined;
  return { to: phone, text: toGsmText(`${noticeMessages(locale).sms} ${notMeUrl}`) };
}
