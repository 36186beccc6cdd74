import { Hono } from 'hono';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { createRateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import { cancelApproval, consumeApproval, findApproval, findApproved } from './approving/asked-approval.ts';
import { requestApproval } from './approving/request-approval.ts';
import { createChanges } from './changes.ts';
import { destroyUsedUp } from './credentials/end-credential.ts';
import { findState } from './credentials/find-state.ts';
import { thaw } from './credentials/not-me.ts';
import { createNotMePages } from './credentials/not-me-pages.ts';
import { createSandboxCredential } from './credentials/sandbox-credential.ts';
import { createCardEnrolment, findCardEnrolment, renewCardLink } from './enrolling/card-enrolment.ts';
import { createEvents } from './events.ts';
import type { Authenticator } from './face.ts';
import { createKeyBoxes } from './key-box.ts';
import { createLinks } from './links.ts';
import { createMacs } from './macs.ts';
import type { Messages } from './messages-port.ts';
import { createNonces } from './nonces.ts';
import type { AuthenticatorDirectory, EcpsSessions, OpenRepairs, Parts } from './parts.ts';
import { createVerifyProof } from './proof.ts';
import { createRemovalStore } from './removal/removal-store.ts';
import { createWalletRoutes } from './removal/wallet-routes.ts';
import { createApi } from './routes.ts';
import { createApprovalStore } from './stores/approval-store.ts';
import { createBrowserStore } from './stores/browser-store.ts';
import { createCredentialStore } from './stores/credential-store.ts';
import { createDeviceStore } from './stores/device-store.ts';
import { createEnrolmentStore } from './stores/enrolment-store.ts';
import { sweep } from './sweep.ts';

export interface AuthenticatorDependencies {
  database: Database;
  clock: Clock;
  events: EventReporter;
  directory: AuthenticatorDirectory;
  messages: Messages;
  /** Absent: no session hangs on an e-CPS. */
  sessions?: EcpsSessions;
  /** Absent: nobody repairs a sign-in here. */
  repairs?: OpenRepairs;
  /** 32 bytes each, base64url. */
  keys: { wrappingKey: string; hmacKey: string };
  /** The app listener as phones see it. */
  appUrl: URL;
}

export const apiPath = '/api';

/** Paths that authenticate by signatures of phones. */
export const isAppApi = (path: string): boolean => path.startsWith(`${apiPath}/`);

export function createAuthenticator(dependencies: AuthenticatorDependencies): Authenticator {
  const parts = createParts(dependencies);
  const stopping = new AbortController();
  return {
    routes: createRoutes(parts, stopping.signal),
    walletRoutes: (ports) => createWalletRoutes({ ...parts, ...ports }),
    requestApproval: (question) => requestApproval(parts, question),
    findApproval: (id, signInId) => findApproval(parts, { id, signInId }),
    consumeApproval: (asked, unit) => consumeApproval(parts, asked, unit),
    findApproved: (asked) => findApproved(parts, asked),
    cancelApproval: (asked) => cancelApproval(parts, asked),
    findState: (nationalId, linkedAdeli) => findState(parts, nationalId, linkedAdeli),
    createCardEnrolment: (request, unit) => createCardEnrolment(parts, request, unit),
    renewCardLink: (id) => renewCardLink(parts, id),
    findCardEnrolment: (id) => findCardEnrolment(parts, id),
    thaw: (nationalId) => thaw(parts, nationalId),
    async sweep() {
      await destroyUsedUp(parts);
      await sweep(parts);
    },
    sandbox: {
      createCredential: (persona) => createSandboxCredential(parts, persona),
      findNumber: async (id) => (await parts.approvals.find(id))?.signIn?.number,
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
    },
  };
}

function createParts({ database, clock, keys, appUrl, ...ports }: AuthenticatorDependencies): Parts {
  const macs = createMacs(keys.hmacKey);
  return {
    database,
    clock,
    events: createEvents(ports.events),
    directory: ports.directory,
    messages: ports.messages,
    sessions: ports.sessions,
    repairs: ports.repairs,
    limiter: createRateLimiter({ clock }),
    macs,
    links: createLinks({ macs, clock, appUrl }),
    keyBoxes: createKeyBoxes(keys.wrappingKey),
    changes: createChanges(),
    devices: createDeviceStore(database),
    enrolments: createEnrolmentStore(database),
    credentials: createCredentialStore(database),
    approvals: createApprovalStore(database),
    browsers: createBrowserStore(database),
    removals: createRemovalStore(database),
    appUrl,
  };
}

function createRoutes(parts: Parts, stopping: AbortSignal): Hono<AppEnv> {
  const nonces = createNonces(parts.macs, parts.clock);
  const verifyProof = createVerifyProof({ ...parts, nonces });
  return new Hono<AppEnv>()
    .route(apiPath, createApi({ parts, verifyProof, nonces, stopping }))
    .route('/', createNotMePages(parts));
}
