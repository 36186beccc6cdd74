import { randomUUID } from 'node:crypto';
import type { Account, FindAccount, KoaContextWithOIDC, Session } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { NationalId, Verification } from '#national-id';
import { type BridgedVerification, identityOf, subjectOf } from './identity-claims.ts';
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
export type VerifiedSession = Session & { verification?: BridgedVerification };

interface VerifiedAccount extends Account {
  verification: BridgedVerification;
}

/** Who the library speaks of, once found. */
export function verificationOf({ oidc }: KoaContextWithOIDC): BridgedVerification | undefined {
  return (oidc.account as VerifiedAccount | undefined)?.verification;
}

/**
 * Finds who a session or a token speaks of: the verification of the session that it belongs to. A token whose
 * session ended speaks of nobody.
 */
export function createFindAccount(
  provider: () => Provider,
  collectClaims: CollectClaims,
  policy: OidcPolicy,
): FindAccount {
  return async (ctx, sub, token) => {
    // Nobody is verified yet; the person is asked once the request is accepted.
    if (ctx.oidc.route === 'backchannel_authentication')
      return { accountId: sub, claims: async () => ({ sub }) };
    const session = token ? await findSessionOf(provider(), token) : ctx.oidc.session;
    const verification =
      acceptVerification(ctx, session) ?? (session as VerifiedSession | undefined)?.verification;
    if (!verification || subjectOf(verification, policy) !== sub) return undefined;
    const account: VerifiedAccount = {
      accountId: sub,
      verification,
      claims(use, scope, requested) {
        // Scopes fill userinfo; an ID token holds more than PSC's own claims only where they are asked for by name.
        const needed = scopesOf(requested);
        if (use !== 'userinfo' && needed === '') return { sub };
        return collectClaims(verification, {
          scope: use === 'userinfo' ? `${scope} ${needed}` : needed,
          asked: { sid: session?.uid ?? '', clientId: ctx.oidc.client?.clientId ?? '' },
        });
      },
    };
    return account;
  };
}

function findSessionOf(provider: Provider, token: object): Promise<Session | undefined> | undefined {
  const { sessionUid } = token as { sessionUid?: string };
  return sessionUid === undefined ? undefined : provider.Session.findByUid(sessionUid);
}

/**
 * A sign-in that has just been completed hands its verification to the session that it opens. What tokens tell of the
 * session is a UUID (pro-sante-connect.md 2.3); nothing refers to a session before somebody signed in.
 */
function acceptVerification(
  { oidc }: KoaContextWithOIDC,
  session: Session | undefined,
): BridgedVerification | undefined {
  const verification = oidc.result?.verification as BridgedVerification | undefined;
  if (!verification || !session) return verification;
  const opened: VerifiedSession = session;
  if (!opened.verification) opened.uid = randomUUID();
  opened.verification = verification;
  return verification;
}

/** Claims that every token has. */
const protocolClaims = new Set(['sub', 'acr', 'auth_time', 'iss', 'sid', 'amr']);

/** Claims that were asked for one by one (OpenID Connect Core 1.0 section 5.5) need the same sources. */
function scopesOf(requested: Record<string, unknown> | null | undefined): string {
  const names = Object.keys(requested ?? {}).filter((name) => !protocolClaims.has(name));
  return names.length === 0 ? '' : `scope_all${names.includes('repair') ? ' repair' : ''}`;
}

export type CollectClaims = ReturnType<typeof createClaimsCollector>;

/** The claims that these scopes need the sources of; which of them are told is picked later. */
export function createClaimsCollector(source: ClaimsSource, policy: OidcPolicy) {
  return async (
    verification: BridgedVerification,
    { scope, asked }: { scope: string; asked: { sid: string; clientId: string } },
  ): Promise<{ sub: string; [key: string]: unknown }> => {
    const nationalId = identityOf(verification);
    const [record, repair] = await Promise.all([
      needsRecord(scope) ? source.findPractitioner(nationalId) : undefined,
      scope.split(' ').includes('repair')
        ? source.repairClaim({ ...verification, nationalId }, asked)
        : undefined,
    ]);
    return {
      sub: subjectOf(verification, policy),
      ...userinfoClaims(verification, policy, record),
      ...(repair ? { repair } : {}),
    };
  };
}
