import { formatIdNatPs, type Verification } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';

export type OidcEvents = ReturnType<typeof createEvents>;

export function createEvents(reporter: EventReporter) {
  const subject = ({ nationalId }: Verification) => formatIdNatPs(nationalId);
  return {
    clientAdded: (unit: Unit, clientId: string) =>
      reporter.report(unit, { name: 'oidc.client_added', details: { clientId } }),
    clientRemoved: (unit: Unit, clientId: string) =>
      reporter.report(unit, { name: 'oidc.client_removed', details: { clientId } }),
    keyAdded: (unit: Unit, kid: string, alg: string) =>
      reporter.report(unit, { name: 'oidc.key_added', details: { kid, alg } }),
    codeIssued: (unit: Unit, clientId: string) =>
      reporter.report(unit, { name: 'oidc.code_issued', details: { clientId } }),
    tokensIssued: (unit: Unit, clientId: string, grantType: string) =>
      reporter.report(unit, { name: 'oidc.tokens_issued', details: { clientId, grantType } }),
    signedIn: (unit: Unit, verification: Verification, clientId: string) =>
      reporter.report(unit, {
        name: 'oidc.signed_in',
        subject: subject(verification),
        details: { clientId, method: verification.method },
      }),
    sessionEnded: (unit: Unit, verification: Verification | undefined, reason: string) =>
      reporter.report(unit, {
        name: 'oidc.session_ended',
        ...(verification ? { subject: subject(verification) } : {}),
        details: { reason },
      }),
  };
}
