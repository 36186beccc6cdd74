import type { Clock } from '#platform/clock.ts';
import type { Unit } from '#platform/database/database.ts';
import type { JobEffect, JobHandlers } from '#platform/jobs/job-handler.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';
import type { MailSender } from '#platform/mail/mail-sender.ts';
import type { SmsSender } from '#platform/sms/sms-sender.ts';
import { type CodesMessage, composeCodeMail, composeCodeSms } from './code-messages.ts';
import {
  type ChangeNotice,
  composeChangeMails,
  composeChangeSms,
  composeRefusalMail,
  composeWithdrawalMail,
  composeWithdrawalSms,
  type RefusalNotice,
  type WithdrawalNotice,
} from './notices.ts';

const kinds = {
  codes: 'directory.contact-codes',
  changed: 'directory.contact-changed',
  refused: 'directory.contact-refused',
  withdrawn: 'directory.contact-withdrawn',
} as const;

export type ContactMessages = ReturnType<typeof createContactMessages>;

/** Each message is a job from the unit that causes it: a command may queue it, the server writes it. */
export function createContactMessages(jobs: Jobs) {
  return {
    sendCodes: (unit: Unit, message: CodesMessage) => jobs.enqueue(unit, kinds.codes, message),
    sendChange: (unit: Unit, notice: ChangeNotice) => jobs.enqueue(unit, kinds.changed, notice),
    sendWithdrawal: (unit: Unit, notice: WithdrawalNotice) => jobs.enqueue(unit, kinds.withdrawn, notice),
    sendRefusal: (unit: Unit, notice: RefusalNotice) => jobs.enqueue(unit, kinds.refused, notice),
  };
}

export interface ContactJobDependencies {
  clock: Clock;
  mailSender: MailSender;
  smsSender: SmsSender;
  /** The page of contact details, as people open it. */
  pageUrl: URL;
  /** The page behind **Ce n'est pas moi**. */
  disputeUrl(token: string): URL;
}

/** For `startJobs`. */
export function createContactJobHandlers(dependencies: ContactJobDependencies): JobHandlers {
  return {
    [kinds.codes]: { run: (payload) => writeCodes(dependencies, payload as CodesMessage) },
    [kinds.changed]: { run: (payload) => writeChange(dependencies, payload as ChangeNotice) },
    [kinds.withdrawn]: { run: (payload) => writeWithdrawal(dependencies, payload as WithdrawalNotice) },
    [kinds.refused]: { run: (payload) => writeRefusal(dependencies, payload as RefusalNotice) },
  };
}

/** Codes that died while they waited are not worth a message. */
async function writeCodes(
  { clock, mailSender, smsSender, pageUrl }: ContactJobDependencies,
  message: CodesMessage,
): Promise<JobEffect | undefined> {
  const now = clock.now();
  if (message.expiresAt <= now) return undefined;
  const mail = await composeCodeMail(message, now);
  const sms = composeCodeSms(message, pageUrl.hostname, now);
  return async (unit) => {
    await mailSender.send(unit, mail);
    await smsSender.send(unit, sms);
  };
}

async function writeChange(
  { mailSender, smsSender, disputeUrl }: ContactJobDependencies,
  notice: ChangeNotice,
): Promise<JobEffect> {
  const { href } = disputeUrl(notice.disputeToken);
  const mails = await composeChangeMails(notice, href);
  const messages = composeChangeSms(notice, href);
  return async (unit) => {
    for (const mail of mails) await mailSender.send(unit, mail);
    for (const sms of messages) await smsSender.send(unit, sms);
  };
}

async function writeWithdrawal(
  { mailSender, smsSender, pageUrl }: ContactJobDependencies,
  notice: WithdrawalNotice,
): Promise<JobEffect> {
  const mail = await composeWithdrawalMail(notice, pageUrl.href);
  const sms = composeWithdrawalSms(notice);
  return async (unit) => {
    if (mail) await mailSender.send(unit, mail);
    if (sms) await smsSender.send(unit, sms);
  };
}

async function writeRefusal(
  { mailSender, pageUrl }: ContactJobDependencies,
  notice: RefusalNotice,
): Promise<JobEffect> {
  const mail = await composeRefusalMail(notice, pageUrl.href);
  return (unit) => mailSender.send(unit, mail);
}
