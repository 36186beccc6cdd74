import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { lookupOf } from './loopback-lookup.ts';

/**
 * `fetch` for our own listeners, on every host that they may have: names under `localhost` do not resolve outside
 * browsers. Bodies are text; each call has a connection of its own.
 */
export const loopbackFetch: typeof fetch = async (input, init = {}) => {
  const answer = await send(new URL(String(input)), init);
  const content = await buffer(answer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value));
  const body = content.length > 0 ? new Uint8Array(content) : null;
  return new Response(body, { status: answer.statusCode ?? 502, headers });
};

function send(url: URL, { method = 'GET', headers, body, signal }: RequestInit): Promise<IncomingMessage> {
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const options = {
    method,
    headers: Object.fromEntries(new Headers(headers)),
    agent: false,
    ...(signal ? { signal } : {}),
    ...lookupOf(url),
  };
  return new Promise((resolve, reject) => {
    const request = open(url, options, resolve);
    request.on('error', reject);
    request.end(typeof body === 'string' ? body : undefined);
  });
}
