import type { AccessToken, FindAccount, KoaContextWithOIDC, TokenEndpointGrantContext } from 'oidc-provider';
import { InvalidGrant, UnauthorizedClient } from 'oidc-provider/lib/helpers/errors.js';
import type { Provider } from 'oidc-provider/lib/provider.js';
import { mutualTls } from '../mtls/client-certificates.ts';
import { apiTokenSeconds } from '../policy.ts';
import { untilSessionEnd } from '../session-end.ts';
import type { ExchangedToken } from '../token-claims.ts';
import { verifyActorToken } from './actor-token.ts';
import { exchangeGrant } from './exchange-metadata.ts';
import {
  type ExchangeParameters,
  type ExchangeRequest,
  exchangeParameters,
  verifyExchangeRequest,
} from './exchange-request.ts';

type Context = TokenEndpointGrantContext<ExchangeParameters>;

/**
 * Token exchange (RFC 8693) as "API Pro Santé Connectées" uses it (pro-sante-connect.md 4.4): an access token of a sign-in,
 * anybody's, becomes one for an API, bound to the certificate of the organisation that asks.
 */
export function registerExchange(provider: Provider, findAccount: FindAccount): void {
  provider.registerGrantType<ExchangeParameters>(
    exchangeGrant,
    async (ctx) => {
      const { client, params } = ctx.oidc;
      const certificate = certificateOf(ctx);
      const asked = verifyExchangeRequest(params, client, provider.issuer);
      const { subject, signedInAt } = await findSubject(ctx, asked.subjectToken, findAccount);
      const act =
        asked.actorToken === undefined ? undefined : await verifyActorToken(asked.actorToken, client);
      const token = await createApiToken(ctx, { asked, subject });
      token.setThumbprint('x5t', certificate);
      verifyBinding(subject, token);
      const seconds = untilSessionEnd(signedInAt, apiTokenSeconds);
      token.exchange = { authTime: signedInAt, seconds, act };
      await answer(ctx, Object.assign(token, { expiresIn: seconds }), asked);
    },
    exchangeParameters,
  );
}

/** What the library has to know to judge metadata of clients; nothing is exchanged. */
export function declareExchange(provider: Provider): void {
  provider.registerGrantType(exchangeGrant, () => {}, exchangeParameters);
}

function certificateOf(ctx: Context): string {
  // One's own certificate says nothing about an organisation.
  if (ctx.oidc.client.clientAuthMethod !== 'tls_client_auth')
    throw new UnauthorizedClient('tokens are exchanged for clients of tls_client_auth');
  const certificate = mutualTls.getCertificate?.(ctx);
  if (typeof certificate !== 'string') throw new UnauthorizedClient('a certificate is needed');
  return certificate;
}

/** The access token, whichever client it was given to, as long as its session lives. */
async function findSubject(ctx: Context, value: string, findAccount: FindAccount) {
  const { provider } = ctx.oidc;
  const subject = await provider.AccessToken.find(value);
  const session = subject?.sessionUid && (await provider.Session.findByUid(subject.sessionUid));
  const account = session && (await findAccount(ctx, subject.accountId, subject));
  if (!account) throw new InvalidGrant('subject_token is no living access token of ours');
  ctx.oidc.entity('Account', account);
  return { subject, signedInAt: session.loginTs };
}

/** Who holds a token that is bound to somebody else's key exchanges nothing for it. */
function verifyBinding(subject: AccessToken, token: AccessToken): void {
  const bound = subject['x5t#S256'];
  if (subject.jkt || (bound && bound !== token['x5t#S256']))
    throw new InvalidGrant('subject_token is bound to another key');
}

async function createApiToken(
  ctx: Context,
  { asked, subject }: { asked: ExchangeRequest; subject: AccessToken },
): Promise<ExchangedToken> {
  const { provider, client } = ctx.oidc;
  const { accountId, sessionUid } = subject;
  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  const grantId = await grant.save();
  const { scope, audience } = asked;
  const properties = { client, accountId, grantId, gty: exchangeGrant, scope, aud: audience };
  return new provider.AccessToken({ ...properties, ...(sessionUid ? { sessionUid, sid: sessionUid } : {}) });
}

/** RFC 8693 section 2.2.1; a refresh token is not given: the sign-in's own renews what is exchanged. */
async function answer(ctx: Context, token: ExchangedToken, { issuedType }: ExchangeRequest): Promise<void> {
  ctx.oidc.entity('AccessToken', token);
  const value = await token.save();
  ctx.body = {
    access_token: value,
    issued_token_type: issuedType,
    token_type: 'Bearer',
    expires_in: token.exchange?.seconds,
    scope: token.scope,
  };
}

/** An API token lives longer than the half hour after which a session that nobody visits is over. */
export async function isSessionOver({ oidc }: KoaContextWithOIDC): Promise<boolean> {
  const { AccessToken: token } = oidc.entities;
  return token?.gty === exchangeGrant && !(await oidc.provider.Session.findByUid(String(token.sessionUid)));
}
