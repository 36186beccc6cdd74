import { createServer, type RequestOptions, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { BusinessEvent } from '#platform/events.ts';
import { createLogger } from '#platform/logger.ts';
import {
  type CrlSource,
  clientTlsOptions,
  createCrlFiles,
  createSmartCard,
  migrations,
  type Reader,
  type Redeemed,
  type SmartCard,
} from '#smart-card';
import { type CardAuthority, type CardRequest, openCardAuthority } from '../../src/sandbox/pki/index.ts';
import { openTestDatabase, temporaryDirectory, usualEngine } from './databases.ts';

/** What a client authenticates with: PEM texts, a chain where it sends one. */
export interface ClientCredential {
  cert: string;
  key: string;
}

export interface CardSite {
  authority: CardAuthority;
  clock: VirtualClock;
  database: Database;
  smartCard: SmartCard;
  events: BusinessEvent[];
  port: number;
  issue(changes?: Partial<CardRequest>): ClientCredential;
  /** One request to the card listener, `credential` in the reader. */
  send(path: string, credential?: ClientCredential, options?: RequestOptions): Promise<Answer>;
  /** A whole attempt: opened, answered with `credential`, its code redeemed. */
  present(credential?: ClientCredential): Promise<Redeemed | undefined>;
}

export interface Answer {
  status: number;
  location: URL;
  headers: Record<string, unknown>;
}

export interface CardSiteOptions {
  trust?: CardAuthority['trust'];
  crl?: CrlSource;
  /** Beside those of the card listener, to weaken it on purpose. */
  tls?: RequestOptions;
}

export const dayMs = 24 * 60 * 60 * 1000;
export const nurse = { code: '60', label: 'Infirmier' };

/** A nurse's card, good from yesterday for three years. */
export function cardRequest(changes: Partial<CardRequest> = {}): CardRequest {
  return {
    nationalId: { kind: 'rpps', value: '99700000013' },
    givenName: 'Zoé',
    familyName: "D'ÉTÉ",
    profession: nurse,
    notBefore: Date.now() - dayMs,
    notAfter: Date.now() + 3 * 365 * dayMs,
    usage: 'authentication',
    pin: '1234',
    ...changes,
  };
}

/** The card listener for real: its TLS on a free port, an authority and a database of their own. */
export async function openCardSite(t: TestContext, options: CardSiteOptions = {}): Promise<CardSite> {
  const clock = new VirtualClock();
  const authority = await openCardAuthority({ dir: join(await temporaryDirectory(t), 'pki'), clock });
  const database = await openTestDatabase(t, usualEngine, migrations);
  const trust = options.trust ?? authority.trust;
  const events: BusinessEvent[] = [];
  const server = createServer({ ...clientTlsOptions(trust), ...authority.server, ...options.tls });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  t.after(() => server.close());
  const smartCard = createSmartCard({
    database,
    clock,
    events: { report: async (_unit, event) => void events.push(event) },
    logger: createLogger('silent'),
    site: {
      name: 'card',
      url: new URL(`https://localhost:${port}`),
      title: { fr: 'Carte', en: 'Card' },
      sandbox: true,
    },
    trust,
    crl: options.crl ?? createCrlFiles(authority.crlFiles),
    templates: {
      first: `https://localhost:${port}/{attempt}`,
      own: `https://{attempt}.carte.localhost:${port}/`,
    },
    walletUrl: new URL('http://localhost:4002'),
  });
  server.on('request', smartCard.listener);
  const send: CardSite['send'] = (path, credential, more) =>
    sendRequest({ ca: authority.rootPem, port, path, ...credential, ...more });
  return {
    authority,
    clock,
    database,
    smartCard,
    events,
    port,
    issue: (changes) => credentialOf(authority, changes),
    send,
    present: (credential) => presentCard(smartCard, send, credential),
  };
}

export function credentialOf(authority: CardAuthority, changes?: Partial<CardRequest>): ClientCredential {
  const card = authority.issueCard(cardRequest(changes));
  return { cert: card.chainPem, key: card.privateKeyPem };
}

/** An attempt for the sign-in `sign-in`, as text: its id is the path. */
export async function openAttempt(smartCard: SmartCard, reader: Reader = 'first'): Promise<string> {
  return (await smartCard.createAttempt({ signInId: 'sign-in', reader })).id;
}

async function presentCard(smartCard: SmartCard, send: CardSite['send'], credential?: ClientCredential) {
  const { location } = await send(`/${await openAttempt(smartCard)}`, credential);
  return smartCard.consumeCode({ signInId: 'sign-in', code: location.searchParams.get('code') ?? '' });
}

function sendRequest(options: RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', servername: 'localhost', agent: false, ...options },
      (response) => {
        response.resume();
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, location: new URL(headers.location ?? 'none:') });
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}
