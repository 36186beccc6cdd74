import type { Context, Hono } from 'hono';
import { deleteCookie } from 'hono/cookie';
import type { AdapterPayload } from 'oidc-provider';
import { Provider } from 'oidc-provider/lib/provider.js';
import type { NationalId } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { NodeHandler } from '#platform/http/create-site.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { JobHandlers } from '#platform/jobs/job-handler.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';
import type { Logger } from '#platform/logger.ts';
import type { SignInHost } from '#sign-in';
import { type ClaimsSource, createClaimsCollector, createFindAccount, verificationOf } from './accounts.ts';
import { createAdapterFactory } from './adapter.ts';
import { createBackChannel } from './back-channel-logout.ts';
import type { BackchannelApprovals } from './ciba/approvals.ts';
import { createCiba } from './ciba/ciba.ts';
import type { ClientRegistration } from './clients/client-metadata.ts';
import { createClientStore } from './clients/client-store.ts';
import { createConfiguration, routes as paths } from './configuration.ts';
import { pscPolicy } from './eras/psc-eras.ts';
import { createEvents } from './events.ts';
import { registerExchange } from './exchange/exchange-grant.ts';
import { createConnectHandler, createWalletHandler, leaveErrorToPages } from './hosts.ts';
import type { KeyRing } from './keys/key-ring.ts';
import { replaceKeys } from './keys/replace-keys.ts';
import { createLanes } from './lanes/create-lanes.ts';
import { createPublished } from './lanes/published.ts';
import { logErrors } from './log-errors.ts';
import { createConnectLogout } from './logout.ts';
import { useMiddleware } from './middleware.ts';
import type { VerifyOrganization } from './mtls/client-certificates.ts';
import { createMtlsHandler } from './mtls/mtls-handler.ts';
import type { StartingPoint } from './pages.ts';
import type { OidcPolicy } from './policy.ts';
import { usePscModels } from './psc-models.ts';
import { type Bridging, createRecordSignIn } from './record-sign-in.ts';
import { createRecordStore } from './record-store.ts';
import {
  createSessions,
  type EndReason,
  type MeantSessions,
  type SignInRepairs,
  type WalletSession,
} from './sessions.ts';
import { createSignInHost } from './sign-in-host.ts';
import { createTokenSigner } from './token-signer.ts';
import { createUnitOfWork } from './unit-of-work.ts';
import { createConnectRoutes, createWalletRoutes, nodeExchange } from './wallet-routes.ts';
import { createWalletSignIn, type SignInWish } from './wallet-sign-in.ts';

export interface OidcOptions {
  database: Database;
  clock: Clock;
  events: EventReporter;
  logger: Logger;
  /** `<connect>/auth/realms/esante-wallet`. */
  issuer: string;
  walletUrl: URL;
  /** Where organisations authenticate by a certificate; absent: nowhere. */
  mtls?: { url: URL; verify: VerifyOrganization };
  clients: readonly ClientRegistration[];
  /** What signs tokens. */
  ring: KeyRing;
  /** A secret of 32 bytes or more: makes pairwise subjects. */
  subjectKey: string;
  /** The first one signs cookies. */
  cookieKeys: readonly string[];
  claims: ClaimsSource;
  /** Offered where a request led nowhere and its service is not known. */
  start: StartingPoint;
  policy?: OidcPolicy;
  /** Path on wallet of the pages that sign people in; `/connexion` unless told. */
  signInPath?: string;
  /** Absent: services that cannot be told of a logout at once are not told. */
  jobs?: Jobs;
  /** Absent: nobody repairs a sign-in here. */
  repairs?: SignInRepairs;
  /** What asks people by CIBA; absent: nothing does. */
  backchannelApprovals?: BackchannelApprovals;
  /** Absent: an ADELI login tells the ADELI number. */
  bridging?: Bridging | undefined;
  /** Lets back-channel logout call services on loopback: sandbox and tests. */
  allowLoopbackCalls?: boolean;
  /** Whether newly signed tokens show the clock's time; rows are judged by it always. */
  signTokensWithVirtualTime?: () => boolean;
}

export interface Oidc {
  /** Wallet's pages: errors, signing out. */
  routes: Hono<AppEnv>;
  /** Connect's pages. */
  connectRoutes: Hono<AppEnv>;
  /** What answers before the pages of each listener. */
  walletHandler(app: Hono<AppEnv>): NodeHandler;
  connectHandler(app: Hono<AppEnv>): NodeHandler;
  mtlsHandler(): NodeHandler;
  signInHost: SignInHost;
  findSession(c: Context<AppEnv>): Promise<WalletSession | undefined>;
  /** Ends a session everywhere, with back-channel logout. */
  endSession(uid: string, reason: EndReason): Promise<void>;
  /** The same for every session under a number that is meant. */
  endSessionsOf(nationalId: NationalId, reason: EndReason, meant?: MeantSessions): Promise<void>;
  /** By which services learn of it that could not be told at once. */
  jobHandlers: JobHandlers;
  /** Where a browser signs in, to come back to `path` on wallet. */
  signInUrl(path: string, wish?: SignInWish): string;
  /** Takes up signing keys that other processes have begun, and begins new ones where these are old. */
  refreshKeys(): Promise<void>;
  /** Deletes a batch of expired rows; returns how many. */
  sweep(): Promise<number>;
}

export function createOidc(options: OidcOptions): Oidc {
  const { database, clock, logger, walletUrl, policy = pscPolicy, repairs } = options;
  const store = createRecordStore(database);
  const clients = createClientStore(database);
  const work = createUnitOfWork<AdapterPayload>(database);
  const events = createEvents(options.events);
  const signIn = createWalletSignIn(walletUrl);
  const recordSignIn = createRecordSignIn({ work, events, repairs, bridging: options.bridging });
  const approvals = options.backchannelApprovals;
  const ciba =
    approvals && createCiba({ ...options, approvals, work, policy, recordSignIn, provider: () => provider });

  const adapter = createAdapterFactory({ store, work, clock, policy, clients });
  const collectClaims = createClaimsCollector(options.claims, policy);
  const findAccount = createFindAccount(() => provider, collectClaims, policy);
  const signer = createTokenSigner(options.ring);

  const provider: Provider = new Provider(
    options.issuer,
    createConfiguration({
      ...options,
      policy,
      keys: options.ring.keys(),
      signInPath: options.signInPath ?? '/connexion',
      adapter,
      findAccount,
      walletRedirectUri: signIn.redirectUri,
      allowLoopbackCalls: options.allowLoopbackCalls ?? false,
      ciba: ciba?.feature,
      renderError: leaveErrorToPages,
    }),
  );
  provider.proxy = true;
  logErrors(provider, logger);
  const models = usePscModels(provider, {
    signer,
    subjectKey: options.subjectKey,
    clock,
    policy,
    signTokensWithVirtualTime: options.signTokensWithVirtualTime ?? (() => false),
    verificationOf,
  });
  ciba?.use(provider);
  registerExchange(provider, findAccount);
  const backChannel = createBackChannel({ provider, database, clock, logger, jobs: options.jobs });
  const sessions = createSessions({ provider, store, work, events, clock, backChannel, repairs });
  const { issuer, mtls } = options;
  const published = createPublished();
  useMiddleware(provider, {
    ...{ work, store, sessions, models, policy, events, walletUrl, issuer, published },
    mtlsUrl: mtls?.url,
  });

  const routes = createWalletRoutes({
    provider,
    sessions,
    signIn,
    start: options.start,
    repairs,
    clearSessionCookie: (c) => clearSessionCookie(c, provider, walletUrl),
  });
  if (ciba) routes.route('/', ciba.routes(sessions, signIn));
  const lanes = createLanes({ provider, policy, signer, adapter, collectClaims, published });
  const logout = createConnectLogout(provider, sessions, walletUrl);
  return {
    routes,
    connectRoutes: createConnectRoutes(new URL(options.issuer).pathname + paths.end_session, options.start),
    walletHandler: (app) => createWalletHandler(provider, app),
    connectHandler: (app) => createConnectHandler({ provider, walletUrl, logout, logger, lanes }, app),
    mtlsHandler: () => createMtlsHandler({ provider, logger, verify: mtls?.verify ?? (async () => false) }),
    signInHost: createSignInHost({ provider, work, policy, recordSignIn }),
    findSession: (c) => sessions.find(...nodeExchange(c)),
    endSession: (uid, reason) => sessions.end(uid, reason),
    endSessionsOf: (nationalId, reason, meant) => sessions.endAll(nationalId, reason, meant),
    jobHandlers: { ...backChannel.jobHandlers, ...ciba?.jobHandlers },
    signInUrl: (path, wish) => signIn.url(path, wish),
    async refreshKeys() {
      if (await options.ring.refresh()) replaceKeys(provider, options.ring.keys());
      // Each time: an answer under way may have kept the older keys.
      published.forget();
    },
    sweep: () => database.write((unit) => store.sweep(unit, clock.now())),
  };
}

function clearSessionCookie(c: Context<AppEnv>, provider: Provider, walletUrl: URL): void {
  const name = provider.cookieName('session');
  for (const cookie of [name, `${name}.sig`])
    deleteCookie(c, cookie, { path: '/', secure: walletUrl.protocol === 'https:' });
}
