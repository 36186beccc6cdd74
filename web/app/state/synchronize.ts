import { CallRefused, type Phone } from '#ecps-phone';
import type { EnrolmentView, PhoneState } from '../../../src/authenticator/wire.ts';
import type { KeptCredential, PhoneStorage } from '../storage/phone-storage.ts';
import type { AppState, HeldCredential, Result } from './app-state.ts';
import type { PhoneAccess } from './phone-access.ts';
import type { Store } from './store.ts';

const retryMs = 3000;
const nothing: PhoneState = { mark: '', approvals: [], credentials: [] };

export interface Synchronizer {
  /** Reads everything anew; rejects where the server does not answer. */
  refresh(): Promise<void>;
  /** Keeps the requests to sign in up to date from now on, beginning with a refresh. */
  restart(): void;
  /** Requests that were answered here: their end is no news. */
  markAnswered(approvalId: string): void;
}

export interface SynchronizerDependencies {
  state: Store<AppState>;
  storage: PhoneStorage;
  access: PhoneAccess;
}

/** Brings what the server knows of this phone to the screens: once on demand, and by a long poll. */
export function createSynchronizer({ state, storage, access }: SynchronizerDependencies): Synchronizer {
  const answered = new Set<string>();
  let running = new AbortController();

  async function refresh(): Promise<void> {
    await readAll();
  }

  async function readAll(): Promise<{ phone: Phone; mark: string } | undefined> {
    const phone = await access.find();
    if (!phone) {
      state.set({ known: true, offline: false, enrolment: undefined, approvals: [], credentials: [] });
      return undefined;
    }
    const [enrolments, present] = await Promise.all([
      known(phone.listEnrolments(), []),
      known(phone.watch({ waitSeconds: 0 }), nothing),
    ]);
    await applyPresent(present);
    for (const { id } of enrolments) await storage.keepNote(`asked ${id}`, 'yes');
    state.set({ known: true, offline: false, ...applyEnrolments(enrolments) });
    return { phone, mark: present.mark };
  }

  function applyEnrolments(enrolments: EnrolmentView[]): Partial<AppState> {
    const { enrolment: shown, result } = state.get();
    const pending = enrolments.filter(({ end }) => end === null);
    const enrolment = pending.find(({ id }) => id === shown?.id) ?? pending.sort(latestFirst)[0];
    const end = enrolments.find(({ id }) => id === shown?.id)?.end;
    return end && !result && !enrolment ? { enrolment, result: { kind: 'ended', end } } : { enrolment };
  }

  async function applyPresent({ approvals, credentials: views }: PhoneState): Promise<void> {
    const kept = await storage.listCredentials();
    const credentials: HeldCredential[] = [];
    for (const one of kept) {
      const view = views.find(({ id }) => id === one.credential.id);
      if (view && one.status === 'prepared') await storage.keepCredential(one.credential, 'active');
      if (view) credentials.push({ stored: one.credential, view });
    }
    const gone = kept.find(
      (one) => one.status === 'active' && !views.some(({ id }) => id === one.credential.id),
    );
    state.set({ approvals: applyApprovals(approvals), credentials, ...newsOf(gone) });
  }

  /** A request that ends while it is shown, and not from here, leaves a word. */
  function applyApprovals(present: AppState['approvals']): AppState['approvals'] {
    const open = present.filter(({ id }) => !answered.has(id)).sort((a, b) => a.requestedAt - b.requestedAt);
    const shown = state.get().approvals[0];
    const isOver = shown && !answered.has(shown.id) && !open.some(({ id }) => id === shown.id);
    if (isOver) state.set({ result: { kind: 'over' } });
    return open;
  }

  function newsOf(gone: KeptCredential | undefined): { result?: Result } {
    if (!gone || state.get().result) return {};
    const { id, nationalId } = gone.credential;
    return { result: { kind: 'gone', id, nationalId, destroyed: false } };
  }

  /** Polls while there is a credential that somebody may ask for. */
  async function follow(signal: AbortSignal): Promise<void> {
    const begun = await readAll();
    let mark = begun?.mark;
    while (begun && !signal.aborted && state.get().credentials.length > 0) {
      const present = await begun.phone.watch({ ...(mark === undefined ? {} : { mark }), signal });
      if (signal.aborted) return;
      mark = present.mark;
      await applyPresent(present);
      state.set({ offline: false });
    }
  }

  async function followAlways(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        return await follow(signal);
      } catch {
        if (signal.aborted) return;
        state.set({ offline: true });
        await pause(retryMs);
      }
    }
  }

  return {
    refresh,
    restart() {
      running.abort();
      running = new AbortController();
      void followAlways(running.signal);
    },
    markAnswered: (approvalId) => void answered.add(approvalId),
  };
}

/** A server that does not know the device has nothing of it. */
async function known<Answer>(call: Promise<Answer>, none: Answer): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof CallRefused && error.code === 'device.unknown') return none;
    throw error;
  }
}

const latestFirst = (a: EnrolmentView, b: EnrolmentView) => b.expiresAt - a.expiresAt;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
