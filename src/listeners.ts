import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { ServerOptions } from 'node:https';
import { join } from 'node:path';
import type { Config } from '#config';
import type { Locale } from '#platform/html/messages.ts';
import { type Listener, openListener } from '#platform/http/listener.ts';
import type { ListenerName, Site } from '#platform/http/site.ts';

const titles: Record<ListenerName, Record<Locale, string>> = {
  portal: { fr: 'Mes lieux d’exercice', en: 'My places of practice' },
  connect: { fr: 'Connexion des professionnels', en: 'Sign-in for professionals' },
  wallet: { fr: 'Connexion des professionnels', en: 'Sign-in for professionals' },
  app: { fr: 'e-CPS', en: 'e-CPS' },
  directory: { fr: 'Annuaire de santé', en: 'Health directory' },
  sandbox: { fr: 'Hygie', en: 'Hygie' },
  card: { fr: 'Lecteur de carte', en: 'Card reader' },
  mtls: { fr: 'Connexion des professionnels', en: 'Sign-in for professionals' },
};

/** The sockets of this process, and how the outside names each part. */
export interface Listeners {
  opened: ReadonlyMap<ListenerName, Listener>;
  sites: Record<ListenerName, Site>;
  /** Public base URLs of the listeners that this process opened. */
  urls: Record<string, string>;
  close(): Promise<void>;
}

/** The certificates that an operator gave listeners; they take the place of the sandbox's. */
async function readTls(listeners: Config['listeners'], own: ListenerTls): Promise<ListenerTls> {
  const given = Object.entries(listeners).map(async ([name, { tls }]) => {
    if (!tls) return [];
    const variable = `HYGIE_${name.toUpperCase()}_TLS`;
    const cert = await readPem(tls.certFile, `${variable}_CERT_FILE`);
    const key = await readPem(tls.keyFile, `${variable}_KEY_FILE`);
    return [[name, { ...own[name as ListenerName], cert, key }] as const];
  });
  return { ...own, ...Object.fromEntries((await Promise.all(given)).flat()) };
}

async function readPem(file: string, variable: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch {
    throw new Error(`${variable}: the file cannot be read.`);
  }
}

type ListenerTls = Partial<Record<ListenerName, ServerOptions>>;

/** Binds every listener that the configuration names; their requests wait until each is served. */
export async function openListeners(
  { listeners, bind, only }: Config,
  ownTls: ListenerTls,
): Promise<Listeners> {
  const tls = await readTls(listeners, ownTls);
  const opened = new Map<ListenerName, Listener>();
  const close = async () =>
    void (await Promise.all([...opened.values()].map((listener) => listener.close())));
  try {
    for (const name of only) {
      const { port } = listeners[name];
      const options = tls[name];
      opened.set(name, await openListener({ port, bind, ...(options ? { tls: options } : {}) }));
    }
  } catch (error) {
    await close();
    throw portError(error);
  }
  const sites = Object.fromEntries(
    Object.entries(listeners).map(([name, { port, url }]) => [
      name,
      siteOf(name as ListenerName, {
        url,
        port: opened.get(name as ListenerName)?.port ?? port,
        speaksTls: name in tls,
      }),
    ]),
  ) as Record<ListenerName, Site>;
  const urls = Object.fromEntries(only.map((name) => [name, sites[name].url.origin]));
  return { opened, sites, urls, close };
}

interface Address {
  url: URL | undefined;
  port: number;
  speaksTls: boolean;
}

function siteOf(name: ListenerName, { url: configured, port, speaksTls }: Address): Site {
  const url = configured ?? new URL(`${speaksTls ? 'https' : 'http'}://localhost:${port}`);
  return { name, url, title: titles[name], sandbox: true };
}

function portError(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) return error;
  const port = 'port' in error ? ` ${error.port}` : '';
  return new Error(
    `Port${port} is in use; stop what listens there, or move the listener with HYGIE_<LISTENER>_PORT.`,
  );
}

const fileOf = (dataDir: string) => join(dataDir, 'listening.json');

/** Written when every listener accepts connections, whole or not at all. */
export async function announce(dataDir: string, urls: Record<string, string>): Promise<void> {
  const file = fileOf(dataDir);
  await writeFile(`${file}.new`, `${JSON.stringify({ ...urls, pid: process.pid })}\n`);
  await rename(`${file}.new`, file);
}

export async function withdraw(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true });
}
