import type { AdapterPayload, ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import { referenceOf } from '#platform/http/reference.ts';
import { initialTokenModel } from './clients/initial-token.ts';
import { discoveryDocument } from './discovery.ts';
import { nameError } from './errors/name-errors.ts';
import type { OidcEvents } from './events.ts';
import { leaveErrorToPages, serverError } from './hosts.ts';
import { introspectionBody } from './introspection.ts';
import type { Published } from './lanes/published.ts';
import { endOtherSession } from './other-account.ts';
import { type OidcPolicy, pollIntervalSeconds } from './policy.ts';
import type { PscModels } from './psc-models.ts';
import { AlreadyConsumed, hashId, type RecordStore } from './record-store.ts';
import type { Sessions } from './sessions.ts';
import type { UnitOfWork } from './unit-of-work.ts';

export interface MiddlewareDependencies {
  work: UnitOfWork<AdapterPayload>;
  store: RecordStore;
  sessions: Sessions;
  models: PscModels;
  policy: OidcPolicy;
  events: OidcEvents;
  walletUrl: URL;
  mtlsUrl: URL | undefined;
  issuer: string;
  published: Published;
}

/** What surrounds the library's own answers; the outermost comes first. */
export function useMiddleware(provider: Provider, dependencies: MiddlewareDependencies): void {
  const { work, store } = dependencies;
  provider.use(async (ctx, next) => {
    try {
      await work.run(async () => {
        await next();
        await finish(ctx as KoaContextWithOIDC, dependencies);
      });
    } catch (error) {
      if (!(error instanceof AlreadyConsumed))
        return answerFailure(provider, ctx as KoaContextWithOIDC, error);
      await revokeReusedCode(ctx as KoaContextWithOIDC, store, work);
      answerAlreadyConsumed(ctx as KoaContextWithOIDC, error);
    }
  });
}

/** Adds what PSC has and the library has not; runs inside the request's unit of work. */
async function finish(ctx: KoaContextWithOIDC, dependencies: MiddlewareDependencies): Promise<void> {
  const { models, policy, walletUrl, mtlsUrl, issuer, published } = dependencies;
  // Nothing matched: the request belongs to the pages.
  if (!ctx._matchedRouteName) return;
  const ok = ctx.status === 200 && typeof ctx.body === 'object';
  if ((ctx.body as Partial<ErrorOut> | undefined)?.error === 'server_error')
    ctx.body = serverError(referenceOf(ctx.req));
  nameError(ctx);
  switch (ctx.oidc.route) {
    case 'discovery':
      ctx.body = discoveryDocument(ctx.body as Record<string, unknown>, { walletUrl, mtlsUrl, issuer });
      published.keep(ctx);
      return;
    case 'jwks':
      if (ok) published.keep(ctx);
      return;
    case 'token':
      if (ok) await finishTokenResponse(ctx, dependencies);
      return;
    case 'backchannel_authentication':
      // CIBA Core 1.0 section 7.3.
      if (ok) ctx.body = { ...(ctx.body as object), interval: pollIntervalSeconds };
      return;
    case 'introspection':
      if (ok) ctx.body = await introspectionBody(ctx, models.presentedClaims(ctx), policy);
      return;
    case 'registration':
      if (ctx.status === 201) await finishRegistration(ctx, dependencies);
      return;
    case 'authorization':
    case 'resume':
      await finishAuthorization(ctx, dependencies);
  }
}

async function finishAuthorization(
  ctx: KoaContextWithOIDC,
  { sessions, work, events }: MiddlewareDependencies,
) {
  await endOtherSession(ctx, sessions);
  allowFormPost(ctx);
  const { AuthorizationCode: code, Client: client } = ctx.oidc.entities;
  if (code && client) await work.write((unit) => events.codeIssued(unit, client.clientId));
}

/** A token registers one client; of two at once one succeeds. */
async function finishRegistration(
  { oidc }: KoaContextWithOIDC,
  { work, store, events }: MiddlewareDependencies,
): Promise<void> {
  const { InitialAccessToken: token, Client: client } = oidc.entities;
  const used = hashId(String(token?.jti));
  await work.write((unit) => store.consume(unit, initialTokenModel, used, Date.now()));
  await work.write((unit) => events.clientAdded(unit, client?.clientId ?? ''));
}

async function finishTokenResponse(ctx: KoaContextWithOIDC, { work, events }: MiddlewareDependencies) {
  ctx.body = tokenResponse(ctx);
  const { client, params } = ctx.oidc;
  await work.write((unit) => events.tokensIssued(unit, client?.clientId ?? '', String(params?.grant_type)));
}

/** PSC's further members (pro-sante-connect.md 2.8). */
function tokenResponse(ctx: KoaContextWithOIDC): object {
  const { RefreshToken: refreshToken, AccessToken: accessToken } = ctx.oidc.entities;
  return {
    ...(ctx.body as object),
    ...(refreshToken ? { refresh_expires_in: refreshToken.remainingTTL } : {}),
    session_state: (refreshToken ?? accessToken)?.sessionUid,
    'not-before-policy': 0,
  };
}

/** The page that posts an answer to the client (`response_mode=form_post`) may post there, and only there. */
function allowFormPost(ctx: KoaContextWithOIDC): void {
  const target = URL.parse(String(ctx.oidc.params?.redirect_uri));
  if (!ctx.response.is('html') || !target) return;
  const policy = ctx.response.get('content-security-policy');
  ctx.set('content-security-policy', `${policy}; form-action ${target.origin}; base-uri 'none'`);
}

/** A code that comes twice, even at the same time, revokes what it gave (RFC 6749 section 4.1.2). */
async function revokeReusedCode(
  { oidc }: KoaContextWithOIDC,
  store: RecordStore,
  work: UnitOfWork<AdapterPayload>,
): Promise<void> {
  const grantId = oidc.entities.AuthorizationCode?.grantId;
  if (grantId) await work.write((unit) => store.deleteGrant(unit, hashId(String(grantId))));
}

/** What failed around the library, such as the commit: told as the library's own failures are. */
function answerFailure(provider: Provider, ctx: KoaContextWithOIDC, error: unknown): void {
  ctx.status = 500;
  // Where the browser would have gone on is not committed.
  ctx.remove('location');
  ctx.remove('set-cookie');
  leaveErrorToPages(ctx, serverError(referenceOf(ctx.req)), error);
  provider.emit('server_error', ctx, error instanceof Error ? error : new Error('unknown'));
}

/** Nothing of a request that lost against another was committed (RFC 6749 section 5.2, RFC 6750 section 3.1). */
function answerAlreadyConsumed(ctx: KoaContextWithOIDC, { model }: AlreadyConsumed): void {
  const [status, error, description] = refusals[model] ?? [400, 'invalid_grant', 'grant request is invalid'];
  ctx.status = status;
  ctx.body = { error, error_description: description };
}

const refusals: Record<string, [number, string, string]> = {
  ReplayDetection: [401, 'invalid_client', 'client assertion tokens must only be used once'],
  [initialTokenModel]: [401, 'invalid_token', 'initial access token not found'],
};
