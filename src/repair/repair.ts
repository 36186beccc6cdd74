import { type Context, Hono } from 'hono';
import { formatIdNatPs, rpps, type Verification } from '#national-id';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { type CaseFile, isOfferedEcps, type RepairSession } from './case-file.ts';
import { type Diagnosis, diagnose, type EcpsState } from './diagnosis.ts';
import { type EcpsStates, gatherFacts, type RepairDirectory } from './gather-facts.ts';
import { renderRepairPage } from './pages.ts';
import { paths } from './paths.ts';

export interface RepairDependencies {
  directory: RepairDirectory;
  /** Absent where no e-CPS app is served. */
  ecps?: EcpsStates & { appUrl: URL };
  /** Wallet's base URL. */
  walletUrl: URL;
  /** The session that this browser has on wallet. */
  findSession(c: Context<AppEnv>): Promise<RepairSession | undefined>;
  /** Ends a session everywhere: the means that opened it is superseded. */
  endSession(uid: string, reason: 'superseded'): Promise<void>;
  /** Where a browser without one signs in, to come back to `path`; `loginHint` fills in its e-CPS page. */
  signInUrl(path: string, loginHint?: string): string;
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
    ecps: EcpsState;
  };
}

export function createRepair(dependencies: RepairDependencies): Repair {
  const { directory, findSession, signInUrl, walletUrl } = dependencies;
  const open = async (verification: Verification): Promise<CaseFile> => {
    const facts = await gatherFacts(dependencies, verification);
    const { record, ecps } = facts;
    return { verification, diagnosis: diagnose(facts), record, ecps, asOf: await directory.asOf() };
  };
  const routes = new Hono<AppEnv>();
  routes.get(paths.page, async (c) => {
    const session = await findSession(c);
    if (!session) return c.redirect(signInUrl(paths.page), 303);
    return renderRepairPage(c, {
      file: await open(session.verification),
      service: session.service,
      appUrl: dependencies.ecps?.appUrl,
    });
  });
  routes.get(paths.ecps, (c) => signInByEcps(c, dependencies, open));
  routes.post(paths.back, async (c) => {
    const service = (await findSession(c))?.service;
    return service ? leavingRedirect(c, service.url) : c.redirect(paths.page, 303);
  });
  return {
    routes,
    diagnose: open,
    claim: async (verification) => claimOf(await open(verification), new URL(paths.page, walletUrl)),
  };
}

/**
 * **Se connecter avec ma e-CPS**: the session of the ADELI card ends first, on every host, so that single sign-on does
 * not bring the old identity back; then the service starts a sign-in of the RPPS number by itself.
 */
async function signInByEcps(
  c: Context<AppEnv>,
  { findSession, endSession, signInUrl }: RepairDependencies,
  open: Repair['diagnose'],
): Promise<Response> {
  const session = await findSession(c);
  const file = session && (await open(session.verification));
  if (!session || !file?.record || !isOfferedEcps(file) || !isOwnLink(c)) return c.redirect(paths.page, 303);
  const loginHint = formatIdNatPs(rpps(file.record.rpps));
  await endSession(session.uid, 'superseded');
  return c.redirect(startUrl(session.service, loginHint) ?? signInUrl(paths.page, loginHint), 303);
}

/** A page elsewhere that links here would sign people out. */
function isOwnLink(c: Context<AppEnv>): boolean {
  return (c.req.header('sec-fetch-site') ?? 'same-origin') === 'same-origin';
}

/** The service's `initiate_login_uri` with `login_hint` (OpenID Connect Core 1.0 section 4). */
function startUrl(service: RepairSession['service'], loginHint: string): string | undefined {
  if (!service) return undefined;
  const url = new URL(service.url);
  url.searchParams.set('login_hint', loginHint);
  return url.href;
}

function claimOf({ verification, diagnosis, record, ecps, asOf }: CaseFile, uri: URL): RepairClaim {
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
      ecps,
    },
  };
}
