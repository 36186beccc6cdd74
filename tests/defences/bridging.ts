import type { Defence } from './defence.ts';

const wrongLink = 'tests/attacks/bridging-wrong-link.test.ts';
const journey = 'tests/journeys/bridging.test.ts';

export const defences: Defence[] = [
  {
    name: 'bridging is off unless an operator turns it on',
    file: 'src/config/config.ts',
    from: "bridging: env.HYGIE_BRIDGING === 'on',",
    to: 'bridging: true,',
    tests: [wrongLink],
  },
  {
    name: 'a link is bridged only where its conditions hold',
    file: 'src/repair/bridging/create-bridging.ts',
    from: "return link.outcome === 'linked' ? rpps(link.rpps) : undefined;",
    to: "return 'rpps' in link ? rpps(link.rpps) : undefined;",
    tests: [wrongLink],
  },
  {
    name: 'each bridged sign-in is audited',
    file: 'src/repair/bridging/create-bridging.ts',
    from: "await directory.recordLinkUse(unit, adeli, 'bridging');",
    to: '',
    tests: [journey],
  },
  {
    name: 'each bridged sign-in is announced',
    file: 'src/repair/bridging/create-bridging.ts',
    from: 'await jobs.enqueue(unit, kind, notice);',
    to: '',
    tests: [journey],
  },
  {
    name: 'a bridged card changes contact details as one under ADELI',
    file: 'src/contact-page/visitor.ts',
    from: 'return bridged?.value ?? null;',
    to: 'return bridged === undefined ? null : null;',
    tests: [journey],
  },
  {
    name: 'sessions are found by the number that was verified',
    file: 'src/oidc/adapter.ts',
    from: "subject: model === 'Session' ? ownerOf(payload) : null,",
    to: "subject: model === 'Session' ? (payload.accountId ?? null) : null,",
    tests: ['tests/contracts/oidc-eras.test.ts'],
  },
];
