import type { Defence } from '../defence.ts';

const activation = 'tests/attacks/ecps-activation.test.ts';
const links = 'tests/attacks/ecps-links.test.ts';
const enrolmentSteps = 'tests/journeys/ecps-enrolment-steps.test.ts';
const races = 'tests/contracts/authenticator-races.test.ts';
const enrolmentRaces = 'tests/contracts/authenticator-enrolment-races.test.ts';

/** From the request to the password. */
export const activations: Defence[] = [
  {
    name: 'a mail’s link is redeemed by the phone that asked',
    file: 'src/authenticator/enrolment.ts',
    from: "if (state.device !== device) return { refusal: 'other_device' };",
    to: '',
    tests: [activation],
  },
  {
    name: 'a link is redeemed once',
    file: 'src/authenticator/enrolment.ts',
    from: "if (state.stage !== 'requested') return { refusal: state.device === device ? 'link_used' : 'other_device' };",
    to: '',
    tests: [enrolmentSteps],
  },
  {
    name: 'a redeem by another phone is reported',
    file: 'src/authenticator/enrolling/redeem-link.ts',
    from: 'await parts.events.foreignRedeem(unit, enrolment.nationalId);',
    to: '',
    tests: [links],
  },
  {
    name: 'a mail’s token cannot be made',
    file: 'src/authenticator/links.ts',
    from: "macs.matches(mac, 'mail link', enrolmentId)",
    to: 'mac',
    tests: [activation],
  },
  {
    name: 'a card’s token cannot be made to live longer',
    file: 'src/authenticator/links.ts',
    from: "!macs.matches(mac, 'card link', enrolmentId, time)",
    to: "mac === ''",
    tests: [activation],
  },
  {
    name: 'a card’s token lives for 90 seconds',
    file: 'src/authenticator/enrolling/redeem-link.ts',
    from: "link.channel === 'card' && !link.fresh",
    to: 'false',
    tests: ['tests/journeys/ecps-activation.test.ts'],
  },
  {
    name: '“not me” needs its own token',
    file: 'src/authenticator/links.ts',
    from: "macs.matches(mac, 'not me', id)",
    to: 'id',
    tests: [activation],
  },
  {
    name: 'opening “not me” blocks nothing',
    file: 'src/authenticator/credentials/not-me-pages.ts',
    from: 'return subject ? renderQuestion(c, subject) : renderOver(c);',
    to: "await block(parts, c.req.param('token')); return subject ? renderQuestion(c, subject) : renderOver(c);",
    tests: [links],
  },
  {
    name: '“not me” looks again where another call was faster',
    file: 'src/authenticator/credentials/not-me.ts',
    from: 'block(parts, token, tries - 1)',
    to: 'undefined',
    tests: [enrolmentRaces],
  },
  {
    name: 'a code has five tries',
    file: 'src/authenticator/enrolment.ts',
    from: ' || code.tries >= codeTries',
    to: '',
    tests: [races],
  },
  {
    name: 'a code is counted before it is compared',
    file: 'src/authenticator/enrolment.ts',
    from: 'tries: code.tries + 1',
    to: 'tries: code.tries',
    tests: [races],
  },
  {
    name: 'of many steps of one enrolment at once one is made',
    file: 'src/authenticator/stores/enrolment-store.ts',
    from: ".where('version', '=', version)",
    to: '',
    tests: [races, enrolmentRaces],
  },
  {
    name: 'SMS have a limit of their own',
    file: 'src/authenticator/enrolment.ts',
    from: 'if (retryAt !== null) return',
    to: 'if (false) return',
    tests: [enrolmentRaces],
  },
  {
    name: 'mail and SMS alone do not get past an active phone',
    file: 'src/authenticator/enrolling/confirm-code.ts',
    from: 'await needsConsent(parts, unit, enrolment)',
    to: 'false',
    tests: [activation],
  },
  {
    name: 'one transcript binds both keys',
    file: 'src/authenticator/enrolling/activate.ts',
    from: ' || jws.payloadText !== JSON.stringify(transcript)',
    to: '',
    tests: [activation],
  },
  {
    name: 'K_auth is proven by its signature',
    file: 'src/authenticator/enrolling/activate.ts',
    from: " && verifyJws(jws, 'ecps-enrolment+jwt', authKey)",
    to: '',
    tests: [activation],
  },
  {
    name: 'codes at rest are HMACs',
    file: 'src/authenticator/enrolling/confirm-code.ts',
    from: "const codeMac = parts.macs.mac('code', id, code);",
    to: 'const codeMac = code;',
    tests: [activation],
  },
];
