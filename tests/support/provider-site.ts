import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { adeli, rpps, type Verification } from '#national-id';
import {
  type BackchannelApprovals,
  type ClientRegistration,
  createOidc,
  type KeyRing,
  migrations,
  type Oidc,
  type OidcOptions,
  type OidcPolicy,
  openKeyRing,
  type PractitionerRecord,
} from '#oidc';
import { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { BusinessEvent } from '#platform/events.ts';
import { createSite, requestListener } from '#platform/http/create-site.ts';
import { openListener } from '#platform/http/listener.ts';
import type { ListenerName, Site } from '#platform/http/site.ts';
import { createLogger } from '#platform/logger.ts';
import { rateLimitMigrations } from '#platform/rate-limit/rate-limiter.ts';
import { type CardReaders, createSignIn, type FailedCard, migrations as signInMigrations } from '#sign-in';
import { type Engine, openTestDatabase, usualEngine } from './databases.ts';
import { createStandInPhones, type StandInPhones } from './stand-in-phones.ts';

/** A second service, registered like any other; it hears of logouts. */
export const serviceId = 'service';
export const serviceSecret = 'a secret of the service';
export const demoId = 'hygie-demo';
export const demoSecret = 'hygie-demo-secret';
export const keyClientId = 'key-client';
export const fapiId = 'fapi-client';
/** Two of one sector, one of another. */
export const pairwiseIds = ['sector-a', 'sector-b', 'elsewhere-a'] as const;
/** Asks for people by CIBA. */
export const programId = 'program';
/** Gets userinfo signed. */
export const signedId = 'signed-client';

export interface ProviderSite {
  issuer: string;
  connectUrl: URL;
  walletUrl: URL;
  oidc: Oidc;
  ring: KeyRing;
  clock: VirtualClock;
  database: Database;
  events: BusinessEvent[];
  /** Redirect URI of the second service. */
  redirectUri: string;
  /** Logout tokens that the second service was sent. */
  logoutTokens: string[];
  /** Private key of the client that signs its assertions. */
  clientKey: JWK;
  /** What the next card readers answer. */
  card: { answer: { verification: Verification } | FailedCard; readers: string[] };
  /** What phones answer; requests of the wallet are kept there. */
  phones: StandInPhones;
  signTokensWithVirtualTime: { value: boolean };
  setRecord(record: PractitionerRecord | undefined): void;
}

export function rppsNurse(clock: { now(): number }): Verification {
  return {
    nationalId: rpps('99700000013'),
    givenName: 'Claire',
    familyName: 'MARTIN',
    profession: '60',
    method: 'card',
    verifiedAt: clock.now(),
  };
}

export function adeliNurse(clock: { now(): number }): Verification {
  return { ...rppsNurse(clock), nationalId: adeli('991234568'), givenName: 'Jeanne' };
}

/** Wallet and connect on ports of their own, with readers that say what a test tells them. */
export async function startProviderSite(
  t: TestContext,
  engine: Engine = usualEngine,
  /** Base URL that wallet has behind a proxy; requests still go to the port. */
  walletUrl?: URL,
  options: {
    ecps?: boolean;
    policy?: OidcPolicy;
    bridging?: OidcOptions['bridging'];
    backchannelApprovals?: BackchannelApprovals;
  } = {},
): Promise<ProviderSite> {
  const clock = new VirtualClock();
  const database = await openTestDatabase(t, engine, [
    ...migrations,
    ...signInMigrations,
    ...rateLimitMigrations,
  ]);
  const logoutTokens: string[] = [];
  const serviceUrl = await startService(t, logoutTokens);
  const [connect, wallet] = await Promise.all([listen(t), listen(t)]);
  const site = (name: ListenerName, port: number): Site => ({
    name,
    url: new URL(`http://localhost:${port}`),
    title: { fr: 'Connexion des professionnels', en: 'Sign-in for professionals' },
    sandbox: true,
  });
  const walletSite = site('wallet', wallet.port);
  const sites = {
    connect: site('connect', connect.port),
    wallet: walletUrl ? { ...walletSite, url: walletUrl, sandbox: false } : walletSite,
  };
  const logger = createLogger('silent');
  const events: BusinessEvent[] = [];
  const clientKey = await generateClientKey();
  const ring = await openTestRing(database, clock);
  let record: PractitionerRecord | undefined;
  const virtualTokens = { value: false };
  const redirectUri = new URL('/callback', serviceUrl).href;
  const issuer = new URL('/auth/realms/esante-wallet', sites.connect.url).href;
  const oidc = createOidc({
    database,
    clock,
    events: { report: async (_unit, event) => void events.push(event) },
    logger,
    issuer,
    walletUrl: sites.wallet.url,
    clients: clients(serviceUrl, redirectUri, clientKey),
    ring,
    subjectKey: 'a key of the subjects, long enough',
    cookieKeys: ['a key of the cookies, long enough'],
    claims: {
      findPractitioner: async () => record,
      repairClaim: async ({ method }) => ({ cause: null, chain: { signedIn: { method } } }),
    },
    start: { name: 'Mes lieux', url: 'http://localhost:4000/professionnel/connexion' },
    ...(options.policy ? { policy: options.policy } : {}),
    bridging: options.bridging,
    ...(options.backchannelApprovals ? { backchannelApprovals: options.backchannelApprovals } : {}),
    allowLoopbackCalls: true,
    signTokensWithVirtualTime: () => virtualTokens.value,
  });
  const card: ProviderSite['card'] = { answer: { verification: rppsNurse(clock) }, readers: [] };
  const phones = createStandInPhones(clock);
  const ecps = { approvals: phones.approvals, database, clock, appUrl: new URL('http://localhost:4003/') };
  const signIn = createSignIn({
    host: oidc.signInHost,
    cards: createReaders(card, sites.wallet.url),
    ...(options.ecps ? { ecps } : {}),
    start: { name: 'Mes lieux', url: 'http://localhost:4000/professionnel/connexion' },
  });
  const walletApp = createSite(sites.wallet, { logger });
  walletApp.route('/', oidc.routes);
  walletApp.route('/', signIn.routes);
  walletApp.get('/page', async (c) => {
    const session = await oidc.findSession(c);
    return session ? c.json(session) : c.redirect(oidc.signInUrl('/page?x=1'), 303);
  });
  const connectApp = createSite(sites.connect, { logger });
  connectApp.route('/', oidc.connectRoutes);
  wallet.serve(requestListener(sites.wallet, walletApp, oidc.walletHandler(walletApp)));
  connect.serve(requestListener(sites.connect, connectApp, oidc.connectHandler(connectApp)));
  return {
    issuer,
    connectUrl: sites.connect.url,
    walletUrl: walletSite.url,
    oidc,
    ring,
    clock,
    database,
    events,
    redirectUri,
    logoutTokens,
    clientKey,
    card,
    phones,
    signTokensWithVirtualTime: virtualTokens,
    setRecord: (next) => {
      record = next;
    },
  };
}

function clients(serviceUrl: URL, redirectUri: string, clientKey: JWK): ClientRegistration[] {
  return [
    {
      client_id: serviceId,
      client_name: 'Service de test',
      client_secret: serviceSecret,
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [new URL('/bye', serviceUrl).href],
      backchannel_logout_uri: new URL('/backchannel', serviceUrl).href,
      initiate_login_uri: new URL('/login', serviceUrl).href,
    },
    {
      client_id: demoId,
      client_name: 'Service de démonstration',
      token_endpoint_auth_method: 'client_secret_post',
      client_secret: demoSecret,
      loopback_redirects: true,
      initiate_login_uri: '/login',
    },
    {
      client_id: programId,
      client_name: 'Programme',
      token_endpoint_auth_method: 'client_secret_post',
      client_secret: demoSecret,
      grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'],
      response_types: [],
      redirect_uris: [],
      backchannel_token_delivery_mode: 'poll',
    },
    {
      client_id: signedId,
      client_name: 'Service à userinfo signé',
      token_endpoint_auth_method: 'client_secret_post',
      client_secret: demoSecret,
      userinfo_signed_response_alg: 'RS256',
      loopback_redirects: true,
    },
    {
      client_id: keyClientId,
      client_name: 'Service à clé',
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [publicPart(clientKey)] },
      loopback_redirects: true,
    },
    {
      ...fapiClient(clientKey),
      redirect_uris: [new URL('/fapi', serviceUrl).href],
    },
    ...pairwiseIds.map(pairwiseClient),
  ];
}

/** Metadata that FAPI 2.0 asks for: pushed, signed requests and answers, DPoP, no secret. */
function fapiClient(clientKey: JWK): ClientRegistration {
  return {
    client_id: fapiId,
    client_name: 'Service FAPI',
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [publicPart(clientKey)] },
    require_pushed_authorization_requests: true,
    dpop_bound_access_tokens: true,
    id_token_signed_response_alg: 'ES256',
    authorization_signed_response_alg: 'ES256',
  };
}

function pairwiseClient(clientId: string): ClientRegistration {
  return {
    client_id: clientId,
    client_name: clientId,
    token_endpoint_auth_method: 'client_secret_post',
    client_secret: demoSecret,
    subject_type: 'pairwise',
    redirect_uris: [`https://${clientId.split('-')[0]}.example/callback`],
  };
}

function publicPart({ d: _, ...jwk }: JWK): JWK {
  return jwk;
}

/** The reader sends the browser straight back with a code. */
function createReaders(card: ProviderSite['card'], walletUrl: URL): CardReaders {
  const codes = new Map<string, string>();
  const failures = new Map<string, FailedCard>();
  return {
    async createAttempt({ signInId, reader }) {
      card.readers.push(reader);
      const code = `code-${codes.size}`;
      codes.set(code, signInId);
      return { url: new URL(`/connexion/${signInId}/carte/retour?code=${code}`, walletUrl).href };
    },
    async consumeCode({ signInId, code }) {
      if (codes.get(code) !== signInId) return undefined;
      codes.delete(code);
      if ('failure' in card.answer) failures.set(signInId, card.answer);
      return card.answer;
    },
    findFailure: async (signInId) => failures.get(signInId),
  };
}

async function listen(t: TestContext) {
  const listener = await openListener({ port: 0, bind: '127.0.0.1' });
  t.after(() => listener.close());
  return listener;
}

/** The second service: it keeps the logout tokens that it is sent, and answers everything else with "ok". */
async function startService(t: TestContext, logoutTokens: string[]): Promise<URL> {
  const server = createServer(async (req, res) => {
    if (req.url === '/backchannel') logoutTokens.push((await readForm(req)).get('logout_token') ?? '');
    res.writeHead(200).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return new URL(`http://localhost:${(server.address() as AddressInfo).port}`);
}

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

const openTestRing = (database: Database, clock: VirtualClock): Promise<KeyRing> =>
  openKeyRing({ database, clock, secret: Buffer.alloc(32, 's'), events: { report: async () => {} } });

async function generateClientKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: 'client-key', alg: 'ES256', use: 'sig' };
}
