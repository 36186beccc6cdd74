import type { PhoneStorage } from '../storage/phone-storage.ts';
import type { Tabs } from '../storage/tabs.ts';
import { type ActivationLink, type Route, readAddress, routes } from './address.ts';
import { type AppState, initialState, type Result } from './app-state.ts';
import { createApprovalActs } from './approval-acts.ts';
import { createCredentialActs } from './credential-acts.ts';
import { createEnrolmentActs } from './enrolment-acts.ts';
import { asksToInstall } from './installation.ts';
import { createPhoneAccess, type PhoneAccess } from './phone-access.ts';
import { createStore, type Store } from './store.ts';
import { createSynchronizer, type Synchronizer } from './synchronize.ts';

/** What the acts of a person are made of. */
export interface Parts {
  state: Store<AppState>;
  storage: PhoneStorage;
  access: PhoneAccess;
  synchronizer: Synchronizer;
  /** Shows a screen with an address of its own. */
  navigate(route: Route): void;
  /** Other tabs read the store and the server again; so does the long poll of this one. */
  changed(): void;
}

export type App = ReturnType<typeof createApp>;

/** The app behind its screens: one phone of one store, its state and what a person can do. */
export function createApp({ storage, tabs }: { storage: PhoneStorage; tabs: Tabs }) {
  const state = createStore<AppState>(initialState);
  const access = createPhoneAccess(storage);
  const synchronizer = createSynchronizer({ state, storage, access });

  function navigate(route: Route): void {
    history.pushState(null, '', `/${routes[route]}`);
    state.set({ route, result: undefined });
  }

  function changed(): void {
    tabs.announce();
    synchronizer.restart();
  }

  async function readLocation(): Promise<void> {
    const { route, link, rpps } = readAddress(location.href);
    state.set({ route, rpps: rpps ?? (await storage.findNote('rpps')) });
    if (rpps) await storage.keepNote('rpps', rpps);
    if (link) await openLink(link);
  }

  /** A mail's link that this phone did not ask for is for another phone: nothing is consumed. */
  async function openLink(link: ActivationLink): Promise<void> {
    const device = await storage.findDevice();
    if (link.kind === 'mail' && !(await storage.findNote(`asked ${link.enrolmentId}`))) {
      state.set({ result: { kind: 'elsewhere', token: link.token }, route: 'home' });
    } else if (!device && asksToInstall()) {
      state.set({ result: { kind: 'install', link } });
    } else redeem(link);
  }

  function redeem(link: ActivationLink): void {
    history.replaceState(null, '', '/');
    state.set({ link, result: undefined, route: 'home' });
  }

  function startRequest(): void {
    if (asksToInstall()) state.set({ result: { kind: 'install', link: undefined } });
    else navigate('request');
  }

  const parts: Parts = { state, storage, access, synchronizer, navigate, changed };
  const credentialActs = createCredentialActs(parts);
  return {
    state,
    now: access.now,
    navigate,
    openLink,
    redeem,
    startRequest,
    retry: () => synchronizer.restart(),
    /** The settings of one e-CPS. */
    open(route: Route, credentialId: string) {
      state.set({ chosen: credentialId });
      navigate(route);
    },
    /** Reads the address anew: at the start, and whenever the browser changes it. */
    readLocation,
    async start(): Promise<void> {
      await readLocation();
      synchronizer.restart();
    },
    show: (result: Result) => state.set({ result }),
    dismissLink: () => state.set({ link: undefined }),
    /** The news was read. */
    dismiss() {
      state.set({ result: undefined });
      synchronizer.restart();
    },
    ...createEnrolmentActs(parts),
    ...credentialActs,
    ...createApprovalActs(parts),
  };
}
