import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedAddress } from './client-address.ts';

const counted: Record<string, string> = {
  '192.0.2.7': '192.0.2.7',
  '::ffff:192.0.2.7': '192.0.2.7',
  '2001:db8:12:34:5678::1': '2001:db8:12:34::/64',
  '2001:0DB8:0012:0034:ffff:ffff:ffff:ffff': '2001:db8:12:34::/64',
  '2001:db8::1': '2001:db8:0:0::/64',
  'fe80::1%eth0': 'fe80:0:0:0::/64',
  '::1': '0:0:0:0::/64',
};

test('an address counts as itself, a network of IPv6 as one address', () => {
  for (const [address, key] of Object.entries(counted)) assert.equal(countedAddress(address), key);
});
