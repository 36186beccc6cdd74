import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Audit, createAudit } from '#audit';
import {
  type Authenticator,
  resetTables as authenticatorTables,
  createAppShell,
  isAppApi,
  removalPath,
} from '#authenticator';
import { type Config, openSandboxSecrets, type Secrets } from '#config';
import { contactPageUrl } from '#contact-page';
import { createDirectory, type Directory } from '#directory';
import type { KeyRing } from '#oidc';
import { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { createSite, type NodeHandler, requestListener } from '#platform/http/create-site.ts';
import { logRequests } from '#platform/http/log-requests.ts';
import type { ListenerName } from '#platform/http/site.ts';
import { createLogger, type Logger } from '#platform/logger.ts';
import { isCrossSitePath } from '#relying-party';
import {
  type CardAuthority,
  createCibaDecisions,
  createConformancePages,
  isApi,
  isConformancePath,
  openCardAuthority,
  openSandbox,
  type Sandbox,
} from '#sandbox';
import { createSignIn } from '#sign-in';
import { clientTlsOptions, type SmartCard } from '#smart-card';
import { type BuiltAuthenticator, buildAuthenticator } from './build-authenticator.ts';
import { type BuiltDirectorySite, buildDirectorySite } from './build-directory-site.ts';
import { buildPortal } from './build-portal.ts';
import { type BuiltProvider, buildProvider, issuerOf, startingPoint } from './build-provider.ts';
import { buildSmartCard } from './build-smart-card.ts';
import { generationsOf, openRing, openServingState } from './command-context.ts';
import { announce, type Listeners, openListeners, withdraw } from './listeners.ts';
import { createMessaging, type Messaging } from './messaging.ts';
import { resetTables } from './migrations.ts';
import { holdDataDirectory } from './serving-lock.ts';
import { startSweeping } from './sweeping.ts';
import type { WorkerRole } from './workers.ts';

export interface Server {
  /** Public base URL of each listener. */
  urls: Record<string, string>;
  /** The pages and interfaces behind each listener that this process opened. */
  apps: ReadonlyMap<ListenerName, SitePages>;
  close(): Promise<void>;
}

type SitePages = ReturnType<typeof createSite>;

export interface ServerOptions {
  /** Generated rows around the sandbox's personas. */
  seedRows?: number;
  /** In a process of several, which say together where they listen. */
  role?: WorkerRole;
}

/** What every part is built from. */
interface Foundations {
  config: Config;
  secrets: Secrets;
  database: Database;
  clock: VirtualClock;
  logger: Logger;
  audit: Audit;
  ring: KeyRing;
  directory: Directory;
  authority: CardAuthority;
  listeners: Listeners;
  messaging: Messaging;
  apps: Map<ListenerName, SitePages>;
}

/** Opens the databases, builds the modules, wires the listeners: the whole system on one page. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<Server> {
  await using opened = new AsyncDisposableStack();
  const foundations = await openFoundations(listenersFor(config, options), opened);
  const { listeners, messaging } = foundations;

  const { authenticator, jobHandlers } = buildPhones(foundations, () => provider);
  opened.use(authenticator);
  const sandbox = opened.use(
    await openWorld(foundations, { ...options, authenticator, provider: () => provider }),
  );
  const smartCard = buildSmartCard(foundations);
  const provider = buildProvider(foundations, sandbox, authenticator);
  serveProvider(foundations, { ...provider, smartCard, authenticator });
  servePortal(foundations);
  serve(foundations, 'app', { isCrossSite: isAppApi }, (site) => {
    site
      .route('/', createAppShell(appLinks(foundations)))
      .route('/', sandbox.appRoutes)
      .route('/', authenticator.routes);
  });
  const directorySite = serveDirectory(foundations);
  serve(foundations, 'sandbox', { isCrossSite: isApi }, (site) => site.route('/', sandbox.routes));
  listeners.opened.get('card')?.serve(logRequests('card', foundations.logger, smartCard.listener));

  opened.use(messaging.start(jobHandlers, directorySite.jobHandlers, provider.jobHandlers));
  opened.use(
    startSweeping(
      [
        provider.oidc,
        { sweep: provider.oidc.refreshKeys },
        provider.repair,
        authenticator,
        directorySite,
        messaging.jobs,
        foundations.directory,
      ],
      foundations.logger,
    ),
  );
  if (!options.role) {
    await announce(config.dataDir, listeners.urls);
    opened.defer(() => withdraw(config.dataDir));
  }
  const resources = opened.move();
  return { urls: listeners.urls, apps: foundations.apps, close: () => resources.disposeAsync() };
}

/** Of several processes one serves the sandbox's own pages. */
function listenersFor(config: Config, { role }: ServerOptions): Config {
  if (role !== 'other') return config;
  return { ...config, only: config.only.filter((name) => name !== 'sandbox') };
}

async function openFoundations(config: Config, opened: AsyncDisposableStack): Promise<Foundations> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  opened.use(holdDataDirectory(config));
  const clock = new VirtualClock();
  const logger = createLogger(config.logLevel);
  const secrets = await openSandboxSecrets(config.dataDir);
  const authority = await openCardAuthority({ dir: join(config.dataDir, 'pki'), clock });
  const database = opened.adopt(await openServingState(config, secrets), (state) => state.close());
  const audit = createAudit({ database, clock, logger });
  const ring = await openRing(config, secrets, { database, clock, events: audit });
  const directory = opened.use(
    createDirectory({ database, generations: generationsOf(config), clock, events: audit }),
  );
  const tls = {
    card: { ...authority.server, ...clientTlsOptions(authority.trust) },
    mtls: { ...authority.server, ...clientTlsOptions(authority.organizations.trust) },
  };
  const listeners = opened.adopt(await openListeners(config, tls), (all) => all.close());
  const messaging = createMessaging({ config, secrets, database, clock, logger });
  const shared = { config, secrets, database, clock, logger, audit, ring, directory };
  return { ...shared, authority, listeners, messaging, apps: new Map() };
}

/** Its e-CPS end sessions and repairs of the provider, which is built later. */
function buildPhones(foundations: Foundations, provider: () => BuiltProvider): BuiltAuthenticator {
  const { audit, listeners } = foundations;
  return buildAuthenticator({
    ...foundations,
    events: audit,
    sessions: {
      endOpenedByEcps: (id, before = Infinity) =>
        provider().oidc.endSessionsOf(id, 'means_removed', { method: 'ecps', before }),
      endUnder: (id, before = Infinity) => provider().oidc.endSessionsOf(id, 'superseded', { before }),
    },
    repairs: { findOpen: (nationalId) => provider().repair.findOpen(nationalId) },
    appUrl: listeners.sites.app.url,
  });
}

interface WorldOptions extends ServerOptions {
  authenticator: Authenticator;
  /** Built later. */
  provider(): BuiltProvider;
}

function openWorld(foundations: Foundations, { provider, ...options }: WorldOptions): Promise<Sandbox> {
  const { audit, config, listeners, messaging } = foundations;
  const { portal, connect, wallet, app, directory, sandbox, card } = listeners.sites;
  return openSandbox({
    ...foundations,
    ...options,
    mails: messaging.mails,
    sms: messaging.sms,
    events: audit,
    trail: audit,
    authenticatorTables,
    repairs: {
      listAddresses: () => provider().repair.listAddresses(),
      findAddress: (id) => provider().repair.findAddress(id),
    },
    urls: {
      portal: portal.url,
      connect: connect.url,
      wallet: wallet.url,
      app: app.url,
      directory: directory.url,
      sandbox: sandbox.url,
      card: card.url,
    },
    dataDirectory: config.dataDir,
    resetTables,
  });
}

interface Means {
  smartCard: SmartCard;
  authenticator: Authenticator;
}

function serveProvider(foundations: Foundations, provider: BuiltProvider & Means): void {
  const { oidc, repair, smartCard, authenticator } = provider;
  const { database, clock, listeners } = foundations;
  const signIn = createSignIn({
    cards: smartCard,
    host: oidc.signInHost,
    start: startingPoint(foundations.listeners),
    ecps: {
      approvals: authenticator,
      database,
      clock,
      appUrl: listeners.sites.app.url,
      forgottenPath: removalPath,
    },
  });
  const removal = authenticator.walletRoutes({ cards: smartCard, ticketUrl: repair.findTicketUrl });
  const { conformance } = foundations.config;
  const isCrossSite = (path: string) => conformance && isConformancePath(path);
  serve(foundations, 'wallet', { before: oidc.walletHandler, isCrossSite }, (site) => {
    if (conformance) {
      const decisions = createCibaDecisions(foundations);
      site.route('/', createConformancePages({ host: oidc.signInHost, clock, decisions }));
    }
    site.route('/', signIn.routes).route('/', removal).route('/', oidc.routes).route('/', repair.routes);
  });
  serve(foundations, 'mtls', { before: oidc.mtlsHandler, isCrossSite: () => true }, () => {});
  serve(foundations, 'connect', { before: oidc.connectHandler, isCrossSite: () => true }, (site) => {
    site.route('/', oidc.connectRoutes);
  });
}

function servePortal(foundations: Foundations): void {
  const routes = buildPortal(foundations, issuerOf(foundations.listeners));
  serve(foundations, 'portal', { isCrossSite: isCrossSitePath }, (site) => site.route('/', routes));
}

/** The sites that the app is tied to. */
function appLinks({ listeners }: Foundations) {
  const { sandbox, directory, app } = listeners.sites;
  const contactDetailsUrl = contactPageUrl(directory.url, app.url.href).href;
  return { frameAncestor: sandbox.url.origin, contactDetailsUrl };
}

function serveDirectory(foundations: Foundations): BuiltDirectorySite {
  const site = buildDirectorySite(foundations, issuerOf(foundations.listeners));
  serve(foundations, 'directory', site.rules, (app) => app.route('/', site.routes));
  return site;
}

interface Serving extends Omit<Parameters<typeof createSite>[1], 'logger'> {
  before?: (site: SitePages) => NodeHandler;
}

/** Gives a listener its pages; one that this process does not open is left out. */
function serve(
  { listeners, logger, apps }: Foundations,
  name: ListenerName,
  { before, ...rules }: Serving,
  mount: (site: SitePages) => unknown,
): void {
  const listener = listeners.opened.get(name);
  if (!listener) return;
  const site = listeners.sites[name];
  const app = createSite(site, { logger, ...rules });
  mount(app);
  apps.set(name, app);
  listener.serve(logRequests(name, logger, requestListener(site, app, before?.(app))));
}
