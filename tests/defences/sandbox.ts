import type { Defence } from './defence.ts';

export const defences: Defence[] = [
  {
    name: 'a card blocks after three wrong codes',
    file: 'src/sandbox/reader/pin.ts',
    from: "'<', pinTries",
    to: "'<', 99",
    tests: ['tests/contracts/sandbox-state.test.ts'],
  },
];
