import type { Defence } from '../defence.ts';

const approval = 'tests/attacks/ecps-approval.test.ts';
const passwordRaces = 'tests/contracts/authenticator-password-races.test.ts';
const passwords = 'tests/contracts/authenticator-password.test.ts';

/** Guesses of the password. */
export const passwordTries: Defence[] = [
  {
    name: 'a password is counted before it is evaluated',
    file: 'src/authenticator/stores/credential-store.ts',
    from: 'failures: sql`failures + 1`',
    to: 'failures: sql`failures`',
    tests: [passwordRaces],
  },
  {
    name: 'a locked e-CPS evaluates nothing',
    file: 'src/authenticator/stores/credential-store.ts',
    from: "is('locked_until', '<=', 0)",
    to: "is('locked_until', '>=', 0)",
    tests: [passwordRaces],
  },
  {
    name: 'after the last try nothing is evaluated',
    file: 'src/authenticator/stores/credential-store.ts',
    from: ".where('destroy_at', 'is', null)",
    to: '',
    tests: [passwordRaces],
  },
  {
    name: 'fifty tries over a life end it',
    file: 'src/authenticator/stores/credential-store.ts',
    from: ' or lifetime_failures + 1 >= ',
    to: ' or lifetime_failures + 1 >= 1000 * ',
    tests: [passwords],
  },
  {
    name: 'passwords are guessed while a question is open',
    file: 'src/authenticator/approving/evaluate-password.ts',
    from: "const step = current && next(current.state, { type: 'evaluated', at, element });",
    to: "const step = current && { ...next(current.state, { type: 'evaluated', at, element }), refusal: undefined, guess: true };",
    tests: [approval],
  },
  {
    name: 'what is no element is neither evaluated nor counted',
    file: 'src/authenticator/approving/evaluate-password.ts',
    from: 'if (!isElement(element))',
    to: 'if (false)',
    tests: [approval],
  },
  {
    name: 'a change of password has one further element',
    file: 'src/authenticator/approval.ts',
    from: ' || (state.newElement ?? element) !== element',
    to: '',
    tests: [approval],
  },
  {
    name: 'another k than the pinned one is not counted',
    file: 'src/authenticator/approving/evaluate-password.ts',
    from: 'pinned === credential.fingerprint ? parts',
    to: 'true ? parts',
    tests: [passwords],
  },
];
