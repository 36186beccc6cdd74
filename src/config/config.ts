import { join, resolve } from 'node:path';
import type { DatabaseLocation } from '#platform/database/open-database.ts';
import { type ListenerName, listenerNames } from '#platform/http/site.ts';
import { type Environment, portVariable, tlsVariable, urlVariable } from './env.ts';
import { isLoopback } from './loopback.ts';
import { createSmtpConfig, type SmtpConfig } from './smtp.ts';

export interface ListenerConfig {
  /** 0 picks a free port. */
  port: number;
  /** The public base URL; `undefined`: loopback with the port that was bound. */
  url: URL | undefined;
  /** PEM files of a certificate of one's own: the listener speaks TLS. */
  tls?: TlsFiles;
}

export interface TlsFiles {
  certFile: string;
  keyFile: string;
}

export const profiles = ['psc', 'hardened'] as const;
export type Profile = (typeof profiles)[number];

export interface Config {
  dataDir: string;
  /** Address that every listener binds. */
  bind: string;
  database: DatabaseLocation;
  logLevel: string;
  listeners: Record<ListenerName, ListenerConfig>;
  /** Where mails go; `undefined`: they stay in the sandbox's outbox. */
  smtp: SmtpConfig | undefined;
  /** `psc`: as Pro Santé Connect is; `hardened`: the stronger ceremonies. */
  profile: Profile;
  /** As of when Pro Santé Connect's claims are given. */
  pscEra: NonNullable<Environment['HYGIE_PSC_ERA']>;
  /** Whether a sign-in under an ADELI number carries the RPPS identity that its link leads to. */
  bridging: boolean;
  /** Addresses that extracts of the directory are fetched from. */
  extractUrls: readonly string[];
  /** Wire forms of the national identifiers of those who may open the operator's pages of the directory. */
  directoryOperators: readonly string[];
  /** Who may call the FHIR API, and how often in a second. */
  fhir: { keysOnly: boolean; callsByKey: number; callsByAddress: number | undefined };
  /** How long a key signs tokens before it is replaced by itself, milliseconds; `Infinity`: by command only. */
  keyLifetimeMs: number;
  /**
   * For the test plans of the OpenID Foundation only: a test person signs in by one button, and `bind` may be any
   * address.
   */
  conformance: boolean;
  /** The listeners that this process opens. */
  only: readonly ListenerName[];
}

const defaultPorts: Record<ListenerName, number> = {
  portal: 4000,
  connect: 4001,
  wallet: 4002,
  app: 4003,
  directory: 4004,
  sandbox: 4010,
  card: 4443,
  mtls: 4444,
};

/**
 * @throws Error whose sentence says which variable to change: a sandbox listens on loopback only, since its
 * personas, keys and messages are open to whoever reaches it.
 */
export function createConfig(env: Environment, only: readonly ListenerName[] = listenerNames): Config {
  const bind = env.HYGIE_BIND ?? '127.0.0.1';
  const conformance = env.HYGIE_CONFORMANCE === 'on';
  if (!isLoopback(bind) && !conformance)
    throw new Error('HYGIE_BIND: a sandbox listens on loopback only; use 127.0.0.1 or ::1.');
  const dataDir = resolve(env.HYGIE_DATA_DIR ?? 'data');
  return {
    dataDir,
    bind,
    database: databaseLocation(env, dataDir),
    logLevel: env.HYGIE_LOG_LEVEL ?? 'warn',
    listeners: listenerConfigs(env),
    smtp: createSmtpConfig(env),
    extractUrls: env.HYGIE_EXTRACT_URLS?.split(/\s+/).filter(Boolean) ?? [],
    profile: 'psc',
    pscEra: env.HYGIE_PSC_ERA ?? '2026',
    bridging: env.HYGIE_BRIDGING === 'on',
    directoryOperators: env.HYGIE_DIRECTORY_OPERATORS ?? [],
    fhir: {
      keysOnly: env.HYGIE_FHIR_ACCESS === 'key',
      callsByKey: env.HYGIE_FHIR_CALLS_BY_KEY ?? 17,
      callsByAddress: env.HYGIE_FHIR_CALLS_BY_ADDRESS,
    },
    keyLifetimeMs: keyLifetimeMs(env.HYGIE_KEY_LIFETIME_DAYS ?? 90),
    conformance,
    only,
  };
}

const dayMs = 86_400_000;

const keyLifetimeMs = (days: number): number => (days === 0 ? Infinity : days * dayMs);

function databaseLocation(env: Environment, dataDir: string): DatabaseLocation {
  const url = env.HYGIE_DATABASE_URL;
  return url ? { kind: 'postgres', url } : { kind: 'sqlite', file: join(dataDir, 'state.sqlite') };
}

function listenerConfigs(env: Environment): Record<ListenerName, ListenerConfig> {
  const entries = listenerNames.map((name) => [name, listenerConfig(env, name)]);
  return Object.fromEntries(entries) as Record<ListenerName, ListenerConfig>;
}

function listenerConfig(env: Environment, name: ListenerName): ListenerConfig {
  const values = env as Record<string, string | number | undefined>;
  const text = (variable: string) => (values[variable] === undefined ? undefined : String(values[variable]));
  const url = text(urlVariable(name));
  const [certVariable, keyVariable] = [tlsVariable(name, 'CERT'), tlsVariable(name, 'KEY')];
  const [certFile, keyFile] = [text(certVariable), text(keyVariable)];
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new Error(`${certVariable} and ${keyVariable}: both are needed, or neither.`);
  return {
    port: Number(values[portVariable(name)] ?? defaultPorts[name]),
    url: url === undefined ? undefined : new URL(url),
    ...(certFile !== undefined && keyFile !== undefined ? { tls: { certFile, keyFile } } : {}),
  };
}
