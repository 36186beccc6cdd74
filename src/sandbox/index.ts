// Owns what makes a whole world of one process: invented people with their cards and their directory, the virtual
// reader, the outbox pages, the clock, the reset, and the API that drives them. It uses the other modules by their
// faces and the other listeners by their protocols; nothing depends on it, and production never opens it.

export { type CardIssueContext, cardIssueCommand } from './card-issue/card-issue-command.ts';
export {
  conformancePath,
  createCibaDecisions,
  createConformancePages,
  isConformancePath,
  standardClaims,
} from './conformance/index.ts';
export { type DemoRegistration, demoClientIds } from './demo-clients.ts';
export { migrations, resetTables } from './migrations.ts';
export { sandboxOperator } from './personas.ts';
export { type CardAuthority, openCardAuthority } from './pki/index.ts';
export type { PhoneAuthority, SandboxUrls, SeedDirectory, Trail, TrailEvent } from './ports.ts';
export { openSandbox, type Sandbox, type SandboxDependencies } from './sandbox.ts';

/** Paths that answer programs, and judge where a request comes from by themselves. */
export const isApi = (path: string): boolean => path.startsWith('/api/');
