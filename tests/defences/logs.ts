import type { Defence } from './defence.ts';

const logger = 'src/platform/logger.ts';
const describe = 'src/platform/describe-error.ts';
const unit = ['src/platform/logger.test.ts'];
const walks = ['tests/journeys/logs.test.ts'];
const references = ['tests/journeys/logs-references.test.ts'];

export const defences: Defence[] = [
  {
    name: 'an object is never logged',
    file: logger,
    from: 'value === null || plainTypes.has(typeof value)',
    to: 'true',
    tests: unit,
  },
  {
    name: 'an error is logged without its message',
    file: describe,
    from: '...(error instanceof AppError ? { message: error.message } : {}),',
    to: 'message: error.message,',
    tests: unit,
  },
  {
    name: 'a place in the code is one, and no line of a message',
    file: describe,
    from: "stack.replace(message, '').split('\\n')",
    to: "stack.split('\\n')",
    tests: unit,
  },
  {
    name: 'a code of an error is a word',
    file: describe,
    from: '...(isWord(code) ? { code } : {})',
    to: '...(code ? { code: String(code) } : {})',
    tests: unit,
  },
  {
    name: 'a request is logged by its route, not by its address',
    file: 'src/platform/http/log-requests.ts',
    from: 'route: routes.get(req) ?? null',
    to: "route: req.url ?? ''",
    tests: walks,
  },
  {
    name: 'libraries do not print what they see',
    file: 'bin/hygie.mjs',
    from: '  delete process.env.DEBUG;',
    to: '',
    tests: walks,
  },
  {
    name: 'an answer of a mail server stays out of log and queue',
    file: 'src/platform/mail/smtp-mail-sender.ts',
    from: '[command, responseCode ?? originalCode ?? code].filter(Boolean)',
    to: '[(error as Error).message].filter(Boolean)',
    tests: [...walks, 'tests/contracts/smtp-mail.test.ts'],
  },
  {
    name: 'what OAuth refuses is logged by its code',
    file: 'src/oidc/log-errors.ts',
    from: '{ event, error: error.error, clientId',
    to: '{ event, error: ctx.oidc.params?.code ?? ctx.req.url, clientId',
    tests: walks,
  },
  {
    name: 'the subject of an event reaches the trail, not the log',
    file: 'src/audit/audit.ts',
    from: '{ event: name, ...details }',
    to: '{ event: name, subject, ...details }',
    tests: walks,
  },
  {
    name: 'page and log have the same reference',
    file: 'src/platform/http/reference.ts',
    from: 'references.get(req) ?? newReference()',
    to: 'newReference()',
    tests: references,
  },
  {
    name: 'a browser does not go on to what was not committed',
    file: 'src/oidc/middleware.ts',
    from: "  ctx.remove('location');",
    to: '',
    tests: references,
  },
  {
    name: 'a failure of the card listener is told',
    file: 'src/smart-card/card-listener.ts',
    from: '?reference=',
    to: '?other=',
    tests: references,
  },
  {
    name: 'an answer of OAuth names the reference',
    file: 'src/oidc/middleware.ts',
    from: "?.error === 'server_error')",
    to: "?.error === 'never')",
    tests: references,
  },
  {
    name: 'a failure that nobody caught is not printed by Node',
    file: 'src/platform/last-words.ts',
    from: "process.on('uncaughtException'",
    to: "process.on('never'",
    tests: unit,
  },
];
