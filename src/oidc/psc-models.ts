import { hash, randomUUID } from 'node:crypto';
import type { AccessToken, Client, ClientCredentials, IdToken, KoaContextWithOIDC } from 'oidc-provider';
import { Provider } from 'oidc-provider/lib/provider.js';
import type { Verification } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import { isLoopbackAddress, isSecretOf } from './clients/client-metadata.ts';
import { pairwiseSubject } from './hardened/pairwise.ts';
import { type SigningAlgorithm, signingAlgorithms } from './keys/create-key.ts';
import type { OidcPolicy } from './policy.ts';
import { issueServiceTokens } from './service-accounts/service-tokens.ts';
import {
  accessTokenClaims,
  apiTokenClaims,
  type ExchangedToken,
  type Grantee,
  idTokenClaims,
  type TokenSource,
  tokenSourceOf,
} from './token-claims.ts';
import type { TokenSigner } from './token-signer.ts';

/**
 * Where Pro Santé Connect's tokens differ from what the library issues: JWT access tokens without `aud` that userinfo,
 * introspection and revocation take all the same, and its own claims in ID tokens. It wraps the library's models; the
 * contract test `oidc-psc-tokens` guards each upgrade.
 */
export interface PscModels {
  /** The claims of the access token that this introspection was asked about. */
  presentedClaims(ctx: KoaContextWithOIDC): Record<string, unknown> | undefined;
}

export interface PscModelDependencies {
  signer: TokenSigner;
  clock: Clock;
  /** Makes pairwise subjects. */
  subjectKey: string;
  policy: OidcPolicy;
  /** Whether newly signed tokens show the clock's time instead of real time. */
  signTokensWithVirtualTime: () => boolean;
  verificationOf(ctx: KoaContextWithOIDC): Verification | undefined;
}

export function usePscModels(provider: Provider, dependencies: PscModelDependencies): PscModels {
  const granteeOf = createGranteeReader(provider, dependencies);
  const issued = new WeakMap<KoaContextWithOIDC, string>();
  keepVerificationInSession(provider);
  compareHashedSecrets(provider);
  allowLoopbackRedirects(provider);
  issueJwtAccessTokens(provider, dependencies, granteeOf, issued);
  issuePscIdTokens(provider, dependencies, granteeOf, issued);
  issueServiceTokens(provider, {
    signer: dependencies.signer,
    now: () => Math.floor(Date.now() / 1000) + aheadOf(dependencies),
    askedScope,
    confirmation,
  });
  return acceptJwtAccessTokens(provider, dependencies);
}

type GranteeReader = (ctx: KoaContextWithOIDC, source?: TokenSource) => Grantee;

function createGranteeReader(provider: Provider, dependencies: PscModelDependencies): GranteeReader {
  const { verificationOf, subjectKey } = dependencies;
  return (ctx, source = tokenSourceOf(ctx)) => {
    const verification = verificationOf(ctx);
    const { client, account } = ctx.oidc;
    if (!verification || !source || !client || !account) throw new Error('A token is issued to nobody.');
    const ahead = aheadOf(dependencies);
    return {
      verification,
      issuer: provider.issuer,
      clientId: client.clientId,
      ...subjectFor(client, account.accountId, subjectKey),
      source: { ...source, ...(source.authTime === undefined ? {} : { authTime: source.authTime + ahead }) },
      now: Math.floor(Date.now() / 1000) + ahead,
    };
  };
}

/** Seconds. */
function aheadOf({ clock, signTokensWithVirtualTime }: PscModelDependencies): number {
  return signTokensWithVirtualTime() ? Math.floor(clock.aheadMs / 1000) : 0;
}

/** A pairwise client's tokens name nobody to others: the national identifier is told by userinfo, where its scope says so. */
function subjectFor(client: Client, accountId: string, subjectKey: string) {
  const isPairwise = client.subjectType === 'pairwise';
  return { subject: isPairwise ? pairwiseSubject(subjectKey, client, accountId) : accountId, isPairwise };
}

/** Who was verified, and how, lives and ends with the session that it opened. */
function keepVerificationInSession({ Session }: Provider): void {
  const names = [...Session.IN_PAYLOAD, 'verification'];
  Object.defineProperty(Session, 'IN_PAYLOAD', { get: () => names });
}

function compareHashedSecrets({ Client }: Provider): void {
  Client.prototype.compareClientSecret = function (this: Client, presented: string) {
    return isSecretOf(this, presented);
  };
}

function allowLoopbackRedirects({ Client }: Provider): void {
  const anyLoopback = (client: Client, uri: string) =>
    client.loopback_redirects === true && isLoopbackAddress(uri);
  const { redirectUriAllowed, postLogoutRedirectUriAllowed } = Client.prototype;
  Client.prototype.redirectUriAllowed = function (this: Client, uri: string) {
    return redirectUriAllowed.call(this, uri) || anyLoopback(this, uri);
  };
  Client.prototype.postLogoutRedirectUriAllowed = function (this: Client, uri: string) {
    return postLogoutRedirectUriAllowed.call(this, uri) || anyLoopback(this, uri);
  };
}

function issueJwtAccessTokens(
  provider: Provider,
  { signer, policy }: PscModelDependencies,
  granteeOf: GranteeReader,
  issued: WeakMap<KoaContextWithOIDC, string>,
): void {
  const prototype = provider.AccessToken.prototype as AccessToken & { generateTokenId(): string };
  const { save, generateTokenId } = prototype;
  // Shown in the token, as a UUID; it opens nothing without our signature. The library's call decides the format too.
  prototype.generateTokenId = function (this: AccessToken) {
    generateTokenId.call(this);
    return randomUUID();
  };
  const signInTokenClaims = (grantee: Grantee, { scope }: AccessToken, id: string) =>
    accessTokenClaims({ ...grantee, source: { ...grantee.source, scope } }, id, policy);
  prototype.save = async function (this: ExchangedToken) {
    const id = await save.call(this);
    const ctx = getContext();
    const claims = this.exchange
      ? apiTokenClaims(granteeOf(ctx, sourceOfExchanged(this)), this, id, policy)
      : signInTokenClaims(granteeOf(ctx), this, id);
    const token = signer.sign({ ...claims, ...confirmation(this) });
    issued.set(ctx, token);
    return token;
  };
}

const sourceOfExchanged = ({ exchange, scope, sessionUid }: ExchangedToken): TokenSource => ({
  authTime: exchange?.authTime,
  scope,
  sessionUid,
});

/** What a bound token tells of the key that it is bound to (RFC 8705 section 3.1, RFC 9449 section 6.1). */
function confirmation({ jkt, 'x5t#S256': x5t }: AccessToken | ClientCredentials): object {
  if (x5t) return { cnf: { 'x5t#S256': x5t } };
  return jkt ? { cnf: { jkt } } : {};
}

function issuePscIdTokens(
  provider: Provider,
  { signer, policy }: PscModelDependencies,
  granteeOf: GranteeReader,
  issued: WeakMap<KoaContextWithOIDC, string>,
): void {
  const { prototype } = provider.IdToken;
  const { issue } = prototype;
  prototype.issue = async function (this: IdToken, context) {
    if (context.use !== 'idtoken') return issue.call(this, context);
    const accessToken = issued.get(this.ctx);
    const alg = algorithmOf(this.client);
    const claims = {
      ...(await this.payload()),
      ...idTokenClaims(granteeOf(this.ctx), policy),
      ...(accessToken ? { at_hash: halfHash(accessToken, alg) } : {}),
    };
    return signer.sign(claims, alg);
  };
}

/** What the client registered as `id_token_signed_response_alg`. */
const algorithmOf = ({ idTokenSignedResponseAlg: asked }: Client): SigningAlgorithm =>
  signingAlgorithms.find((alg) => alg === asked) ?? 'RS256';

/** OpenID Connect Core 1.0 section 3.1.3.6: by the hash of the algorithm, which Ed25519 has inside (RFC 8032 section 5.1). */
function halfHash(token: string, alg: SigningAlgorithm): string {
  const whole = hash(alg === 'EdDSA' ? 'sha512' : 'sha256', token, 'buffer');
  return whole.subarray(0, whole.length / 2).toString('base64url');
}

const structuredTokenRoutes = new Set(['introspection', 'revocation']);

/** The endpoints of structured tokens refuse a JWT as such: they are given the id that our signature vouches for. */
function acceptJwtAccessTokens(provider: Provider, { signer }: PscModelDependencies): PscModels {
  const presented = new WeakMap<KoaContextWithOIDC, Record<string, unknown>>();
  const verify = (token: unknown) => {
    const claims = typeof token === 'string' ? signer.verify(token) : undefined;
    return claims?.typ === 'Bearer' && typeof claims.jti === 'string'
      ? { ...claims, jti: claims.jti }
      : undefined;
  };
  const { prototype } = provider.OIDCContext;
  const { entity } = prototype;
  prototype.entity = function (key: string, value: unknown) {
    entity.call(this, key, value);
    if (key !== 'Client' || !this.params || !structuredTokenRoutes.has(this.route)) return;
    const claims = verify(this.params.token);
    if (!claims) return;
    this.params.token = claims.jti;
    presented.set(getContext(), claims);
  };
  const { AccessToken } = provider;
  const find: (id: string, options?: object) => Promise<unknown> = AccessToken.find.bind(AccessToken);
  AccessToken.find = (async (value: string, options?: object) => {
    if (presented.get(getContext())?.jti === value) return find(value, options);
    const claims = verify(value);
    // One for an API is neither for userinfo nor exchanged again.
    return claims === undefined || 'aud' in claims ? undefined : find(claims.jti, options);
  }) as typeof AccessToken.find;
  const { ClientCredentials } = provider;
  const findOfService: (id: string, options?: object) => Promise<unknown> =
    ClientCredentials.find.bind(ClientCredentials);
  ClientCredentials.find = (async (value: string, options?: object) =>
    presented.get(getContext())?.jti === value
      ? findOfService(value, options)
      : undefined) as typeof ClientCredentials.find;
  return { presentedClaims: (ctx) => presented.get(ctx) };
}

/** As it was sent: the library's parameters have lost what it does not know by now, and it refused what came twice. */
function askedScope(): string | undefined {
  const { scope } = (getContext().oidc.body ?? {}) as { scope?: string };
  return scope || undefined;
}

function getContext(): KoaContextWithOIDC {
  const { ctx } = Provider;
  if (!ctx) throw new Error('Tokens live in requests only.');
  return ctx;
}
