import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface ListenerOptions {
  /** 0 picks a free port. */
  port: number;
  /** Address to listen on, such as `127.0.0.1`. */
  bind: string;
  /** Present: the listener speaks TLS. */
  tls?: ServerOptions;
}

/** A bound socket whose requests wait until `serve` says what answers them. */
export interface Listener {
  readonly port: number;
  serve(listener: RequestListener): void;
  /** Stops accepting, lets answers under way end, then closes idle connections. */
  close(): Promise<void>;
}

/** What a slow client is given: for its headers, and for a whole request; looked at every five seconds. */
const slowness = { headersTimeout: 20_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };
const closingTimeoutMs = 2_000;

/** Binds first, so that URLs with their real ports are known before the parts are built. */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const { promise: ready, resolve: serve } = Promise.withResolvers<RequestListener>();
  let current: RequestListener | undefined;
  const answer = (req: IncomingMessage, res: ServerResponse) => {
    if (current) return current(req, res);
    void ready.then((listener) => listener(req, res));
  };
  const server = options.tls
    ? createTlsServer({ ...options.tls, ...slowness }, answer)
    : createServer(slowness, answer);
  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    serve(listener) {
      current = listener;
      serve(listener);
    },
    close: () => close(server),
  };
}

function listen(server: Server, { port, bind }: ListenerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, bind, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), closingTimeoutMs);
  await closed;
  clearTimeout(timer);
}
