import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type ListenerName, listenerNames } from '#platform/http/site.ts';
import type { Ending } from './databases.ts';
import { startTestServer, type TestServer } from './start-test-server.ts';

/** Listeners that browsers meet; what servers call stays on `localhost`, which every program resolves. */
const hosts = {
  portal: 'http://portal.localhost',
  wallet: 'http://wallet.localhost',
  app: 'http://app.localhost',
  sandbox: 'http://sandbox.localhost',
  card: 'https://carte.localhost',
} as const;

/** The whole sandbox, each listener that a browser meets on a host of its own, as it is in real life. */
export async function startSplitHosts(t: Ending): Promise<TestServer> {
  const ports = await findFreePorts(listenerNames.length);
  const env: Record<string, string> = {};
  listenerNames.forEach((name, index) => {
    const port = ports[index];
    env[`HYGIE_${name.toUpperCase()}_PORT`] = String(port);
    if (isSplit(name)) env[`HYGIE_${name.toUpperCase()}_URL`] = `${hosts[name]}:${port}`;
  });
  return startTestServer(t, { env });
}

const isSplit = (name: ListenerName): name is keyof typeof hosts => name in hosts;

/** The public URLs name their ports, so that these have to be known before the start. */
async function findFreePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
