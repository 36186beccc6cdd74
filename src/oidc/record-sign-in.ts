import type { AdapterPayload } from 'oidc-provider';
import type { NationalId, Verification } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { SignInRequest } from '#sign-in';
import type { OidcEvents } from './events.ts';
import type { BridgedVerification } from './identity-claims.ts';
import type { SignInRepairs } from './sessions.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Where an operator turned it on, an ADELI login carries the RPPS identity that its link leads to. */
export interface Bridging {
  /** `undefined` where it leads nowhere, or must not be used. */
  findIdentity(verification: Verification): Promise<NationalId | undefined>;
  /** Audits and announces the use, in the unit that completes the sign-in. */
  record(
    unit: Unit,
    signIn: {
      verification: Verification;
      identity: NationalId;
      service: SignInRequest['service'];
      locale: Locale;
    },
  ): Promise<void>;
}

export interface SignInRecordDependencies {
  work: UnitOfWork<AdapterPayload>;
  events: OidcEvents;
  repairs: SignInRepairs | undefined;
  bridging: Bridging | undefined;
}

export interface CompletedSignIn {
  verification: Verification;
  service: SignInRequest['service'];
  locale: Locale;
}

export type RecordSignIn = ReturnType<typeof createRecordSignIn>;

/**
 * What every sign-in leaves in the unit of work that completes it, after `consume`, which throws where its proof was used
 * before. Gives who services are told of.
 */
export function createRecordSignIn({ work, events, repairs, bridging }: SignInRecordDependencies) {
  return async (
    signIn: CompletedSignIn,
    consume: (unit: Unit) => Promise<void>,
  ): Promise<BridgedVerification> => {
    const { verification, service } = signIn;
    const identity = await bridging?.findIdentity(verification);
    await work.write(async (unit) => {
      await consume(unit);
      await events.signedIn(unit, verification, service.id);
      if (identity) await bridging?.record(unit, { ...signIn, identity });
      await repairs?.endBySignIn(unit, verification);
    });
    return { ...verification, ...(identity ? { bridgedTo: identity } : {}) };
  };
}
