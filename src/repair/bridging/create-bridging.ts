import type { Directory } from '#directory';
import { type NationalId, rpps, type Verification } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { JobEffect, JobHandlers } from '#platform/jobs/job-handler.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';
import type { MailSender } from '#platform/mail/mail-sender.ts';
import type { SmsSender } from '#platform/sms/sms-sender.ts';
import { type BridgingNotice, composeMail, composeSms } from './bridging-notice.ts';

export interface BridgingDependencies {
  directory: Pick<Directory, 'resolveLink' | 'recordLinkUse' | 'findContactDetails'>;
  jobs: Jobs;
  mailSender: MailSender;
  smsSender: SmsSender;
}

export interface BridgedSignIn {
  verification: Verification;
  /** The RPPS number that the ADELI number leads to. */
  identity: NationalId;
  service: { name: string };
  locale: Locale;
}

/** What an operator turns on: an ADELI login carries the RPPS identity that its link leads to. */
export interface Bridging {
  /** `undefined` for other numbers, and where the conditions on the link do not hold. */
  findIdentity(verification: Verification): Promise<NationalId | undefined>;
  /** Each use is audited, and announced to whom the record reaches, in the unit that completes the sign-in. */
  record(unit: Unit, signIn: BridgedSignIn): Promise<void>;
}

const kind = 'repair.bridged';

/** `jobHandlers` are for `startJobs`. */
export function createBridging(dependencies: BridgingDependencies): Bridging & { jobHandlers: JobHandlers } {
  const { directory, jobs } = dependencies;
  return {
    async findIdentity(verification) {
      const { nationalId } = verification;
      if (nationalId.kind !== 'adeli') return undefined;
      const link = await directory.resolveLink(nationalId.value, verification);
      return link.outcome === 'linked' ? rpps(link.rpps) : undefined;
    },
    async record(unit, { verification, identity, service, locale }) {
      const adeli = verification.nationalId.value;
      await directory.recordLinkUse(unit, adeli, 'bridging');
      const contacts = await directory.findContactDetails(identity);
      if (!contacts) return;
      const notice: BridgingNotice = {
        recipient: { email: contacts.email, phone: contacts.phone, locale },
        service: service.name,
        adeli,
        rpps: identity.value,
        at: verification.verifiedAt,
      };
      await jobs.enqueue(unit, kind, notice);
    },
    jobHandlers: { [kind]: { run: (payload) => write(dependencies, payload as BridgingNotice) } },
  };
}

async function write(
  { mailSender, smsSender }: BridgingDependencies,
  notice: BridgingNotice,
): Promise<JobEffect> {
  const mail = await composeMail(notice);
  const sms = composeSms(notice);
  return async (unit) => {
    if (mail) await mailSender.send(unit, mail);
    if (sms) await smsSender.send(unit, sms);
  };
}
