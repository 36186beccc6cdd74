import type { Page } from 'playwright-core';
import type {
  ApprovalView,
  CredentialView,
  EnrolmentView,
  PhoneState,
} from '../../src/authenticator/wire.ts';

/** What the phone holds and the server answers when the app is opened. */
export interface Scene {
  /** Path and fragment. */
  address?: string;
  enrolments?: EnrolmentView[];
  credentials?: CredentialView[];
  approvals?: ApprovalView[];
  /** The phone holds a credential. */
  holds?: boolean;
  offline?: boolean;
}

const now = Date.now();
const minutes = 60_000;
const nationalId = { kind: 'rpps', value: '99700000013' } as const;
const adeli = { kind: 'adeli', value: '991234568' } as const;
const holder = { givenName: 'Claire', familyName: 'Fontaine' };

const enrolment: EnrolmentView = {
  id: 'enr_a',
  channel: 'mail',
  stage: 'requested',
  end: null,
  nationalId,
  holder: null,
  maskedPhone: null,
  code: null,
  mailAgainAt: now + minutes,
  smsAgainAt: null,
  consent: null,
  expiresAt: now + 1440 * minutes,
};

const credential: CredentialView = {
  id: 'crd_a',
  nationalId,
  ...holder,
  status: 'active',
  activatedAt: now - 14400 * minutes,
  expiresAt: now + 1_000_000 * minutes,
  fingerprint: '',
  password: { failures: 0, triesLeft: 2, consequence: { pauseMinutes: 15 }, lockedUntil: null },
  others: [],
};

const approval: ApprovalView = {
  id: 'apr_a',
  kind: 'sign_in',
  credentialIds: [credential.id],
  nationalId,
  service: { clientId: 'portal', name: 'Mes lieux d’exercice' },
  device: 'Firefox, Linux',
  place: 'Lorient (56)',
  requestedAt: now,
  expiresAt: now + 2 * minutes,
  numbers: [17, 64, 83],
};

const confirmed: EnrolmentView = {
  ...enrolment,
  stage: 'mail_confirmed',
  holder,
  maskedPhone: '•• •• •• •• 42',
};
const ready = { holds: true, credentials: [credential] };
const other = { id: 'crd_b', device: 'Chrome, Android', activatedAt: now };

/** Every screen that can be reached by what the phone and the server hold, by name. */
export const scenes: Record<string, Scene> = {
  first: {},
  request: { address: '/#demande' },
  paste: { address: '/#coller' },
  scan: { address: '/#scanner' },
  elsewhere: { address: `/activation#m.enr_b.${'x'.repeat(43)}` },
  sent: { enrolments: [enrolment] },
  channel: { enrolments: [confirmed] },
  code: {
    enrolments: [
      { ...confirmed, code: { expiresAt: now + 10 * minutes, triesLeft: 5 }, smsAgainAt: now + minutes },
    ],
  },
  consent: {
    enrolments: [
      { ...confirmed, stage: 'awaiting_consent', consent: { status: 'pending', expiresAt: now + minutes } },
    ],
  },
  password: { enrolments: [{ ...confirmed, stage: 'verified' }] },
  passwordByCard: { enrolments: [{ ...enrolment, channel: 'card', stage: 'verified', holder }] },
  home: ready,
  homeWithOthers: { holds: true, credentials: [{ ...credential, others: [other] }] },
  homeExpired: { holds: true, credentials: [{ ...credential, status: 'expired', nationalId: adeli }] },
  approval: { ...ready, approvals: [approval] },
  activationOfAnother: {
    ...ready,
    approvals: [{ ...approval, kind: 'activation', service: null, place: null, numbers: null }],
  },
  settings: { ...ready, address: '/#parametres' },
  settingsUnderAdeli: {
    holds: true,
    credentials: [{ ...credential, nationalId: adeli }],
    address: '/#parametres',
  },
  changePassword: { ...ready, address: '/#parametres/mot-de-passe' },
  deactivate: { ...ready, address: '/#parametres/desactiver' },
  gone: { holds: true },
  offline: { holds: true, offline: true },
};

/** Opens the app as the scene says, with a server that only says it. */
export async function openScene(page: Page, app: string, scene: Scene, query = ''): Promise<void> {
  await answerCalls(page, scene);
  if (scene.holds || scene.enrolments) {
    await page.goto(new URL('/assets/mark.svg', app).href);
    await page.evaluate(plantPhone, { holds: scene.holds ?? false, nationalId, ...holder });
  }
  const url = new URL(scene.address ?? '/', app);
  url.search = query;
  await page.goto(url.href);
  await page.getByRole('heading', { level: 1 }).and(page.locator(':focus')).waitFor();
  await page.locator('h1').filter({ hasNotText: '…' }).waitFor();
}

async function answerCalls(page: Page, scene: Scene): Promise<void> {
  const { enrolments = [], credentials = [], approvals = [] } = scene;
  const state: PhoneState = { mark: 'a', approvals, credentials };
  await page.route('**/api/**', async (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    if (scene.offline) return route.abort();
    // A long poll in which nothing happens.
    if (searchParams.has('mark')) return undefined;
    return route.fulfill({ json: pathname === '/api/enrolments' ? enrolments : state });
  });
}

interface Planted {
  holds: boolean;
  nationalId: object;
  givenName: string;
  familyName: string;
}

/** Runs in the page: puts a device key, and a box that opens nothing, where the app looks for them. */
async function plantPhone({ holds, ...person }: Planted): Promise<void> {
  const stores = ['device', 'credential', 'note'];
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open('e-cps default', 1);
    opening.onupgradeneeded = () => {
      for (const store of stores) opening.result.createObjectStore(store);
    };
    opening.onsuccess = () => resolve(opening.result);
  });
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const publicKey = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const planting = database.transaction(stores, 'readwrite');
  const device = { publicKey, privateKey: pair.privateKey, thumbprint: 'planted' };
  planting.objectStore('device').put(device, 'device');
  const kept = { credential: { id: 'crd_a', ...person }, status: 'active' };
  if (holds) planting.objectStore('credential').put(kept, 'crd_a');
  await new Promise((resolve) => planting.addEventListener('complete', resolve));
  database.close();
}
