import { randomUUID } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { InvalidGrant, SlowDown } from 'oidc-provider/lib/helpers/errors.js';
import { Provider } from 'oidc-provider/lib/provider.js';
import type { Verification } from '#national-id';
import type { Database } from '#platform/database/database.ts';
import type { RateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import type { VerifiedSession } from '../accounts.ts';
import type { ServiceState } from '../grants.ts';
import { type BridgedVerification, subjectOf } from '../identity-claims.ts';
import { type OidcPolicy, pollIntervalSeconds, sessionIdleSeconds } from '../policy.ts';
import type { RecordSignIn } from '../record-sign-in.ts';
import { AlreadyConsumed } from '../record-store.ts';
import { type Asked, signInIdOf } from './approvals.ts';
import { approvalsOf, type Channels } from './channels.ts';
import type { AskingRequest } from './ciba-feature.ts';

export interface TakeOverDependencies {
  channels: Channels;
  database: Database;
  policy: OidcPolicy;
  limiter: RateLimiter;
  recordSignIn: RecordSignIn;
}

const model = 'BackchannelAuthenticationRequest';
/** A little under the interval, since networks are not even. */
const pollLimit = { most: 1, windowMs: pollIntervalSeconds * 1000 - 150 };

/**
 * What came of a question is taken over when its service asks: the library finds a request that was granted or refused.
 * It wraps the library's model; the contract test `oidc-ciba` guards each upgrade.
 */
export function useBackchannelRequests(provider: Provider, dependencies: TakeOverDependencies): void {
  const { BackchannelAuthenticationRequest: Request } = provider;
  keepApprovalInRequest(Request);
  const find: (id: string, options?: object) => Promise<unknown> = Request.find.bind(Request);
  Request.find = (async (value: string, options?: object) => {
    const request = (await find(value, options)) as AskingRequest | undefined;
    const { ctx } = Provider;
    if (request && ctx?.oidc.route === 'token' && isOwn(request, ctx))
      await takeOver(provider, ctx, request, dependencies);
    return request;
  }) as typeof Request.find;
}

/** The question that the person was asked lives with the request. */
function keepApprovalInRequest(Request: Provider['BackchannelAuthenticationRequest']): void {
  const names = [...(Request as unknown as { IN_PAYLOAD: string[] }).IN_PAYLOAD, 'approvalId'];
  Object.defineProperty(Request, 'IN_PAYLOAD', { get: () => names });
}

/** Of this client and in time; the library says what is wrong with the others. */
function isOwn(request: AskingRequest, { oidc }: KoaContextWithOIDC): boolean {
  return !request.isExpired && request.clientId === oidc.client?.clientId;
}

async function takeOver(
  provider: Provider,
  ctx: KoaContextWithOIDC,
  request: AskingRequest,
  dependencies: TakeOverDependencies,
): Promise<void> {
  const approvals = approvalsOf(dependencies.channels, request.params);
  const asked = { id: request.approvalId ?? '', signInId: signInIdOf(request.jti) };
  switch (await approvals.findStatus(asked)) {
    case 'pending':
      return countPoll(asked, dependencies);
    case 'approved': {
      const verification = await approvals.findApproved(asked);
      if (verification) return grant(provider, ctx, request, { asked, verification }, dependencies);
      return refuse(request, 'access_denied', 'the means of this person is gone');
    }
    case 'consumed':
      throw new InvalidGrant('backchannel authentication request already consumed');
    case 'refused':
    case 'not_me':
      return refuse(request, 'access_denied', 'the person refused');
    case 'wrong_number':
      return refuse(request, 'access_denied', 'the person chose another number');
    default:
      return refuse(request, 'expired_token', 'nobody answers this request any more');
  }
}

/** CIBA Core 1.0 section 11: of a request that is pending; a row counts, which every process sees. */
async function countPoll({ signInId }: Asked, { database, limiter }: TakeOverDependencies): Promise<void> {
  const refused = await database.write((unit) => limiter.take(unit, `oidc ciba ${signInId}`, pollLimit));
  if (refused) throw new SlowDown();
}

function refuse(
  request: AskingRequest,
  error: 'access_denied' | 'expired_token',
  errorDescription: string,
): void {
  Object.assign(request, { error, errorDescription });
}

/** The session that the sign-in opens and the grant, in the unit of work that redeems the request. */
async function grant(
  provider: Provider,
  ctx: KoaContextWithOIDC,
  request: AskingRequest,
  { asked, verification }: { asked: Asked; verification: Verification },
  { channels, policy, recordSignIn }: TakeOverDependencies,
): Promise<void> {
  const id = ctx.oidc.client?.clientId ?? '';
  const service = { id, name: ctx.oidc.client?.clientName ?? id, host: '' };
  const known = await recordSignIn({ verification, service, locale: 'fr' }, async (unit) => {
    const isFirst = await approvalsOf(channels, request.params).consume(asked, unit);
    if (!isFirst) throw new AlreadyConsumed(model);
  });
  const accountId = subjectOf(known, policy);
  const session = await openSession(provider, { accountId, verification: known, clientId: id }, policy);
  const given = new provider.Grant({ accountId, clientId: id });
  given.addOIDCScope(request.scope ?? '');
  given.addOIDCClaims(Object.values(request.claims ?? {}).flatMap((claims) => Object.keys(claims ?? {})));
  const { uid, acr, loginTs } = session;
  Object.assign(request, { accountId, grantId: await given.save() });
  Object.assign(request, { sessionUid: uid, sid: uid, acr, authTime: loginTs });
}

/** A session that no browser has: it lives by its refresh token and ends by a logout, as every other does. */
async function openSession(
  provider: Provider,
  signedIn: { accountId: string; verification: BridgedVerification; clientId: string },
  policy: OidcPolicy,
): Promise<VerifiedSession> {
  const { accountId, verification, clientId } = signedIn;
  const session: VerifiedSession = new provider.Session();
  session.uid = randomUUID();
  session.verification = verification;
  session.loginAccount({ accountId, acr: policy.levels[verification.method] });
  session.ensureClientContainer(clientId);
  const state: ServiceState = session.authorizationFor(clientId);
  Object.assign(state, { sid: session.uid, usedAt: session.loginTs });
  await session.save(sessionIdleSeconds);
  return session;
}
