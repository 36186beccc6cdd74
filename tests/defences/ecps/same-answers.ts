import type { Defence } from '../defence.ts';

const enumeration = 'tests/attacks/ecps-enumeration.test.ts';
const links = 'tests/attacks/ecps-links.test.ts';
const mailWork = 'tests/attacks/ecps-mail-work.test.ts';

/** Whoever types a number learns nothing of it. */
export const sameAnswers: Defence[] = [
  {
    name: 'an unknown number gets an enrolment too',
    file: 'src/authenticator/enrolling/request-enrolment.ts',
    from: 'const { thumbprint } = call;',
    to: "const { thumbprint } = call; if (!reachable) throw new Error('unknown');",
    tests: [enumeration],
  },
  {
    name: 'before the mail is confirmed no name is told',
    file: 'src/authenticator/enrolling/enrolment-view.ts',
    from: "state.stage !== 'requested' && stage !== 'ended'",
    to: 'true',
    tests: [enumeration],
  },
  {
    name: 'a sign-in without e-CPS waits like one with',
    file: 'src/authenticator/approving/request-approval.ts',
    from: ' || live.length === 0)',
    to: ')',
    tests: [enumeration, 'tests/attacks/ecps-same-answer.test.ts'],
  },
  {
    name: 'a mail that nobody gets is written all the same',
    file: 'src/authenticator/messages/create-messages.ts',
    from: 'if (message.expiresAt <= clock.now()) return undefined;\n  const mail',
    to: 'if (!message.recipient) return undefined;\n  const mail',
    tests: [mailWork],
  },
  {
    name: 'codes that nobody gets are written all the same',
    file: 'src/authenticator/messages/create-messages.ts',
    from: 'const mail = await composeRemovalMail(',
    to: 'if (!recipient) return undefined;\n  const mail = await composeRemovalMail(',
    tests: [mailWork],
  },
  {
    name: 'a typed number is not named in events',
    file: 'src/authenticator/approving/request-approval.ts',
    from: 'parts.events.approvalRequested(unit, null,',
    to: 'parts.events.approvalRequested(unit, nationalId,',
    tests: [enumeration],
  },
  {
    name: 'activations have a limit by phone',
    file: 'src/authenticator/enrolling/request-enrolment.ts',
    from: 'limits.enrolmentsByDevice',
    to: '{ most: 1_000_000, windowMs: 1000 }',
    tests: [enumeration],
  },
  {
    name: 'activations have a limit by address',
    file: 'src/authenticator/enrolling/request-enrolment.ts',
    from: 'limits.enrolmentsByAddress',
    to: '{ most: 1_000_000, windowMs: 1000 }',
    tests: [enumeration],
  },
  {
    name: 'a stranger’s mails delay hers and do not stop it',
    file: 'src/authenticator/enrolling/request-enrolment.ts',
    from: 'notBefore: delayed?.retryAt ?? now,',
    to: 'notBefore: now,',
    tests: [enumeration],
  },
  {
    name: 'links have a limit by address',
    file: 'src/authenticator/enrolling/redeem-link.ts',
    from: 'limits.redeemsByAddress',
    to: '{ most: 1_000_000, windowMs: 1000 }',
    tests: [links],
  },
];
