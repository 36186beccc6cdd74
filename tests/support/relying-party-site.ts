import type { TestContext } from 'node:test';
import type { Hono } from 'hono';
import { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { BusinessEvent, EventReporter } from '#platform/events.ts';
import { createSite, requestListener } from '#platform/http/create-site.ts';
import { openListener } from '#platform/http/listener.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { createLogger } from '#platform/logger.ts';
import {
  createRelyingParty,
  isCrossSitePath,
  migrations,
  type RelyingParty,
  type RelyingPartyAddresses,
  relyingPartyAddresses,
} from '#relying-party';
import { type Engine, openTestDatabase, usualEngine } from './databases.ts';
import { startTestIssuer, type TestIssuer } from './test-issuer.ts';

/** What a relying party is told of its issuer. */
export type IssuerAccount = Pick<TestIssuer, 'url' | 'clientId' | 'clientSecret'>;

export interface RelyingPartySite<Issuer extends IssuerAccount = TestIssuer> {
  site: URL;
  issuer: Issuer;
  clock: VirtualClock;
  database: Database;
  events: BusinessEvent[];
}

export interface SiteOptions {
  engine?: Engine;
  homePath?: string;
  signInPath?: string;
  scope?: string;
  /** What else the site serves; a page that shows the session's claims where absent. */
  routes?(relyingParty: RelyingParty, app: Hono<AppEnv>): void;
}

/** A site with one relying party and an issuer that is not ours. */
export const startRelyingPartySite = (t: TestContext, options?: SiteOptions): Promise<RelyingPartySite> =>
  startRelyingPartyOf(t, startTestIssuer, options);

/** The same with an issuer of the test's own. */
export async function startRelyingPartyOf<Issuer extends IssuerAccount>(
  t: TestContext,
  startIssuer: (t: TestContext, addresses: RelyingPartyAddresses) => Promise<Issuer>,
  options: SiteOptions = {},
): Promise<RelyingPartySite<Issuer>> {
  const listener = await openListener({ port: 0, bind: '127.0.0.1' });
  t.after(() => listener.close());
  const url = new URL(`http://localhost:${listener.port}`);
  const issuer = await startIssuer(t, relyingPartyAddresses(url));
  const database = await openTestDatabase(t, options.engine ?? usualEngine, migrations);
  const clock = new VirtualClock();
  const { reporter, events } = collectEvents();
  const logger = createLogger('silent');
  const site = { name: 'portal', url, title: { fr: 'Essai', en: 'Test' }, sandbox: false } as const;
  const relyingParty = createRelyingParty({
    database,
    clock,
    logger,
    events: reporter,
    site,
    client: {
      issuer: issuer.url,
      clientId: issuer.clientId,
      clientSecret: issuer.clientSecret,
      scope: options.scope ?? 'openid scope_all repair',
      allowInsecure: true,
    },
    homePath: options.homePath ?? '/accueil',
    signInPath: options.signInPath ?? '/entrer',
  });
  const app = createSite(site, { logger, isCrossSite: isCrossSitePath });
  app.route('/', relyingParty.routes);
  (options.routes ?? showClaims)(relyingParty, app);
  listener.serve(requestListener(site, app));
  return { site: url, issuer, clock, database, events };
}

function showClaims(relyingParty: RelyingParty, app: Hono<AppEnv>): void {
  app.get(
    '/accueil',
    relyingParty.requireSession((c, session) => c.json(session.claims)),
  );
  app.get('/ailleurs', (c) => c.text('ailleurs'));
  app.get('/entrer', (c) => c.text('entrer'));
}

function collectEvents(): { reporter: EventReporter; events: BusinessEvent[] } {
  const events: BusinessEvent[] = [];
  const report: EventReporter['report'] = async (unit, event) => {
    unit.afterCommit(() => void events.push(event));
  };
  return { reporter: { report }, events };
}
