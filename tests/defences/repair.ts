import type { Defence } from './defence.ts';

const ticket = 'tests/attacks/repair-ticket.test.ts';
const otherBrowser = 'tests/attacks/repair-other-browser.test.ts';
const wrongLink = 'tests/attacks/repair-wrong-link.test.ts';
const journey = 'tests/journeys/repair-ticket.test.ts';
const contactPage = 'tests/attacks/contact-page.test.ts';

export const defences: Defence[] = [
  {
    name: 'the cookie of a ticket is sealed',
    file: 'src/repair/ticket-cookie.ts',
    from: 'sent.length === right.length && timingSafeEqual(sent, right)',
    to: 'true',
    tests: [ticket],
  },
  {
    name: 'a seal is of one ticket',
    file: 'src/repair/ticket-cookie.ts',
    from: ".update(JSON.stringify(['repair ticket', id, openedAt]))",
    to: ".update('repair ticket')",
    tests: [ticket],
  },
  {
    name: 'a session opens its own tickets alone',
    file: 'src/repair/tickets.ts',
    from: 'own ? own.service : ticketsOf(session).get(id)',
    to: 'own ? own.service : (ticketsOf(session).get(id) ?? null)',
    tests: [ticket],
  },
  {
    name: 'a ticket left in a browser is not for the next person',
    file: 'src/repair/tickets.ts',
    from: 'held: isOther ? undefined : held',
    to: 'held',
    tests: [ticket],
  },
  {
    name: 'what a page polls needs the cookie',
    file: 'src/repair/tickets.ts',
    from: `      const held = await findHeld(c);
      return held?.id === id ? held : undefined;`,
    to: '      return store.find(id, clock.now());',
    tests: [ticket],
  },
  {
    name: 'a link elsewhere ends no session on the way to an e-CPS',
    file: 'src/repair/routes.ts',
    from: "(c.req.header('sec-fetch-site') ?? 'same-origin') === 'same-origin'",
    to: 'true',
    tests: [ticket],
  },
  {
    name: 'an e-CPS vouches for no phone',
    file: 'src/repair/card-code.ts',
    from: "method === 'card' && now",
    to: 'now',
    tests: [ticket],
  },
  {
    name: 'a card that vouches for a phone was read within five minutes',
    file: 'src/repair/card-code.ts',
    from: 'now - verifiedAt < cardFreshnessMs',
    to: 'true',
    tests: [journey],
  },
  {
    name: 'a card vouches for one phone',
    file: 'src/repair/card-code.ts',
    from: 'if (!(await store.useCard(unit, verification, now))) return undefined;',
    to: '',
    tests: ['tests/contracts/repair-tickets.test.ts', journey, 'tests/journeys/repair-by-card.test.ts'],
  },
  {
    name: 'the end of a session ends its repair',
    file: 'src/oidc/sessions.ts',
    from: 'if (endsRepair[reason]) await',
    to: 'if (false) await',
    tests: [otherBrowser],
  },
  {
    name: 'a sign-out on wallet ends the repair whose session is gone',
    file: 'src/oidc/wallet-routes.ts',
    from: 'await repairs?.endHeld(c);',
    to: '',
    tests: [journey],
  },
  {
    name: 'a link leads to one RPPS number',
    file: 'src/directory/links/resolve-link.ts',
    from: "if (numbers.length > 1) return { outcome: 'mismatch', reason: 'several' };",
    to: '',
    tests: [wrongLink],
  },
  {
    name: 'the family name of a link agrees',
    file: 'src/directory/links/resolve-link.ts',
    from: 'if (!familyNames.some((name) => sameFamilyName(name, claimed.familyName))) return false;',
    to: '',
    tests: [wrongLink],
  },
  {
    name: 'a given name of a link agrees',
    file: 'src/directory/links/resolve-link.ts',
    from: 'return shareGivenName(practitioner.givenName, claimed.givenName);',
    to: 'return true;',
    tests: [wrongLink],
  },
  {
    name: 'the profession of a link agrees',
    file: 'src/directory/links/resolve-link.ts',
    from: "if (!professionAgrees(practitioner, claimed)) return { outcome: 'mismatch', reason: 'profession' };",
    to: '',
    tests: [wrongLink],
  },
  {
    name: 'the record of a link is active',
    file: 'src/directory/links/resolve-link.ts',
    from: "if (!practitioner.active) return { outcome: 'inactive', rpps, endedAt: practitioner.endedAt };",
    to: '',
    tests: [wrongLink],
  },
  {
    name: 'the code of a card lives 90 seconds',
    file: 'src/authenticator/enrolling/redeem-link.ts',
    from: "if (link.channel === 'card' && !link.fresh) throw errors('activation.expired');",
    to: '',
    tests: [wrongLink],
  },
  {
    name: 'the diagnosis is made anew on each page',
    file: 'src/repair/card-code.ts',
    from: "if (!ecps || number === null) return { outcome: 'not_offered' };",
    to: "if (!ecps) return { outcome: 'not_offered' };",
    tests: [wrongLink],
  },
  {
    name: 'contact details are changed under the number of the session, not one that is typed',
    file: 'src/contact-page/visitor.ts',
    from: "return rpps ? { way: 'card', rpps, adeli: value } : { way: 'none', reason: 'no_link' };",
    to: "return { way: 'card', rpps: rpps ?? '99700014253', adeli: null };",
    tests: [wrongLink],
  },
  {
    name: 'the way back from contact details is to wallet or app',
    file: 'src/contact-page/return-address.ts',
    from: 'return origin === base.origin &&',
    to: 'return',
    tests: [contactPage],
  },
];
