import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { exportJWK, type JWTPayload, SignJWT } from 'jose';
import { type Account, type Configuration, Provider } from 'oidc-provider';
import type { RelyingPartyAddresses } from '#relying-party';

/** What the next sign-in at the issuer answers. */
export type Outcome = { claims: Record<string, unknown> & { sub: string } } | { error: string };

export interface TestIssuer {
  readonly url: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Decides how interactions end from now on. */
  answer(outcome: Outcome): void;
  /** Query of the last authorization request. */
  lastRequest(): URLSearchParams;
  /** A token by the issuer's key: `kid`, algorithm and issuer are right, the rest is the caller's. */
  sign(payload: JWTPayload): Promise<string>;
  /** Stops answering, as an issuer that is down. */
  stop(): Promise<void>;
}

const clientId = 'test-client';
const clientSecret = 'test-client-secret-of-32-characters';

/** An issuer that is not ours: oidc-provider with hardly any configuration, whose sign-in needs no person. */
export async function startTestIssuer(t: TestContext, addresses: RelyingPartyAddresses): Promise<TestIssuer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://localhost:${(server.address() as AddressInfo).port}/realm`);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...(await exportJWK(privateKey)), kid: 'test', alg: 'RS256', use: 'sig' };
  const accounts = new Map<string, Record<string, unknown>>();
  const provider = new Provider(url.href, configuration(addresses, key, accounts));
  let outcome: Outcome = { error: 'access_denied' };
  let lastRequest = new URLSearchParams();
  const oidc = provider.callback();
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    const path = new URL(req.url ?? '/', url);
    if (path.pathname.startsWith('/interaction/')) return void finish(provider, req, res, outcome, accounts);
    if (path.pathname === '/realm/auth') lastRequest = path.searchParams;
    req.url = path.pathname.slice('/realm'.length) + path.search;
    Object.assign(req, { originalUrl: path.pathname + path.search });
    return void oidc(req, res);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  t.after(stop);
  return {
    url,
    clientId,
    clientSecret,
    answer: (next) => {
      outcome = next;
    },
    lastRequest: () => lastRequest,
    sign: (payload) =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', kid: 'test', typ: 'logout+jwt' })
        .sign(privateKey),
    stop,
  };
}

async function finish(
  provider: Provider,
  req: IncomingMessage,
  res: ServerResponse,
  outcome: Outcome,
  accounts: Map<string, Record<string, unknown>>,
): Promise<void> {
  if ('error' in outcome) return provider.interactionFinished(req, res, { error: outcome.error });
  accounts.set(outcome.claims.sub, outcome.claims);
  return provider.interactionFinished(req, res, { login: { accountId: outcome.claims.sub } });
}

function configuration(
  addresses: RelyingPartyAddresses,
  key: object,
  accounts: Map<string, Record<string, unknown>>,
): Configuration {
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [addresses.redirectUri],
        post_logout_redirect_uris: [addresses.postLogoutRedirectUri],
        backchannel_logout_uri: addresses.backchannelLogoutUri,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['test-cookie-key'] },
    scopes: ['openid', 'scope_all', 'repair'],
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = form;
        },
      },
    },
    // The library's own dispatcher refuses loopback addresses.
    fetch: (input, init) => fetch(input, { ...init, dispatcher: undefined } as RequestInit),
    findAccount: (_, accountId) => findAccount(accounts, accountId),
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      const grant = new provider.Grant({
        ...(client ? { clientId: client.clientId } : {}),
        ...(session?.accountId ? { accountId: session.accountId } : {}),
      });
      grant.addOIDCScope('openid scope_all repair');
      await grant.save();
      return grant;
    },
    claims: { scope_all: [...extraClaims], repair: ['repair'] },
  };
}

const extraClaims = [
  'SubjectNameID',
  'preferred_username',
  'given_name',
  'family_name',
  'codeCivilite',
  'authMode',
  'SubjectRefPro',
  'otherIds',
] as const;

function findAccount(accounts: Map<string, Record<string, unknown>>, accountId: string): Account {
  return { accountId, claims: async () => ({ ...accounts.get(accountId), sub: accountId }) };
}
