import type { Defence } from '../defence.ts';

const approval = 'tests/attacks/ecps-approval.test.ts';
const numbers = 'tests/attacks/ecps-numbers.test.ts';
const strangers = 'tests/attacks/ecps-strangers.test.ts';
const approvalSteps = 'tests/journeys/ecps-approval-steps.test.ts';
const races = 'tests/contracts/authenticator-races.test.ts';

/** Requests to the phone, and their answers. */
export const questions: Defence[] = [
  {
    name: 'an approval is signed by K_auth',
    file: 'src/authenticator/approving/answer-approval.ts',
    from: "!verifyJws(jws, 'ecps-approval+jwt', credential.authKey)",
    to: 'false',
    tests: [approval],
  },
  {
    name: 'an approval is signed over exactly what was asked',
    file: 'src/authenticator/approving/answer-approval.ts',
    from: 'if (jws.payloadText !== JSON.stringify(expected))',
    to: 'if (false)',
    tests: [approval],
  },
  {
    name: 'the number must be the one that the page shows',
    file: 'src/authenticator/approving/answer-approval.ts',
    from: 'number === (approval.signIn?.number ?? null)',
    to: 'true',
    tests: [numbers],
  },
  {
    name: 'a number has one try',
    file: 'src/authenticator/approval.ts',
    from: "event.numberMatches ? 'approved' : 'wrong_number'",
    to: "event.numberMatches ? 'approved' : 'pending'",
    tests: [numbers],
  },
  {
    name: 'the phone is not told the right number',
    file: 'src/authenticator/approving/approval-view.ts',
    from: 'numbers: signIn?.numbers ?? null,',
    to: 'numbers: signIn?.numbers ?? null, right: signIn?.number,',
    tests: [numbers],
  },
  {
    name: 'the right number stands anywhere',
    file: 'src/authenticator/approving/numbers.ts',
    from: 'others.toSpliced(randomInt(count), 0, number)',
    to: '[number, ...others]',
    tests: [numbers],
  },
  {
    name: 'a question is answered by its own person’s phones',
    file: 'src/authenticator/approving/answer-approval.ts',
    from: '!approval || !isAsked(approval, credential)',
    to: '!approval',
    tests: [approval],
  },
  {
    name: 'of many answers at once one counts',
    file: 'src/authenticator/stores/approval-store.ts',
    from: ".where('status', '=', '')",
    to: ".where((is) => is.or([is('status', '=', ''), is('status', '!=', sql.lit(''))]))",
    tests: [races, numbers],
  },
  {
    name: 'a question that is over is over',
    file: 'src/authenticator/approval.ts',
    from: "now === 'pending' ? { state: { ...state, status }, guess: false } : { refusal: 'ended' }",
    to: '{ state: { ...state, status }, guess: false }',
    tests: [approvalSteps],
  },
  {
    name: 'an approval serves the sign-in that asked',
    file: 'src/authenticator/approving/asked-approval.ts',
    from: 'approval?.signIn?.signInId === signInId ? approval : undefined',
    to: 'approval',
    tests: ['tests/journeys/ecps-approval.test.ts'],
  },
  {
    name: 'strangers have three open questions at most',
    file: 'src/authenticator/approving/request-approval.ts',
    from: 'return pending >= pendingPerPersonAndService;',
    to: 'return false;',
    tests: [strangers],
  },
  {
    name: 'strangers’ open questions do not keep her out',
    file: 'src/authenticator/approving/request-approval.ts',
    from: '!question.isHers && (await hasThreeOpen',
    to: '(await hasThreeOpen',
    tests: [strangers],
  },
  {
    name: 'a stranger’s question never ends hers',
    file: 'src/authenticator/stores/approval-store.ts',
    from: ".where('browser_hash', '=', '')",
    to: ".where('browser_hash', '!=', '')",
    tests: [strangers],
  },
  {
    name: 'three unanswered questions leave her own browsers',
    file: 'src/authenticator/approving/request-approval.ts',
    from: 'if (unanswered.length < unansweredLimit) return undefined;',
    to: 'return undefined;',
    tests: [strangers],
  },
  {
    name: 'a browser at its limit uses up nothing of the person’s',
    file: 'src/authenticator/approving/request-approval.ts',
    from: 'if (ofBrowser) return ofBrowser;',
    to: '',
    tests: [strangers],
  },
  {
    name: 'strangers at the person’s limit do not keep her out',
    file: 'src/authenticator/approving/request-approval.ts',
    from: 'return isHers ? undefined : ofNumber;',
    to: 'return ofNumber;',
    tests: [strangers],
  },
  {
    name: '“not me” blocks the browser that asked',
    file: 'src/authenticator/approving/answer-approval.ts',
    from: "reason === 'not_me' && approval.signIn",
    to: 'false',
    tests: [strangers],
  },
];
