import type { LookupFunction } from 'node:net';

/** Options for a request to one of our own listeners: only browsers resolve names under `localhost` (RFC 6761 section 6.3). */
export const lookupOf = ({ hostname }: URL): { lookup?: LookupFunction } =>
  hostname.endsWith('.localhost') ? { lookup: loopbackLookup } : {};

const loopbackLookup: LookupFunction = (_hostname, { all }, callback) =>
  all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);
