import { randomBytes } from 'node:crypto';
import type { ClientMetadata } from 'oidc-provider';
import { Provider } from 'oidc-provider/lib/provider.js';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import { newId } from '#platform/ids.ts';
import { cibaMetadata } from '../ciba/ciba-feature.ts';
import { pscPolicy } from '../eras/psc-eras.ts';
import { createEvents } from '../events.ts';
import { declareExchange } from '../exchange/exchange-grant.ts';
import type { OidcPolicy } from '../policy.ts';
import { createRecordStore } from '../record-store.ts';
import { type ClientRegistration, toStored } from './client-metadata.ts';
import { clientRules } from './client-rules.ts';
import { createClientStore } from './client-store.ts';
import { createInitialToken, type InitialToken } from './initial-token.ts';
import { createSampleKeys } from './sample-keys.ts';

/** Metadata that the provider cannot accept; the message names the member. */
export class InvalidClient extends Error {
  override name = 'InvalidClient';
}

export interface RegistrarDependencies {
  database: Database;
  clock: Clock;
  events: EventReporter;
  /** Clients that are not in the database: their ids are taken. */
  taken: readonly string[];
  policy?: OidcPolicy;
}

export interface RegisteredClient {
  metadata: ClientMetadata;
  /** Instant, milliseconds. */
  createdAt: number;
}

/** What an operator does with the services that are registered; a server beside it sees the change at once. */
export interface ClientRegistrar {
  /** All or none: their metadata as registered, with secrets in clear, given or made here. @throws InvalidClient */
  add(registrations: readonly Partial<ClientRegistration>[]): Promise<ClientMetadata[]>;
  list(): Promise<RegisteredClient[]>;
  /** False where there is none of this id. */
  remove(clientId: string): Promise<boolean>;
  /** By which one service registers itself. */
  createToken(lifetimeMs: number): Promise<InitialToken>;
}

export function createClientRegistrar(dependencies: RegistrarDependencies): ClientRegistrar {
  const { database, clock, taken, policy = pscPolicy } = dependencies;
  const clients = createClientStore(database);
  const store = createRecordStore(database);
  const events = createEvents(dependencies.events);
  async function create(unit: Unit, metadata: ClientMetadata): Promise<void> {
    if (!(await clients.create(unit, toStored(metadata), clock.now())))
      throw new InvalidClient('client_id is taken');
    await events.clientAdded(unit, metadata.client_id);
  }
  return {
    async add(given) {
      const { Client } = createJudge(policy);
      const all = given.map(complete);
      for (const metadata of all) verify(Client, metadata, taken);
      await database.write(async (unit) => {
        for (const metadata of all) await create(unit, metadata);
      });
      return all;
    },
    list: () => clients.list(),
    remove: (clientId) =>
      database.write(async (unit) => {
        const wasThere = await clients.delete(unit, clientId);
        if (wasThere) await events.clientRemoved(unit, clientId);
        return wasThere;
      }),
    createToken: (lifetimeMs) =>
      database.write((unit) => createInitialToken(unit, { store, clock, lifetimeMs })),
  };
}

/** The library with the rules for clients and nothing else. */
function createJudge(policy: OidcPolicy): Provider {
  const jwks = { keys: createSampleKeys() };
  const judge = new Provider('https://issuer.invalid', { ...clientRules(policy, cibaMetadata), jwks });
  declareExchange(judge);
  return judge;
}

const secretMethods = ['client_secret_basic', 'client_secret_post'];

function complete(given: Partial<ClientRegistration>): ClientMetadata {
  const method = given.token_endpoint_auth_method ?? 'client_secret_basic';
  const needsSecret = secretMethods.includes(method) && given.client_secret === undefined;
  return {
    ...given,
    client_id: given.client_id ?? newId('cli'),
    token_endpoint_auth_method: method,
    ...(needsSecret ? { client_secret: randomBytes(32).toString('base64url') } : {}),
  };
}

/** Shorter ones could be guessed from their hash. */
const leastSecretLength = 16;

function verify(Client: Provider['Client'], metadata: ClientMetadata, taken: readonly string[]): void {
  if (taken.includes(metadata.client_id)) throw new InvalidClient('client_id is taken');
  if (metadata.client_secret !== undefined && metadata.client_secret.length < leastSecretLength)
    throw new InvalidClient(`client_secret has fewer than ${leastSecretLength} characters`);
  try {
    Reflect.construct(Client, [toStored(metadata)]);
  } catch (error) {
    const { error_description: description } = error as { error_description?: string };
    if (description === undefined) throw error;
    throw new InvalidClient(description);
  }
}
