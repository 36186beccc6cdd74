import type { TestContext } from 'node:test';
import { adeli, rpps, type Verification } from '#national-id';
import { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { BusinessEvent } from '#platform/events.ts';
import {
  createRepair,
  type EcpsState,
  type LinkNotice,
  migrations,
  type Repair,
  type RepairDependencies,
  type RepairSession,
} from '#repair';
import { type CookieBrowser, createCookieBrowser } from './cookie-browser.ts';
import { type Engine, openTestDatabase, usualEngine } from './databases.ts';
import { serveSmallSite } from './small-site.ts';

export interface RepairSite {
  url: URL;
  clock: VirtualClock;
  database: Database;
  repair: Repair;
  events: BusinessEvent[];
  notices: LinkNotice[];
  /** Links that were relied on. */
  used: string[];
  /** Sessions that were told to end. */
  ended: string[];
  /** Enrolments that a card vouched for, and what became of each. */
  enrolments: Map<string, 'waiting' | 'redeemed' | 'active' | 'ended'>;
  /** What the person has under the RPPS number. */
  ecps: { state: EcpsState };
  /** Where the ADELI number leads; `null`: the link's conditions do not hold. */
  link: { rpps: string | null };
  contacts: { email: string | null; phone: string | null };
  /** A browser with this session on wallet; without one where absent. */
  openBrowser(session?: RepairSession): Promise<CookieBrowser>;
  /** Ends a session as oidc does: the browser keeps its cookie. */
  endSession(uid: string): void;
}

export const nurse = { adeli: '991234568', rpps: '99700000013' };
export const portal = { clientId: 'portal', name: 'Mes lieux', url: 'http://localhost:4000/login?iss=us' };
export const closedService = { clientId: 'closed', name: 'Dossiers <b>&</b> soins', url: undefined };

/** Reads a card now. */
export function verifyCard(clock: { now(): number }, changes: Partial<Verification> = {}): Verification {
  return {
    nationalId: adeli(nurse.adeli),
    givenName: 'Jeanne',
    familyName: 'MARTIN',
    profession: '60',
    method: 'card',
    verifiedAt: clock.now(),
    ...changes,
  };
}

/** The repair for real on one listener; provider, phones and directory are the test's. */
export async function openRepairSite(t: TestContext, engine: Engine = usualEngine): Promise<RepairSite> {
  const clock = new VirtualClock();
  const database = await openTestDatabase(t, engine, migrations);
  const sessions = new Map<string, RepairSession>();
  const site = {
    clock,
    database,
    events: [] as BusinessEvent[],
    notices: [] as LinkNotice[],
    used: [] as string[],
    ended: [] as string[],
    enrolments: new Map() as RepairSite['enrolments'],
    ecps: { state: 'none' as EcpsState },
    link: { rpps: nurse.rpps as string | null },
    contacts: { email: 'jeanne@example.fr' as string | null, phone: '0639980142' as string | null },
  };
  let repair: Repair | undefined;
  const url = await serveSmallSite(t, (app) => {
    const wallet = new URL('http://localhost:4002');
    repair = createRepair({ ...dependenciesOf(site, sessions), addresses: addressesOf(wallet) });
    app.route('/', repair.routes);
    app.post('/deconnexion', async (c) => {
      await repair?.endHeld(c);
      return c.text('signed out');
    });
    app.get('/connexion', (c) => c.text(`sign in ${c.req.url}`));
  });
  if (!repair) throw new Error('no repair');
  return {
    ...site,
    url,
    repair,
    async openBrowser(session) {
      const browser = createCookieBrowser();
      if (!session) return browser;
      sessions.set(session.uid, session);
      await browser.jar.setCookie(`test_session=${session.uid}`, url.href);
      return browser;
    },
    endSession: (uid) => void sessions.delete(uid),
  };
}

const addressesOf = (wallet: URL) => ({
  wallet,
  app: new URL('http://localhost:4003'),
  contactPage: (returnTo: URL) => new URL(`http://localhost:4004/coordonnees?retour=${returnTo.href}`),
  forgotten: '/mot-de-passe-oublie',
});

type Parts = Omit<RepairSite, 'url' | 'repair' | 'openBrowser' | 'endSession'>;

function dependenciesOf(
  site: Parts,
  sessions: Map<string, RepairSession>,
): Omit<RepairDependencies, 'addresses'> {
  return {
    database: site.database,
    clock: site.clock,
    key: Buffer.alloc(32, 'k').toString('base64url'),
    events: { report: async (unit, event) => unit.afterCommit(() => site.events.push(event)) },
    notices: { send: async (unit, notice) => unit.afterCommit(() => site.notices.push(notice)) },
    directory: directoryOf(site),
    ecps: ecpsOf(site),
    findSession: async (c) =>
      sessions.get(/test_session=(\w+)/.exec(c.req.header('cookie') ?? '')?.[1] ?? ''),
    endSession: async (uid) => {
      site.ended.push(uid);
      sessions.delete(uid);
    },
    signInUrl: (path, wish) =>
      `/connexion?${new URLSearchParams({ path, card: String(wish?.byCard ?? false) })}`,
  };
}

function directoryOf({ link, contacts, used }: Parts): RepairDependencies['directory'] {
  return {
    findPractitioner: async () => ({ practitioner, roles: [] }),
    findContactDetails: async () => contacts as never,
    asOf: async () => 0,
    resolveLink: async () =>
      link.rpps === null ? { outcome: 'mismatch', reason: 'names' } : { outcome: 'linked', rpps: link.rpps },
    recordLinkUse: async (unit, number) => unit.afterCommit(() => used.push(number)),
  };
}

const practitioner = { active: true, endedAt: null } as never;

function ecpsOf({ enrolments, ecps }: Parts): NonNullable<RepairDependencies['ecps']> {
  const linkOf = (id: string) => ({
    id,
    url: `http://localhost:4003/activation#c.${id}.${Math.random()}`,
    notMeUrl: `http://localhost:4003/ce-n-est-pas-moi/${id}`,
  });
  let count = 0;
  return {
    findState: async () => ecps.state,
    async createCardEnrolment(_request, unit) {
      const id = `enr_${count++}`;
      unit.afterCommit(() => enrolments.set(id, 'waiting'));
      return linkOf(id);
    },
    renewCardLink: async (id) => (enrolments.get(id) === 'waiting' ? linkOf(id) : undefined),
    findCardEnrolment: async (id) => enrolments.get(id),
  };
}

/** A session of this person, used for these services. */
export function sessionOf(
  uid: string,
  verification: Verification,
  services: RepairSession['services'] = [portal],
): RepairSession {
  return { uid, verification, services };
}

export const underRpps = (clock: { now(): number }): Verification =>
  verifyCard(clock, { nationalId: rpps(nurse.rpps) });
