import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors } from './http-errors.ts';
import type { Site } from './site.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a `Host` header names loopback or the site itself: a sandbox refuses others (DNS rebinding). */
export function isOwnHost(header: string | undefined, site: Site): boolean {
  if (header === site.url.host) return true;
  const host = parseHost(header);
  return host !== undefined && (loopbackNames.has(host.hostname) || host.hostname.endsWith('.localhost'));
}

const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];
const pinnedHeaders = new Set(['host', ...proxyHeaders]);

/**
 * Makes requests speak of the configured base URL before any library sees them, so that no `Host` or forwarding header
 * of a client reaches a link, a redirect or an issuer. Some libraries read `headers`, others `rawHeaders`.
 */
export function createHostPin(site: Site): (req: IncomingMessage) => void {
  const pinned = {
    host: site.url.host,
    'x-forwarded-host': site.url.host,
    'x-forwarded-proto': site.url.protocol.slice(0, -1),
  };
  const pairs = Object.entries(pinned).flat();
  return (req) => {
    for (const name of proxyHeaders) if (name in req.headers) delete req.headers[name];
    Object.assign(req.headers, pinned);
    req.rawHeaders = [...withoutPinned(req.rawHeaders), ...pairs];
  };
}

/** Names and values in turn, as Node has them. */
function withoutPinned(raw: readonly string[]): string[] {
  return raw.filter((_, at) => !pinnedHeaders.has((raw[at - (at % 2)] ?? '').toLowerCase()));
}

/** Answers 421 Misdirected Request (RFC 9110 section 15.5.20). */
export function refuseHost(res: ServerResponse): void {
  const { status, code, message: title } = errors('host.foreign');
  res.writeHead(status, { 'content-type': 'application/problem+json', connection: 'close' });
  res.end(JSON.stringify({ type: 'about:blank', status, title, code, field: 'Host' }));
}

/** A name or an address, and a port: nothing that a parser would take for more of an address. */
function parseHost(header = ''): URL | undefined {
  return /^[\w.:[\]-]+$/.test(header) ? (URL.parse(`http://${header}`) ?? undefined) : undefined;
}
