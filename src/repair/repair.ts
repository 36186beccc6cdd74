import { type Context, Hono } from 'hono';
import type { Verification } from '#national-id';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { CaseFile, RepairSession } from './case-file.ts';
import { type Diagnosis, diagnose } from './diagnosis.ts';
import { gatherFacts, type RepairDirectory } from './gather-facts.ts';
import { renderRepairPage } from './pages.ts';

export interface RepairDependencies {
  directory: RepairDirectory;
  /** Wallet's base URL. */
  walletUrl: URL;
  /** The session that this browser has on wallet. */
  findSession(c: Context<AppEnv>): Promise<RepairSession | undefined>;
  /** Where a browser without one signs in, to come back to `path`. */
  signInUrl(path: string): string;
}

export interface Repair {
  /** Wallet's pages. */
  routes: Hono<AppEnv>;
  diagnose(verification: Verification): Promise<CaseFile>;
  /** The `repair` claim of the contract (scope `repair`). */
  claim(verification: Verification): Promise<RepairClaim>;
}

export interface RepairClaim {
  cause: Diagnosis['cause'];
  uri: string;
  steps: Diagnosis['steps'];
  chain: {
    signedIn: { method: Verification['method']; kind: Verification['nationalId']['kind'] };
    /** `asOf`: ISO 8601. */
    directory: { rpps: string | null; places: number | null; asOf: string | null };
    ecps: 'none';
  };
}

const path = '/reparation';

export function createRepair({ directory, walletUrl, findSession, signInUrl }: RepairDependencies): Repair {
  const open = async (verification: Verification): Promise<CaseFile> => {
    const facts = await gatherFacts(directory, verification);
    const asOf = await directory.asOf();
    return { verification, diagnosis: diagnose(facts), record: facts.record, asOf };
  };
  const routes = new Hono<AppEnv>();
  routes.get(path, async (c) => {
    const session = await findSession(c);
    if (!session) return c.redirect(signInUrl(path), 303);
    return renderRepairPage(c, await open(session.verification), session.service);
  });
  routes.post(`${path}/retour`, async (c) => {
    const service = (await findSession(c))?.service;
    return service ? leavingRedirect(c, service.url) : c.redirect(path, 303);
  });
  return {
    routes,
    diagnose: open,
    claim: async (verification) => claimOf(await open(verification), new URL(path, walletUrl)),
  };
}

function claimOf({ verification, diagnosis, record, asOf }: CaseFile, uri: URL): RepairClaim {
  return {
    cause: diagnosis.cause,
    uri: uri.href,
    steps: diagnosis.steps,
    chain: {
      signedIn: { method: verification.method, kind: verification.nationalId.kind },
      directory: {
        rpps: record?.rpps ?? null,
        places: record?.places ?? null,
        asOf: asOf === null ? null : new Date(asOf).toISOString(),
      },
      ecps: 'none',
    },
  };
}
