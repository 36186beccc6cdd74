import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Site } from './site.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a `Host` header names loopback or the site itself: a sandbox refuses others (DNS rebinding). */
export function isOwnHost(header: string | undefined, site: Site): boolean {
  if (header === site.url.host) return true;
  const host = parseHost(header);
  return host !== undefined && (loopbackNames.has(host.hostname) || host.hostname.endsWith('.localhost'));
}

/**
 * Makes the request speak of the configured base URL before any library sees it, so that no `Host` or forwarding
 * header of a client reaches a link, a redirect or an issuer.
 */
export function pinHost(req: IncomingMessage, site: Site): void {
  delete req.headers.forwarded;
  req.headers.host = site.url.host;
  req.headers['x-forwarded-host'] = site.url.host;
  req.headers['x-forwarded-proto'] = site.url.protocol.slice(0, -1);
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
