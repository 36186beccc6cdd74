import { join } from 'node:path';
import { Hono } from 'hono';
import type { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { MailOutbox } from '#platform/mail/mail-outbox.ts';
import type { SmsOutbox } from '#platform/sms/sms-outbox.ts';
import { createApiRoutes } from './api/routes.ts';
import { type DemoClient, type DemoRegistration, openDemoClients, toRegistration } from './demo-clients.ts';
import { createEvents, type SandboxEvents } from './events.ts';
import { createHomeRoutes } from './home/routes.ts';
import { createPersonaCards, type PersonaCards } from './persona-cards.ts';
import { createAppPhones } from './phone/app-phone.ts';
import { createAppRoutes } from './phone/app-routes.ts';
import { createPersonaPhones, type PersonaPhones } from './phone/persona-phones.ts';
import { createPhoneDoor, type PhoneDoor } from './phone/phone-door.ts';
import { createPhoneRoutes } from './phone/routes.ts';
import { createSeedPhones, type SeedPhones } from './phone/seed-phones.ts';
import type { CardAuthority } from './pki/index.ts';
import type { PhoneAuthority, RepairAddresses, SandboxUrls, SeedDirectory, Trail } from './ports.ts';
import { createCardSlots } from './reader/card-slot.ts';
import { createPinCounter } from './reader/pin.ts';
import { createReader, type Reader } from './reader/reader.ts';
import { createReaderRoutes } from './reader/routes.ts';
import { createRevocation } from './revocation.ts';
import { createSandboxClock, type SandboxClock } from './sandbox-clock.ts';
import { createSeed, type Seed } from './seed/seed.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { createSimulatedPhones, type SimulatedPhones } from './simulated/simulated-phones.ts';
import { createUniverse } from './universe.ts';
import { createWorld, type World } from './world.ts';

export interface SandboxDependencies {
  database: Database;
  /** Judges what is stored; set from its row before anything else is made. */
  clock: VirtualClock;
  /** Already open, since the card listener needs its certificate before there are URLs. */
  authority: CardAuthority;
  events: EventReporter;
  trail: Trail;
  directory: SeedDirectory;
  authenticator: PhoneAuthority;
  repairs: RepairAddresses;
  mails: MailOutbox;
  sms: SmsOutbox;
  urls: SandboxUrls;
  /** Where the authority (`pki/`) and the seed's files (`seed/`) live. */
  dataDirectory: string;
  /** Tables of all modules that a reset empties, children first. */
  resetTables: readonly string[];
  /** The authenticator's among them: what its e-CPS consist of. */
  authenticatorTables: readonly string[];
  /** Rows that the seed generates around its people; 20,000 unless told. */
  seedRows?: number;
  /** Several processes serve this sandbox, each with a clock of its own; only the lead has its phones. */
  role?: 'lead' | 'other';
}

export interface Sandbox extends AsyncDisposable {
  routes: Hono<AppEnv>;
  /** For the app's listener. */
  appRoutes: Hono<AppEnv>;
  /** The demo clients, as the provider registers them. */
  registrations: DemoRegistration[];
  /** Whether newly signed tokens show the clock's time: only when an advance asked for it. */
  tokensFollowClock(): boolean;
}

/** What the first start makes, and every start takes up. */
interface Opened {
  clock: SandboxClock;
  seed: Seed;
  cards: PersonaCards;
  clients: DemoClient[];
  phones: Phones;
}

interface Phones {
  seed: SeedPhones;
  given: PersonaPhones;
  simulated: SimulatedPhones;
}

/**
 * Takes up the sandbox where it was left; the first time it makes everything: cards, keys, phones, and a
 * directory imported from two extracts.
 */
export async function openSandbox(dependencies: SandboxDependencies): Promise<Sandbox> {
  const opened = await open(dependencies);
  const { clients, phones } = opened;
  const world = createWorld(dependencies.database);
  const stopping = new AbortController();
  const { app } = dependencies.urls;
  if (dependencies.role !== 'other') await phones.simulated.resume();
  return {
    routes: createRoutes(dependencies, opened, {
      world,
      door: createPhoneDoor({ app, world, phones: phones.given }),
      stopping: stopping.signal,
    }),
    appRoutes: createAppRoutes(phones.given),
    registrations: clients.map(toRegistration),
    tokensFollowClock: opened.clock.tokensFollow,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await phones.simulated[Symbol.asyncDispose]();
    },
  };
}

async function open(dependencies: SandboxDependencies): Promise<Opened> {
  const { database, authority, dataDirectory } = dependencies;
  const clock = createSandboxClock(dependencies);
  await clock.load();
  const files = join(dataDirectory, 'seed');
  const seed = createSeed({ ...dependencies, files, rows: dependencies.seedRows });
  const cards = createPersonaCards(authority, dependencies.clock);
  const phones = createPhones(dependencies);
  const begun = [
    openDemoClients(database, authority),
    seed.plant(),
    phones.seed.plant(),
    cards.open(),
    dependencies.role === 'other' ? undefined : authority.reissueCrls(),
  ] as const;
  // A start that fails leaves nothing behind that goes on.
  await Promise.allSettled(begun);
  const [clients] = await Promise.all(begun);
  return { clock, seed, cards, clients, phones };
}

function createPhones(dependencies: SandboxDependencies): Phones {
  const { app } = dependencies.urls;
  const appPhones = createAppPhones(app);
  const seed = createSeedPhones({
    ...dependencies,
    tables: dependencies.authenticatorTables,
    isKnown: appPhones.isKnown,
  });
  const given = createPersonaPhones({ ...dependencies, seedPhones: seed });
  const simulated = createSimulatedPhones({ ...dependencies, app, appPhones, phones: given });
  return { seed, given, simulated };
}

interface Home {
  world: World;
  door: PhoneDoor;
  /** Ends what waits for a phone. */
  stopping: AbortSignal;
}

function createRoutes(
  dependencies: SandboxDependencies,
  { clock, seed, cards, clients, phones }: Opened,
  { world, door, stopping }: Home,
): Hono<AppEnv> {
  const { database, authority, urls } = dependencies;
  const { simulated } = phones;
  const authorityPem = authority.rootPem;
  const events = createEvents(dependencies.events);
  const parts = { database, events, authority, cards };
  const universe = createUniverse({
    ...parts,
    clock,
    seed,
    seedPhones: phones.seed,
    simulated,
    world,
    resetTables: dependencies.resetTables,
    isShared: dependencies.role !== undefined,
  });
  const reader = openReader(dependencies, cards, events);
  const signIn = createSignIn({ urls, reader, simulated, authorityPem, stopping });
  const revoke = createRevocation(parts);
  const api = { ...dependencies, cards, clients, universe, signIn, simulated, revoke };
  return new Hono<AppEnv>()
    .route('/', createHomeRoutes({ ...dependencies, reader, universe, world, door, authorityPem }))
    .route('/', createPhoneRoutes({ ...dependencies, reader, door }))
    .route('/', createReaderRoutes({ reader, cards, cardUrl: urls.card }))
    .route('/', createApiRoutes({ ...api, sandboxUrl: urls.sandbox, authoritiesPem: pemOf(authority) }));
}

function openReader(
  { database, urls, authority }: SandboxDependencies,
  cards: PersonaCards,
  events: SandboxEvents,
): Reader {
  const slots = createCardSlots(database);
  const pins = createPinCounter(database);
  const listener = { url: urls.card, authorityPem: authority.rootPem };
  return createReader({ database, events, slots, pins, cards, listener });
}

const pemOf = ({ trust }: CardAuthority): string => [...trust.roots, ...trust.intermediates].join('');
