import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { JWK } from 'jose';
import { adeli, rpps, type Verification } from '#national-id';
import {
  type BackchannelApprovals,
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
import { clientsOf, generateClientKey } from './provider-clients.ts';
import { createStandInPhones, type StandInPhones } from './stand-in-phones.ts';

export {
  demoId,
  demoSecret,
  fapiId,
  keyClientId,
  pairwiseIds,
  programId,
  serviceId,
  serviceSecret,
  signedId,
} from './provider-clients.ts';

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
    clients: clientsOf(serviceUrl, redirectUri, clientKey),
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
