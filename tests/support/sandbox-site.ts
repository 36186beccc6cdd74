import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { migrations as auditMigrations, createAudit } from '#audit';
import type { HandedCredential } from '#authenticator';
import { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { createSite, requestListener } from '#platform/http/create-site.ts';
import { type Listener, openListener } from '#platform/http/listener.ts';
import type { ListenerName, Site } from '#platform/http/site.ts';
import { createLogger } from '#platform/logger.ts';
import { createMailOutbox, type MailOutbox } from '#platform/mail/mail-outbox.ts';
import { outboxMigrations, outboxTables } from '#platform/outbox/outbox.ts';
import { createSmsOutbox, type SmsOutbox } from '#platform/sms/sms-outbox.ts';
import {
  isApi,
  migrations,
  openSandbox,
  type PhoneAuthority,
  resetTables,
  type SandboxDependencies,
  type SeedDirectory,
} from '#sandbox';
import {
  migrations as cardMigrations,
  clientTlsOptions,
  createCrlFiles,
  createSmartCard,
  type Redeemed,
  type SmartCard,
} from '#smart-card';
import { openCardAuthority } from '../../src/sandbox/pki/index.ts';
import { openTestDatabase, temporaryDirectory, usualEngine } from './databases.ts';

export interface SandboxSite {
  url: URL;
  cardUrl: URL;
  clock: VirtualClock;
  database: Database;
  mails: MailOutbox;
  sms: SmsOutbox;
  /** Opens an attempt to read a card, as the wallet does. */
  openAttempt(): Promise<{ id: string; url: string }>;
  /** What the wallet learns from the address that a reader leads to. */
  redeem(address: string): Promise<Redeemed | undefined>;
}

const signInId = 'sign-in';
const logger = createLogger('silent');

/** A directory that somebody filled before: the sandbox leaves it alone. */
const filledDirectory: SeedDirectory = {
  importExtracts: async () => undefined,
  importLinks: async () => undefined,
  importContacts: async () => undefined,
  asOf: async () => 0,
  generation: async () => 1,
  pinGeneration: async () => undefined,
  restoreGeneration: async () => undefined,
  findContactDetails: async () => undefined,
  findPractitioner: async () => undefined,
};

/** Nobody has an e-CPS, whatever the seed makes. */
const noAuthenticator: PhoneAuthority = {
  findState: async () => 'none',
  sandbox: {
    createCredential: async () => ({}) as HandedCredential,
    findNumber: async () => undefined,
  },
};

/** The sandbox and the card listener for real, on free ports; wallet and portal are addresses only. */
export async function openSandboxSite(t: TestContext): Promise<SandboxSite> {
  const clock = new VirtualClock();
  const dataDirectory = await temporaryDirectory(t);
  const database = await openTestDatabase(t, usualEngine, [
    ...auditMigrations,
    ...outboxMigrations,
    ...cardMigrations,
    ...migrations,
  ]);
  const trail = createAudit({ database, clock, logger });
  const mails = createMailOutbox({ database, clock });
  const sms = createSmsOutbox({ database, clock });
  const authority = await openCardAuthority({ dir: join(dataDirectory, 'pki'), clock });
  const listeners = {
    sandbox: await listen(t, {}),
    card: await listen(t, { tls: { ...clientTlsOptions(authority.trust), ...authority.server } }),
  };
  const urls = urlsOf(listeners);
  const tables = [...resetTables, ...outboxTables, 'audit_record', 'card_attempt'];
  const dependencies = { database, clock, authority, events: trail, trail, mails, sms, urls, dataDirectory };
  const sandbox = await openSandbox({
    ...dependencies,
    directory: filledDirectory,
    authenticator: noAuthenticator,
    authenticatorTables: [],
    repairs: { listAddresses: async () => [], findAddress: async () => undefined },
    resetTables: tables,
  });
  const smartCard = createSmartCard({
    ...dependencies,
    logger,
    site: siteOf('card', urls.card),
    trust: authority.trust,
    crl: createCrlFiles(authority.crlFiles),
    templates: {
      first: `${urls.sandbox.origin}/lecteur/{attempt}`,
      own: `https://{attempt}.carte.localhost:${listeners.card.port}/`,
    },
    walletUrl: urls.wallet,
  });
  const site = siteOf('sandbox', urls.sandbox);
  const app = createSite(site, { logger, isCrossSite: isApi }).route('/', sandbox.routes);
  listeners.sandbox.serve(requestListener(site, app));
  listeners.card.serve(smartCard.listener);
  return {
    url: urls.sandbox,
    cardUrl: urls.card,
    clock,
    database,
    mails,
    sms,
    openAttempt: () => smartCard.createAttempt({ signInId, reader: 'first' }),
    redeem: (address) => redeem(smartCard, address),
  };
}

async function listen(
  t: TestContext,
  options: Partial<Parameters<typeof openListener>[0]>,
): Promise<Listener> {
  const listener = await openListener({ port: 0, bind: '127.0.0.1', ...options });
  t.after(() => listener.close());
  return listener;
}

function urlsOf({ sandbox, card }: { sandbox: Listener; card: Listener }): SandboxDependencies['urls'] {
  return {
    portal: new URL('http://localhost:4000'),
    connect: new URL('http://localhost:4001'),
    wallet: new URL('http://localhost:4002'),
    app: new URL('http://localhost:4003'),
    directory: new URL('http://localhost:4004'),
    sandbox: new URL(`http://localhost:${sandbox.port}`),
    card: new URL(`https://localhost:${card.port}`),
  };
}

function siteOf(name: ListenerName, url: URL): Site {
  return { name, url, title: { fr: 'Hygie', en: 'Hygie' }, sandbox: true };
}

function redeem(smartCard: SmartCard, address: string): Promise<Redeemed | undefined> {
  return smartCard.consumeCode({ signInId, code: new URL(address).searchParams.get('code') ?? '' });
}
