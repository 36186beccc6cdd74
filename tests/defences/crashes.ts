import type { Defence } from './defence.ts';

const starts = ['tests/crashes/start-failures.test.ts'];
const serving = ['tests/crashes/store-away.test.ts'];
const broken = ['tests/crashes/broken-units.test.ts'];
const errorPage = 'src/platform/http/error-page.ts';

export const defences: Defence[] = [
  {
    name: 'a database of a newer version is refused',
    file: 'src/platform/database/migrations.ts',
    from: 'every((name) => known.has(name))',
    to: 'every((name) => known.has(name) || true)',
    tests: starts,
  },
  {
    name: 'secrets that are damaged are not replaced',
    file: 'src/config/secrets.ts',
    from: 'return parseObject(text);',
    to: 'try { return parseObject(text); } catch { return {}; }',
    tests: starts,
  },
  {
    name: 'secrets are those that the database was written with',
    file: 'src/verify-secrets.ts',
    from: 'known === fingerprint',
    to: 'known !== undefined',
    tests: starts,
  },
  {
    name: 'a data directory serves one process',
    file: 'src/serving-lock.ts',
    from: 'BEGIN EXCLUSIVE',
    to: 'BEGIN DEFERRED',
    tests: starts,
  },
  {
    name: 'a start reads the directory that it will serve',
    file: 'src/sandbox/seed/seed.ts',
    from: 'return void (await directory.asOf())',
    to: 'return',
    tests: starts,
  },
  {
    name: 'a failure of the store says what to do',
    file: 'src/explain-failure.ts',
    from: 'if (fault)',
    to: 'if (!fault)',
    tests: starts,
  },
  {
    name: 'nothing is confirmed before it is durable',
    file: 'src/platform/database/sqlite-database.ts',
    from: 'await group.committed;',
    to: '',
    tests: serving,
  },
  {
    name: 'a page says that nothing can be kept',
    file: errorPage,
    from: 'findStoreFault(cause) !== undefined',
    to: 'false',
    tests: serving,
  },
  {
    name: 'an interface says that nothing can be kept',
    file: errorPage,
    from: "fault ? 'store.unavailable' : 'internal'",
    to: "'internal'",
    tests: serving,
  },
  {
    name: 'an interaction that cannot be read is not one that has expired',
    file: 'src/oidc/sign-in-host.ts',
    from: 'if (findStoreFault(error)) throw error;',
    to: '',
    tests: serving,
  },
  {
    name: 'a connection that breaks does not end the process',
    file: 'src/platform/database/postgres.ts',
    from: "client.on('error', () => {})",
    to: 'client',
    tests: serving,
  },
  {
    name: 'the job of a process that died is taken up',
    file: 'src/platform/jobs/job-store.ts',
    from: "is('leased_until', '<=', real)",
    to: "is('leased_until', '<', 0)",
    tests: ['tests/contracts/jobs.test.ts'],
  },
  {
    name: 'an approval is used up in the unit that keeps the sign-in',
    file: 'src/sign-in/ecps-actions.ts',
    from: 'approvals.consumeApproval(approval, unit)',
    to: 'approvals.consumeApproval(approval)',
    tests: broken,
  },
  {
    name: 'the end of sessions is planned in the unit that removes an e-CPS',
    file: 'src/authenticator/credentials/end-credential.ts',
    from: "await parts.sessions?.planEnd(unit, nationalId, 'opened_by_ecps');",
    to: '',
    tests: broken,
  },
  {
    name: 'services are told of an ended session by a job of the unit that ends it',
    file: 'src/oidc/sessions.ts',
    from: 'planned = await backChannel.plan(unit, session);',
    to: '',
    tests: broken,
  },
  {
    name: 'a job that could not tell a service tries again',
    file: 'src/oidc/back-channel-logout.ts',
    from: "throw new JobFailure('not acknowledged');",
    to: '{}',
    tests: broken,
  },
  {
    name: 'a job ends with what it writes, in one unit',
    file: 'src/platform/jobs/start-jobs.ts',
    from: 'if (held) await effect?.(unit);',
    to: 'if (held) void database.write(async (other) => effect?.(other)).catch(() => undefined);',
    tests: broken,
  },
  {
    name: 'a lease is renewed while its process lives',
    file: 'src/platform/jobs/start-jobs.ts',
    from: 'void this.#renew(job)',
    to: 'undefined',
    tests: ['tests/contracts/jobs.test.ts'],
  },
  {
    name: 'a page that waits goes on waiting in times of trouble',
    file: 'web/assets/waiting.ts',
    from: 'if (answer.status >= 500) return wait(element);',
    to: '',
    tests: ['tests/crashes/lost-answers.test.ts'],
  },
];
