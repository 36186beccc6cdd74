import { request } from 'node:http';

/**
 * `fetch` from another loopback address (all of 127.0.0.0/8 are this machine's), with headers that only a proxy
 * should add; follows no redirect.
 */
export function fetchFrom(localAddress: string, added: Record<string, string> = {}): typeof fetch {
  return async (input, init = {}) => {
    const sent = new Request(input instanceof Request ? input : String(input), init);
    const body = Buffer.from(await sent.arrayBuffer());
    const headers = { ...Object.fromEntries(sent.headers), ...added };
    const url = new URL(sent.url);
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const call = request(
      {
        host: '127.0.0.1',
        port: url.port,
        path: url.pathname + url.search,
        method: sent.method,
        localAddress,
        headers: { ...headers, host: url.host },
      },
      async (answer) => {
        const chunks = await answer.toArray();
        const pairs = answer.rawHeaders.flatMap((name, at, all) =>
          at % 2 ? [] : [[name, all[at + 1] ?? ''] as [string, string]],
        );
        const status = answer.statusCode ?? 0;
        resolve(new Response(status === 204 ? null : Buffer.concat(chunks), { status, headers: pairs }));
      },
    );
    call.on('error', reject);
    call.end(body);
    return promise;
  };
}
