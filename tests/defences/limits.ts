import type { Defence } from './defence.ts';

const limiter = 'src/platform/rate-limit/rate-limiter.ts';
const contract = ['tests/contracts/rate-limiter.test.ts'];
const attacks = ['tests/attacks/rate-limits.test.ts'];

export const defences: Defence[] = [
  {
    name: 'a window lets so many through and no more',
    file: limiter,
    from: 'left < 0 ?',
    to: 'left < -1 ?',
    tests: contract,
  },
  {
    name: 'a window ends by the clock',
    file: limiter,
    from: 'then 1 else rate_limit.taken + 1 end',
    to: 'then rate_limit.taken + 1 else rate_limit.taken + 1 end',
    tests: contract,
  },
  {
    name: 'a window begins once, not at each request',
    file: limiter,
    from: 'else rate_limit.ends_at end',
    to: 'else rate_limit.ends_at + 60000 end',
    tests: contract,
  },
  {
    name: 'an address is that of the socket',
    file: 'src/platform/http/client-address.ts',
    from: "countedAddress(c.env.incoming.socket.remoteAddress ?? '')",
    to: "countedAddress(c.req.header('x-real-ip') ?? c.env.incoming.socket.remoteAddress ?? '')",
    tests: attacks,
  },
  {
    name: 'a network of IPv6 counts as one address',
    file: 'src/platform/http/client-address.ts',
    from: 'isIPv6(address) ?',
    to: 'address === "" ?',
    tests: ['src/platform/http/client-address.test.ts'],
  },
  {
    name: 'one address cannot use up the codes of a number',
    file: 'src/authenticator/policy.ts',
    from: 'removalCodesByAddressAndNumber: { most: 3',
    to: 'removalCodesByAddressAndNumber: { most: 99',
    tests: attacks,
  },
  {
    name: 'a number is sent so many codes, whoever asks',
    file: 'src/authenticator/policy.ts',
    from: 'removalCodesByNumber: { most: 6',
    to: 'removalCodesByNumber: { most: 99',
    tests: attacks,
  },
  {
    name: 'one address cannot use up the mails of a number',
    file: 'src/authenticator/policy.ts',
    from: 'mailsByAddressAndNumber: { most: 5',
    to: 'mailsByAddressAndNumber: { most: 99',
    tests: attacks,
  },
  {
    name: 'one address cannot use up the questions of a person',
    file: 'src/authenticator/policy.ts',
    from: 'approvalsByAddressAndNumber: { most: 25',
    to: 'approvalsByAddressAndNumber: { most: 99',
    tests: attacks,
  },
  {
    name: 'a page at its limit says when to programs',
    file: 'src/authenticator/removal/wallet-routes.ts',
    from: "  if (news && 'retryAt' in news) setRetryAfter(c, news.retryAt, view.now);",
    to: '',
    tests: attacks,
  },
  {
    name: 'the app at its limit is told when in the header',
    file: 'src/authenticator/routes.ts',
    from: '  if (details.retryAt !== undefined) setRetryAfter(c, details.retryAt, now);',
    to: '',
    tests: attacks,
  },
];
