import type { Defence } from '../defence.ts';

const removalBinding = 'tests/attacks/removal-binding.test.ts';
const removalLimits = 'tests/attacks/removal-limits.test.ts';
const removals = 'tests/contracts/authenticator-removal.test.ts';

/** **Mot de passe oublié**. */
export const forgottenPasswords: Defence[] = [
  {
    name: 'codes of a removal have five tries',
    file: 'src/authenticator/removal/removal.ts',
    from: 'Math.max(0, codeTries - codes.tries)',
    to: '1',
    tests: [removals],
  },
  {
    name: 'a code of a removal is counted before it is compared',
    file: 'src/authenticator/removal/removal.ts',
    from: 'tries: codes.tries + 1',
    to: 'tries: codes.tries',
    tests: [removals],
  },
  {
    name: 'both codes are needed',
    file: 'src/authenticator/removal/removal-codes.ts',
    from: 'if (!wrong.mailWrong && !wrong.smsWrong)',
    to: 'if (!wrong.mailWrong || !wrong.smsWrong)',
    tests: [removalBinding],
  },
  {
    name: 'each code is for its own way',
    file: 'src/authenticator/removal/removal-codes.ts',
    from: "'removal code', id, 'sms', digitsOf(typed.sms)",
    to: "'removal code', id, 'mail', digitsOf(typed.sms)",
    tests: [removalBinding],
  },
  {
    name: 'what names a removal in its browser is kept as a hash',
    file: 'src/authenticator/removal/start-removal.ts',
    from: "hash('sha256', browser, 'hex')",
    to: 'browser',
    tests: ['tests/attacks/removal-enumeration.test.ts'],
  },
  {
    name: 'the way back leads to a page of wallet',
    file: 'src/platform/http/own-path.ts',
    from: 'url?.origin !== siteUrl.origin',
    to: 'url === null',
    tests: [removalBinding],
  },
  {
    name: 'the card’s number must be the one that was typed',
    file: 'src/authenticator/removal/removal-card.ts',
    from: '!numbers.includes(typed)',
    to: 'false',
    tests: [removalBinding],
  },
  {
    name: 'a number has six pairs of codes an hour',
    file: 'src/authenticator/removal/removal-codes.ts',
    from: 'limits.removalCodesByNumber',
    to: '{ most: 1_000_000, windowMs: 1000 }',
    tests: [removalLimits],
  },
  {
    name: 'an address types sixty numbers in ten minutes',
    file: 'src/authenticator/removal/start-removal.ts',
    from: 'limits.removalsByAddress',
    to: '{ most: 1_000_000, windowMs: 1000 }',
    tests: [removalLimits],
  },
];
