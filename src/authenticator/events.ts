import { formatIdNatPs, type NationalId } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { ApprovalKind } from './wire.ts';

/** What proved a removal; `linked`: a card by the link between ADELI and RPPS. */
interface RemovalGround {
  proof: 'codes' | 'card';
  linked: boolean;
}

export type AuthenticatorEvents = ReturnType<typeof createEvents>;

/**
 * The subject is the number of the e-CPS. A number that was only typed is no subject yet: neither the trail nor its
 * reader learns from it whether it exists. Never a code, a name or a telephone number.
 */
export function createEvents(reporter: EventReporter) {
  const report =
    <Details extends unknown[] = []>(
      name: string,
      details?: (...values: Details) => Record<string, string | number | boolean | null>,
    ) =>
    (unit: Unit, nationalId: NationalId | null, ...values: Details): Promise<void> =>
      reporter.report(unit, {
        name: `authenticator.${name}`,
        ...(nationalId && { subject: formatIdNatPs(nationalId) }),
        ...(details && { details: details(...values) }),
      });
  const channel = (value: 'mail' | 'card') => ({ channel: value });
  const service = (clientId: string) => ({ clientId });
  const kind = (value: ApprovalKind) => ({ kind: value });
  const reason = (value: string) => ({ reason: value });
  const failures = (count: number) => ({ failures: count });
  return {
    enrolmentRequested: report('enrolment_requested', channel),
    linkRedeemed: report('link_redeemed', channel),
    foreignRedeem: report('foreign_redeem'),
    codeSent: report('code_sent'),
    codeFailed: report('code_failed'),
    codeConfirmed: report('code_confirmed'),
    consentAsked: report('consent_asked'),
    enrolmentEnded: report('enrolment_ended', reason),
    activated: report('activated', channel),
    approvalRequested: report('approval_requested', service),
    approved: report('approved', kind),
    wrongNumber: report('wrong_number'),
    refused: report('refused', reason),
    browserBlocked: report('browser_blocked'),
    passwordFailed: report('password_failed', failures),
    passwordChanged: report('password_changed'),
    locked: report('locked', failures),
    keyMismatch: report('key_mismatch'),
    deactivated: report('deactivated'),
    destroyed: report('destroyed', reason),
    removalAsked: report('removal_asked'),
    removalCodesSent: report('removal_codes_sent'),
    removalCodesFailed: report('removal_codes_failed'),
    removalCardRefused: report('removal_card_refused'),
    removalProven: report('removal_proven', (proof: RemovalGround) => ({ ...proof })),
    frozen: report('frozen'),
    thawed: report('thawed'),
  };
}
