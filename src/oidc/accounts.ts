import type { Account, FindAccount, KoaContextWithOIDC, Session } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { NationalId, Verification } from '#national-id';
import { subjectOf } from './identity-claims.ts';
import type { OidcPolicy } from './policy.ts';
import { needsRecord } from './scopes.ts';
import type { PractitionerRecord } from './subject-ref-pro.ts';
import { userinfoClaims } from './userinfo-claims.ts';

/** Where claims come from beyond the verification itself. */
export interface ClaimsSource {
  findPractitioner(nationalId: NationalId): Promise<PractitionerRecord | undefined>;
  /** The `repair` claim, for the service that asks in a session. */
  repairClaim(verification: Verification, asked: { sid: string; clientId: string }): Promise<object>;
}

/** A session as we extend it: see `keepVerificationInSession`. */
export type VerifiedSession = Session & { verification?: Verification };

interface VerifiedAccount extends Account {
  verification: Verification;
}

/** Who the library speaks of, once found. */
export function verificationOf({ oidc }: KoaContextWithOIDC): Verification | undefined {
  return (oidc.account as VerifiedAccount | undefined)?.verification;
}

/**
 * Finds who a session or a token speaks of: the verification of the session that it belongs to. A token whose
 * session ended speaks of nobody.
 */
export function createFindAccount(
  provider: () => Provider,
  source: ClaimsSource,
  policy: OidcPolicy,
): FindAccount {
  return async (ctx, sub, token) => {
    const session = token ? await findSessionOf(provider(), token) : ctx.oidc.session;
    const verification =
      acceptVerification(ctx, session) ?? (session as VerifiedSession | undefined)?.verification;
    if (!verification || subjectOf(verification) !== sub) return undefined;
    const account: VerifiedAccount = {
      accountId: sub,
      verification,
      claims: (use, scope, requested) =>
        use === 'userinfo'
          ? collectClaims(source, policy, verification, {
              scope: `${scope} ${scopesOf(requested)}`,
              asked: { sid: session?.uid ?? '', clientId: ctx.oidc.client?.clientId ?? '' },
            })
          : { sub },
    };
    return account;
  };
}

function findSessionOf(provider: Provider, token: object): Promise<Session | undefined> | undefined {
  const { sessionUid } = token as { sessionUid?: string };
  return sessionUid === undefined ? undefined : provider.Session.findByUid(sessionUid);
}

/** A sign-in that has just been completed hands its verification to the session that it opens. */
function acceptVerification(
  { oidc }: KoaContextWithOIDC,
  session: Session | undefined,
): Verification | undefined {
  const verification = oidc.result?.verification as Verification | undefined;
  if (verification && session) (session as VerifiedSession).verification = verification;
  return verification;
}

/** Claims that were asked for one by one need the same sources. */
function scopesOf(requested: Record<string, unknown> | null | undefined): string {
  const names = Object.keys(requested ?? {});
  return names.length === 0 ? '' : `scope_all${names.includes('repair') ? ' repair' : ''}`;
}

async function collectClaims(
  source: ClaimsSource,
  policy: OidcPolicy,
  verification: Verification,
  { scope, asked }: { scope: string; asked: { sid: string; clientId: string } },
): Promise<{ sub: string; [key: string]: unknown }> {
  const [record, repair] = await Promise.all([
    needsRecord(scope) ? source.findPractitioner(verification.nationalId) : undefined,
    scope.split(' ').includes('repair') ? source.repairClaim(verification, asked) : undefined,
  ]);
  return {
    sub: subjectOf(verification),
    ...userinfoClaims(verification, policy.methodClaims[verification.method], record),
    ...(repair ? { repair } : {}),
  };
}
