import type { Defence } from './defence.ts';

const tests = ['tests/attacks/operator.test.ts'];
const pages = 'src/directory/operator-pages/operator-pages.ts';
const imports = ['tests/contracts/contact-import.test.ts'];
const importing = 'src/directory/contacts/import-contacts.ts';

export const defences: Defence[] = [
  {
    name: "an operator's page opens to operators alone",
    file: pages,
    from: '!dependencies.operators.includes(person.idNatPs)',
    to: 'false',
    tests,
  },
  {
    name: "an operator's page asks who is there",
    file: pages,
    from: 'if (!person) return askToSignIn(c, dependencies);',
    to: "if (!person) return run({ ...dependencies, c, operator: { idNatPs: '', signedIn: undefined } });",
    tests,
  },
  {
    name: 'a request that somebody has decided is not decided again',
    file: 'src/directory/contacts/request-store.ts',
    from: "        .where('id', '=', request.id)\n        .where('decided_at', 'is', null)",
    to: "        .where('id', '=', request.id)",
    tests: ['tests/contracts/contact-review.test.ts', ...tests],
  },
  {
    name: 'the trail keeps who decided',
    file: 'src/audit/audit.ts',
    from: 'subject, actor, JSON',
    to: 'subject, null, JSON',
    tests,
  },
  {
    name: 'a reason of a refusal is one of the list',
    file: 'src/directory/operator-pages/decide.ts',
    from: 'z.enum(refusalReasons)',
    to: 'z.string()',
    tests,
  },
  {
    name: 'operators are named by their whole identifiers',
    file: 'src/config/env.ts',
    from: '(ids) => ids.every((id) => idNatPs.test(id)),',
    to: '() => true,',
    tests,
  },
  {
    name: 'a file does not overwrite what the person did later',
    file: importing,
    from: "> at ? 'kept' : 'changed'",
    to: "> at ? 'changed' : 'changed'",
    tests: imports,
  },
  {
    name: 'a file does not overwrite what the person proved by an activation',
    file: importing,
    from: 'Math.max(ownAt, isOwn',
    to: 'Math.max(0, isOwn',
    tests: imports,
  },
  {
    name: 'what a file replaces is announced',
    file: importing,
    from: 'await announce?.(unit',
    to: 'false && announce?.(unit',
    tests: imports,
  },
  {
    name: 'a dry run of a file of contact details changes nothing',
    file: importing,
    from: 'if (reading.dryRun)',
    to: 'if (false)',
    tests: imports,
  },
  {
    name: 'the history of contact details holds no address',
    file: 'src/directory/contacts/contact-history.ts',
    from: 'contacts.email && maskEmail(contacts.email)',
    to: 'contacts.email',
    tests: imports,
  },
];
