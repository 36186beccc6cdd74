import type { TestContext } from 'node:test';
import { sql } from 'kysely';
import {
  type ActivationLinkMessage,
  type ApprovalQuestion,
  type Authenticator,
  type AuthenticatorDirectory,
  type CodeMessage,
  createAppShell,
  createAuthenticator,
  isAppApi,
  migrations,
  type NoticeMessage,
  type RemovalCodesMessage,
} from '#authenticator';
import { formatIdNatPs, type NationalId, rpps } from '#national-id';
import { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { BusinessEvent } from '#platform/events.ts';
import { createSite, requestListener } from '#platform/http/create-site.ts';
import { openListener } from '#platform/http/listener.ts';
import { createLogger } from '#platform/logger.ts';
import { rateLimitMigrations } from '#platform/rate-limit/rate-limiter.ts';
import { type Engine, openTestDatabase, usualEngine } from './databases.ts';

export interface Person {
  nationalId: NationalId;
  givenName: string;
  familyName: string;
  profession: string;
  active: boolean;
  email: string | null;
  phone: string | null;
}

export interface EcpsSite {
  url: URL;
  clock: VirtualClock;
  database: Database;
  authenticator: Authenticator;
  events: BusinessEvent[];
  /** What would have left, in order. */
  links: ActivationLinkMessage[];
  codes: CodeMessage[];
  removalCodes: RemovalCodesMessage[];
  notices: NoticeMessage[];
  /** Sessions that were told to end. */
  ended: string[];
  /** Whose contact details an activation through them has verified. */
  confirmed: { number: string; sentAt: number }[];
  people: Map<string, Person>;
  adeliLinks: Map<string, string>;
  /** A question of a service, from a browser. */
  ask(changes?: Partial<ApprovalQuestion>): ReturnType<Authenticator['requestApproval']>;
  eventNames(): string[];
}

export const nurse: Person = {
  nationalId: rpps('99700012042'),
  givenName: 'Claire',
  familyName: 'Fontaine',
  profession: '60',
  active: true,
  email: 'claire.fontaine@example.fr',
  phone: '0639980142',
};

export const question: ApprovalQuestion = {
  signInId: 'sign-in',
  identifier: nurse.nationalId.value,
  browserHash: 'browser',
  address: '127.0.0.1',
  service: { clientId: 'portal', name: 'Mes lieux d’exercice' },
  device: 'Firefox, Linux',
  place: null,
};

export interface EcpsSiteOptions {
  engine?: Engine;
  database?: Database;
  keys?: { wrappingKey: string; hmacKey: string };
}

const secret = (letter: string) => Buffer.alloc(32, letter).toString('base64url');
export const testKeys = { wrappingKey: secret('w'), hmacKey: secret('h') };
export const ecpsMigrations = [...migrations, ...rateLimitMigrations];

/** The authenticator for real on its app listener; the directory and the messages are the test's. */
export async function openEcpsSite(t: TestContext, options: EcpsSiteOptions = {}): Promise<EcpsSite> {
  const clock = new VirtualClock();
  const database =
    options.database ?? (await openTestDatabase(t, options.engine ?? usualEngine, ecpsMigrations));
  const listener = await openListener({ port: 0, bind: '127.0.0.1' });
  const url = new URL(`http://localhost:${listener.port}`);
  const people = new Map([[formatIdNatPs(nurse.nationalId), nurse]]);
  const adeliLinks = new Map<string, string>();
  const confirmed: EcpsSite['confirmed'] = [];
  const [events, links, codes, removalCodes, notices, ended]: [
    BusinessEvent[],
    ActivationLinkMessage[],
    CodeMessage[],
    RemovalCodesMessage[],
    NoticeMessage[],
    string[],
  ] = [[], [], [], [], [], []];
  const authenticator = createAuthenticator({
    database,
    clock,
    events: { report: async (unit, event) => unit.afterCommit(() => events.push(event)) },
    directory: testDirectory({ people, adeliLinks, confirmed }),
    messages: {
      sendActivationLink: async (unit, message) => unit.afterCommit(() => links.push(message)),
      sendCode: async (unit, message) => unit.afterCommit(() => codes.push(message)),
      sendRemovalCodes: async (unit, message) => unit.afterCommit(() => removalCodes.push(message)),
      sendNotice: async (unit, message) => unit.afterCommit(() => notices.push(message)),
    },
    sessions: {
      planEnd: async () => {},
      endOpenedByEcps: async (nationalId) => void ended.push(`ecps ${formatIdNatPs(nationalId)}`),
      endUnder: async (nationalId) => void ended.push(`all ${formatIdNatPs(nationalId)}`),
    },
    keys: options.keys ?? testKeys,
    appUrl: url,
  });
  const site = { name: 'app', url, title: { fr: 'e-CPS', en: 'e-CPS' }, sandbox: true } as const;
  const app = createSite(site, { logger: createLogger('silent'), isCrossSite: isAppApi });
  app.route('/', authenticator.routes).route('/', createAppShell());
  listener.serve(requestListener(site, app));
  t.after(async () => {
    await authenticator[Symbol.asyncDispose]();
    await listener.close();
  });
  return {
    url,
    clock,
    database,
    authenticator,
    events,
    links,
    codes,
    removalCodes,
    notices,
    ended,
    confirmed,
    people,
    adeliLinks,
    ask: (changes) => authenticator.requestApproval({ ...question, ...changes }),
    eventNames: () => events.map(({ name }) => name.replace('authenticator.', '')),
  };
}

type Known = Pick<EcpsSite, 'people' | 'adeliLinks' | 'confirmed'>;

function testDirectory({ people, adeliLinks, confirmed }: Known): AuthenticatorDirectory {
  return {
    async findPractitioner(nationalId) {
      const person = people.get(formatIdNatPs(nationalId));
      if (!person) return undefined;
      const { active, familyName, givenName, profession } = person;
      const expertise = { professionLabel: null, category: 'C', categoryLabel: null, expertise: [] };
      const qualifications = [{ profession, ...expertise }];
      return { practitioner: { active, familyName, givenName, qualifications } };
    },
    async findContactDetails(nationalId) {
      const person = people.get(formatIdNatPs(nationalId));
      return person && { email: person.email, phone: person.phone };
    },
    confirmContactDetails: async (unit, nationalId, sentAt) =>
      unit.afterCommit(() => confirmed.push({ number: formatIdNatPs(nationalId), sentAt })),
    findLinkedAdeli: async (number) =>
      [...adeliLinks].filter(([, target]) => target === number).map(([adeli]) => adeli),
    async resolveLink(adeli, claimed) {
      const target = adeliLinks.get(adeli);
      const person = target && people.get(formatIdNatPs(rpps(target)));
      if (!target || !person) return { outcome: 'none' };
      const agrees = person.familyName === claimed.familyName && person.profession === claimed.profession;
      return agrees ? { outcome: 'linked', rpps: target } : { outcome: 'mismatch' };
    },
  };
}

/** Every row of every table; on SQLite. */
export async function dump({ database }: EcpsSite): Promise<string> {
  const tables = sql<{ name: string }>`select name from sqlite_master where type = 'table' order by name`;
  const rows: unknown[] = [];
  for (const { name } of (await tables.execute(database.as())).rows)
    rows.push(name, (await sql`select * from ${sql.table(name)}`.execute(database.as())).rows);
  return JSON.stringify(rows);
}
