import { isIPv6 } from 'node:net';
import type { Context } from 'hono';
import type { AppEnv } from './site.ts';

/**
 * Where a request comes from, as limits count it: the other end of the socket, whatever the request says of itself.
 * Of IPv6 the network, since whoever has one address there has 2^64 (RFC 6177).
 */
export function clientAddress(c: Context<AppEnv>): string {
  return countedAddress(c.env.incoming.socket.remoteAddress ?? '');
}

export function countedAddress(address: string): string {
  const [, mapped] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
  if (mapped) return mapped;
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : address;
}

/** All eight, without leading zeros; of what follows `%` nothing. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const [before, after] = [head, tail ?? ''].map((part) => (part ? part.split(':') : []));
  const missing = tail === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const all = [
    ...(before ?? []),
    ...Array.from({ length: Math.max(0, missing) }, () => '0'),
    ...(after ?? []),
  ];
  return all.map((group) => group.replace(/^0+(?=.)/, ''));
}
