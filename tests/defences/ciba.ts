import type { Defence } from './defence.ts';

const attacks = 'tests/attacks/ciba-requests.test.ts';
const contract = 'tests/contracts/oidc-ciba.test.ts';
const journey = 'tests/journeys/ciba.test.ts';
const card = 'tests/journeys/ciba-card.test.ts';
const takeOver = 'src/oidc/ciba/take-over.ts';
const rules = 'src/oidc/ciba/request-rules.ts';

/** Requests for a person by programs of services. */
export const defences: Defence[] = [
  {
    name: 'an answer that was taken over gives nothing again, in one unit with what it gives',
    file: takeOver,
    from: 'if (!isFirst) throw new AlreadyConsumed(model);',
    to: '',
    tests: [contract],
  },
  {
    name: 'whoever asks again is not told by what redeems the request',
    file: 'src/oidc/ciba/approvals.ts',
    from: 'hashId(authReqId)',
    to: 'authReqId',
    tests: [contract],
  },
  {
    name: 'what another client asks about is left as it is',
    file: takeOver,
    from: '&& request.clientId === oidc.client?.clientId',
    to: '',
    tests: [attacks],
  },
  {
    name: 'a poll before the interval is over is counted',
    file: takeOver,
    from: 'if (refused) throw new SlowDown();',
    to: '',
    tests: [journey],
  },
  {
    name: 'a request that is out of time is remembered as such',
    file: 'src/oidc/adapter.ts',
    from: "model === 'BackchannelAuthenticationRequest' ? endedRequestMs : 0",
    to: '0',
    tests: [journey],
  },
  {
    name: 'a service that cannot say who it is asks for nobody',
    file: rules,
    from: "client?.clientAuthMethod === 'none'",
    to: 'false',
    tests: [attacks],
  },
  {
    name: 'a binding message is two digits',
    file: rules,
    from: "!approvals.message.test(message ?? '')",
    to: 'false',
    tests: [journey],
  },
  {
    name: 'a level that no phone reaches is refused',
    file: rules,
    from: '!methodsFor(params, policy).includes(channels[channel].method)',
    to: 'false',
    tests: [journey],
  },
  {
    name: 'the number of the other screen is the one that the phone must give',
    file: 'src/oidc/ciba/phone-approvals.ts',
    from: 'number: Number(message),',
    to: '',
    tests: ['tests/attacks/ciba-numbers.test.ts'],
  },
  {
    name: 'to limits a service that asks for a person is one browser',
    file: 'src/oidc/ciba/phone-approvals.ts',
    from: 'browserHash: hash(',
    to: 'browserHash: signInId || hash(',
    tests: [attacks],
  },
  {
    name: 'services do not end each other’s requests',
    file: 'src/oidc/ciba/phone-approvals.ts',
    from: 'browserHash: hash(',
    to: 'browserHash: identifier || hash(',
    tests: [attacks],
  },
  {
    name: 'a card is read for the request, not before it',
    file: 'src/oidc/ciba/card/card-question.ts',
    from: ' && verification.verifiedAt >= askedAt',
    to: '',
    tests: [card],
  },
  {
    name: 'a request is answered by the card of whom it is to',
    file: 'src/oidc/ciba/card/card-question.ts',
    from: 'return isHers && ',
    to: 'return ',
    tests: [card],
  },
  {
    name: 'the page of requests lists those of its own person',
    file: 'src/oidc/ciba/card/card-question-store.ts',
    from: "        .selectAll()\n        .where('national_id', '=', formatIdNatPs(nationalId))\n",
    to: '        .selectAll()\n',
    tests: [card],
  },
  {
    name: 'the number on the page has one try',
    file: 'src/oidc/ciba/card/card-routes.ts',
    from: "questions.advance(unit, question.id, 'pending', given)",
    to: 'questions.advance(unit, question.id, question.status, given)',
    tests: [card],
  },
  {
    name: 'the number on the page must be that of the other screen',
    file: 'src/oidc/ciba/card/card-routes.ts',
    from: 'Number(answer) === number',
    to: 'true',
    tests: [card],
  },
  {
    name: 'only a session by card answers a request to a card',
    file: 'src/oidc/ciba/card/card-routes.ts',
    from: "session?.verification.method !== 'card'",
    to: '!session',
    tests: [card],
  },
  {
    name: 'services do not end each other’s requests to a card',
    file: 'src/oidc/ciba/card/card-question-store.ts',
    from: "        .where('client_id', '=', clientId)\n",
    to: '',
    tests: [card],
  },
  {
    name: 'a service that asks a card without end is refused',
    file: 'src/oidc/ciba/card/card-approvals.ts',
    from: 'if (refused) return',
    to: 'if (false) return',
    tests: [card],
  },
];
