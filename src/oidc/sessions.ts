import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { AdapterPayload, Session } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { Method, NationalId, Verification } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Unit } from '#platform/database/database.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { VerifiedSession } from './accounts.ts';
import type { BackChannel } from './back-channel-logout.ts';
import { initiateLoginUrl, walletClientId } from './clients/client-metadata.ts';
import type { OidcEvents } from './events.ts';
import type { ServiceState } from './grants.ts';
import { sessionOwner } from './identity-claims.ts';
import type { RecordStore } from './record-store.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** A service that a session was used for. */
export interface SessionService {
  clientId: string;
  name: string;
  /** Where the service starts a sign-in by itself; `undefined` where it cannot. */
  url: string | undefined;
}

/** Who is signed in on wallet in a browser. */
export interface WalletSession {
  /** `sid` of every token that the session gave. */
  uid: string;
  verification: Verification;
  /** The one used last comes first. */
  services: SessionService[];
  /** The one used last that can start a sign-in by itself. */
  service?: { name: string; url: string };
}

export type EndReason = 'signed_out' | 'relying_party' | 'other_account' | 'superseded' | 'means_removed';

/** Repairs that people have begun in a session, which are not this module's. */
export interface SignInRepairs {
  /** The first sign-in under the number that a repair leads to ends it. */
  endBySignIn(unit: Unit, verification: Verification): Promise<void>;
  /** So does the end of its session, but by a means that was superseded or removed: that is a step of it. */
  endBySession(unit: Unit, uid: string): Promise<void>;
  /** Somebody signs out in a browser, with or without a session. */
  endHeld(c: Context<AppEnv>): Promise<void>;
}

const endsRepair: Record<EndReason, boolean> = {
  signed_out: true,
  relying_party: true,
  other_account: true,
  superseded: false,
  means_removed: false,
};

/** All of them unless told. */
export interface MeantSessions {
  /** Those that this means opened. */
  method?: Method;
  /** Those of whom was verified before this instant (milliseconds). */
  before?: number;
}

export type Sessions = ReturnType<typeof createSessions>;

export interface SessionDependencies {
  provider: Provider;
  store: RecordStore;
  work: UnitOfWork<AdapterPayload>;
  events: OidcEvents;
  clock: Clock;
  backChannel: BackChannel;
  repairs: SignInRepairs | undefined;
}

export function createSessions(dependencies: SessionDependencies) {
  const { provider, store, work, events, clock, repairs, backChannel } = dependencies;
  /**
   * Ends a session on every host: its grants and tokens are gone at once, the services that it was used for are
   * told (OpenID Connect Back-Channel Logout 1.0). Ending one that is gone does nothing.
   */
  const end = async (uid: string, reason: EndReason): Promise<void> => {
    const session: VerifiedSession | undefined = await provider.Session.findByUid(uid);
    if (session) await endFound(session, reason);
  };
  const endFound = async (session: VerifiedSession, reason: EndReason): Promise<void> => {
    let planned: string | undefined;
    await work.write(async (unit) => {
      if (!(await store.deleteSession(unit, session.uid))) return;
      await events.sessionEnded(unit, session.verification, reason);
      if (endsRepair[reason]) await repairs?.endBySession(unit, session.uid);
      planned = await backChannel.plan(unit, session);
    });
    await backChannel.tellNow(session, planned);
  };
  return {
    /** The session that this browser's cookie names. */
    async find(req: IncomingMessage, res: ServerResponse): Promise<WalletSession | undefined> {
      const session: VerifiedSession = await provider.Session.get(provider.createContext(req, res));
      const { uid, verification } = session;
      if (!session.accountId || !verification) return undefined;
      const services = await servicesOf(session, provider);
      const [service] = services.flatMap(({ name, url }) => (url === undefined ? [] : [{ name, url }]));
      return { uid, verification, services, ...(service ? { service } : {}) };
    },

    end,

    /** Ends every session under a number that is meant. */
    async endAll(nationalId: NationalId, reason: EndReason, meant: MeantSessions = {}): Promise<void> {
      const uids = await store.listSessions(sessionOwner(nationalId), clock.now());
      await Promise.all(
        uids.map(async (uid) => {
          const session: VerifiedSession | undefined = await provider.Session.findByUid(uid);
          if (session && isMeant(session, meant)) await endFound(session, reason);
        }),
      );
    },
  };
}

function isMeant({ verification }: VerifiedSession, { method, before = Infinity }: MeantSessions): boolean {
  const isOfMethod = method === undefined || verification?.method === method;
  return isOfMethod && (verification?.verifiedAt ?? 0) < before;
}

async function servicesOf(session: Session, provider: Provider): Promise<SessionService[]> {
  const used = Object.entries(session.authorizations ?? {}) as [string, ServiceState][];
  used.sort(([, a], [, b]) => (b.usedAt ?? 0) - (a.usedAt ?? 0));
  const services = used.map(async ([clientId, { redirectUri }]) => {
    const client = await provider.Client.find(clientId);
    if (!client || clientId === walletClientId) return [];
    const url = initiateLoginUrl(client, redirectUri, provider.issuer);
    return [{ clientId, name: client.clientName ?? clientId, url }];
  });
  return (await Promise.all(services)).flat();
}
