import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Site } from './site.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a `Host` header names loopback or the site itself: a sandbox refuses others (DNS rebinding). */
export function isOwnHost(header: string | undefined, site: Site): boolean {
  if (header === site.url.host) return true;
  const host = parseHost(header);
  return host !== undefined && (loopbackNames.has(host.hostname) || host.hostname.endsWith('.localhost'));
}

const proxyHeaders = new Set([
  'host',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
]);

/**
 * Makes the request speak of the configured base URL before any library sees it, so that no `Host` or forwarding
 * header of a client reaches a link, a redirect or an issuer. Some libraries read `headers`, others `rawHeaders`.
 */
export function pinHost(req: IncomingMessage, site: Site): void {
  const pinned = {
    host: site.url.host,
    'x-forwarded-host': site.url.host,
    'x-forwarded-proto': site.url.protocol.slice(0, -1),
  };
  for (const name of proxyHeaders) delete req.headers[name];
  Object.assign(req.headers, pinned);
  const kept = rawPairs(req.rawHeaders).filter(([name]) => !proxyHeaders.has(name.toLowerCase()));
  req.rawHeaders = [...kept, ...Object.entries(pinned)].flat();
}

function rawPairs(raw: readonly string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i] ?? '', raw[2 * i + 1] ?? '']);
}

/** Answers 421 Misdirected Request (RFC 9110 section 15.5.20). */
export function refuseHost(res: ServerResponse): void {
  res.writeHead(421, { 'content-type': 'application/problem+json', connection: 'close' });
  res.end(
    JSON.stringify({
      type: 'about:blank',
      status: 421,
      title: 'This host is not served here.',
      field: 'Host',
    }),
  );
}

function parseHost(header: string | undefined): URL | undefined {
  return header === undefined ? undefined : (URL.parse(`http://${header}`) ?? undefined);
}
