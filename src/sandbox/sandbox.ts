import { join } from 'node:path';
import { Hono } from 'hono';
import type { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { MailOutbox } from '#platform/mail/mail-outbox.ts';
import type { SmsOutbox } from '#platform/sms/sms-outbox.ts';
import { createApiRoutes } from './api/routes.ts';
import { type DemoRegistration, openDemoClients, toRegistration } from './demo-clients.ts';
import { createEvents, type SandboxEvents } from './events.ts';
import { createHomeRoutes } from './home/routes.ts';
import { createPersonaCards, type PersonaCards } from './persona-cards.ts';
import type { CardAuthority } from './pki/index.ts';
import type { SandboxUrls, SeedDirectory, Trail } from './ports.ts';
import { createCardSlots } from './reader/card-slot.ts';
import { createPinCounter } from './reader/pin.ts';
import { createReader, type Reader } from './reader/reader.ts';
import { createReaderRoutes } from './reader/routes.ts';
import { createRevocation } from './revocation.ts';
import { createSandboxClock } from './sandbox-clock.ts';
import { createSeed } from './seed/seed.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { createUniverse } from './universe.ts';

export interface SandboxDependencies {
  database: Database;
  /** Judges what is stored; set from its row before anything else is made. */
  clock: VirtualClock;
  /** Already open, since the card listener needs its certificate before there are URLs. */
  authority: CardAuthority;
  events: EventReporter;
  trail: Trail;
  directory: SeedDirectory;
  mails: MailOutbox;
  sms: SmsOutbox;
  urls: SandboxUrls;
  /** Where the authority (`pki/`) and the seed's files (`seed/`) live. */
  dataDirectory: string;
  /** Tables of all modules that a reset empties, children first. */
  resetTables: readonly string[];
  /** Rows that the seed generates around its people; 20,000 unless told. */
  seedRows?: number;
}

export interface Sandbox {
  routes: Hono<AppEnv>;
  /** The demo clients, as the provider registers them. */
  registrations: DemoRegistration[];
  /** Whether newly signed tokens show the clock's time: only when an advance asked for it. */
  tokensFollowClock(): boolean;
}

/**
 * Takes up the sandbox where it was left; the first time it makes everything: cards, keys, and a
 * directory imported from two extracts.
 */
export async function openSandbox(dependencies: SandboxDependencies): Promise<Sandbox> {
  const { database, clock, authority, urls, dataDirectory } = dependencies;
  const sandboxClock = createSandboxClock(dependencies);
  await sandboxClock.load();
  const seed = createSeed({
    ...dependencies,
    files: join(dataDirectory, 'seed'),
    rows: dependencies.seedRows,
  });
  const cards = createPersonaCards(authority, clock);
  const [clients] = await Promise.all([
    openDemoClients(database),
    seed.plant(),
    cards.open(),
    authority.reissueCrls(),
  ]);

  const events = createEvents(dependencies.events);
  const universe = createUniverse({ ...dependencies, events, clock: sandboxClock, authority, seed });
  const reader = openReader(dependencies, authority, cards, events);
  const signIn = createSignIn({ urls, reader, authorityPem: authority.rootPem });
  const revoke = createRevocation({ database, cards, authority, events });
  const api = { ...dependencies, cards, clients, universe, signIn, revoke };
  const routes = new Hono<AppEnv>()
    .route('/', createHomeRoutes({ ...dependencies, reader, universe, authorityPem: authority.rootPem }))
    .route('/', createReaderRoutes({ reader, cards, cardUrl: urls.card }))
    .route('/', createApiRoutes({ ...api, sandboxUrl: urls.sandbox, authoritiesPem: pemOf(authority) }));
  return {
    routes,
    registrations: clients.map(toRegistration),
    tokensFollowClock: sandboxClock.tokensFollow,
  };
}

function openReader(
  { database, urls }: SandboxDependencies,
  authority: CardAuthority,
  cards: PersonaCards,
  events: SandboxEvents,
): Reader {
  const slots = createCardSlots(database);
  const pins = createPinCounter(database);
  const listener = { url: urls.card, authorityPem: authority.rootPem };
  return createReader({ database, events, slots, pins, cards, listener });
}

const pemOf = ({ trust }: CardAuthority): string => [...trust.roots, ...trust.intermediates].join('');
