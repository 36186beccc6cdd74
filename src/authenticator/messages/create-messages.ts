import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { JobEffect, JobHandlers } from '#platform/jobs/job-handler.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';
import type { MailSender } from '#platform/mail/mail-sender.ts';
import type { SmsSender } from '#platform/sms/sms-sender.ts';
import type {
  ActivationLinkMessage,
  CodeMessage,
  Messages,
  NoticeMessage,
  Recipient,
  RemovalCodesMessage,
} from '../messages-port.ts';
import type { AuthenticatorDirectory } from '../parts.ts';
import { findReachableOwner } from '../removal/find-reachable-owner.ts';
import { createCredentialStore } from '../stores/credential-store.ts';
import { composeActivationMail } from './activation-mail.ts';
import { composeCodeSms } from './code-sms.ts';
import { composeNoticeMail, composeNoticeSms } from './notices.ts';
import { composeRemovalMail, composeRemovalSms } from './removal-codes.ts';

export interface MessagesDependencies {
  jobs: Jobs;
  clock: Clock;
  mailSender: MailSender;
  smsSender: SmsSender;
  /** Whom the codes of a removal go to is looked up when they are written: who asks waits the same for everybody. */
  database: Database;
  directory: AuthenticatorDirectory;
  /** Base URL of the app. */
  appUrl: URL;
}

const kinds = {
  activationLink: 'authenticator.activation-link',
  code: 'authenticator.code',
  removalCodes: 'authenticator.removal-codes',
  notice: 'authenticator.notice',
} as const;

/**
 * A message is a job from the unit that causes it: nobody waits while it is written, and whether there is anybody
 * to write to does not show in how long the answer takes. `jobHandlers` are for `startJobs`.
 */
export function createMessages(dependencies: MessagesDependencies): Messages & { jobHandlers: JobHandlers } {
  const { jobs } = dependencies;
  return {
    sendActivationLink: (unit, message) =>
      jobs.enqueue(unit, kinds.activationLink, message, { runAt: message.notBefore }),
    sendCode: (unit, message) => jobs.enqueue(unit, kinds.code, message),
    sendRemovalCodes: (unit, message) => jobs.enqueue(unit, kinds.removalCodes, message),
    sendNotice: (unit, message) => jobs.enqueue(unit, kinds.notice, message),
    jobHandlers: {
      [kinds.activationLink]: {
        run: (payload) => writeActivationLink(dependencies, payload as ActivationLinkMessage),
      },
      [kinds.code]: { run: async (payload) => writeCode(dependencies, payload as CodeMessage) },
      [kinds.removalCodes]: {
        run: (payload) => writeRemovalCodes(dependencies, payload as RemovalCodesMessage),
      },
      [kinds.notice]: { run: (payload) => writeNotice(dependencies, payload as NoticeMessage) },
    },
  };
}

/**
 * What nobody gets is written all the same: it takes the process a while, which whoever asked could feel in the
 * answers to their next calls.
 */
const nobody: Recipient = {
  givenName: 'Prénom',
  familyName: 'Nom',
  email: 'nobody@localhost',
  phone: '0600000000',
  locale: 'fr',
};

/** A link that died while it waited is not worth a mail. */
async function writeActivationLink(
  { mailSender, clock }: MessagesDependencies,
  message: ActivationLinkMessage,
): Promise<JobEffect | undefined> {
  if (message.expiresAt <= clock.now()) return undefined;
  const mail = await composeActivationMail(message, message.recipient ?? nobody);
  return message.recipient ? (unit) => mailSender.send(unit, mail) : undefined;
}

function writeCode({ smsSender, clock }: MessagesDependencies, message: CodeMessage): JobEffect | undefined {
  if (message.expiresAt <= clock.now()) return undefined;
  const sms = composeCodeSms(message, clock.now());
  return (unit) => smsSender.send(unit, sms);
}

async function writeRemovalCodes(
  dependencies: MessagesDependencies,
  message: RemovalCodesMessage,
): Promise<JobEffect | undefined> {
  const { mailSender, smsSender, clock, database } = dependencies;
  const now = clock.now();
  if (message.expiresAt <= now) return undefined;
  const owners = { ...dependencies, credentials: createCredentialStore(database) };
  const recipient = await findReachableOwner(owners, message);
  const mail = await composeRemovalMail(message, recipient ?? nobody, now);
  const sms = composeRemovalSms(message, recipient ?? nobody, now);
  if (!recipient) return undefined;
  return async (unit) => {
    await mailSender.send(unit, mail);
    await smsSender.send(unit, sms);
  };
}

async function writeNotice(
  { mailSender, smsSender, appUrl }: MessagesDependencies,
  message: NoticeMessage,
): Promise<JobEffect> {
  const mail = await composeNoticeMail(message, appUrl);
  const sms = composeNoticeSms(message);
  return async (unit) => {
    if (mail) await mailSender.send(unit, mail);
    if (sms) await smsSender.send(unit, sms);
  };
}
