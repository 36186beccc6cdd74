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
  /** The connection is lost once the app has read what there is. */
  lost?: boolean;
  /** What calls to these paths are refused with. */
  refusals?: Record<string, { code: string; triesLeft?: number; retryAt?: number; reference?: string }>;
  /** What is typed, by the field's selector. */
  typed?: Record<string, string>;
  /** Pressed once the screen is there, and what appears then. */
  press?: string;
  appears?: string;
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

const submit = '.screen-actions .button';
const coded: EnrolmentView = { ...confirmed, code: { expiresAt: now + 10 * minutes, triesLeft: 5 } };
const dead = (code: string): Scene => ({
  address: `/activation#c.enr_c.${'x'.repeat(43)}`,
  refusals: { '/api/activations': { code } },
});
/** What is said when something is missing, wrong, too much or gone. */
const unwell: Record<string, Scene> = {
  requestEmpty: { address: '/#demande', press: submit, appears: '.error' },
  requestRefused: {
    address: '/#demande',
    typed: { '#rpps': nationalId.value },
    refusals: { '/api/enrolments': { code: 'request.too_many', retryAt: now + 3 * minutes } },
    press: submit,
    appears: '[role="alert"]',
  },
  pasteEmpty: { address: '/#coller', press: submit, appears: '.error' },
  codeEmpty: { enrolments: [coded], press: submit, appears: '.error' },
  codeDead: {
    enrolments: [{ ...coded, code: { expiresAt: now - minutes, triesLeft: 0 } }],
    appears: '.error',
  },
  passwordEmpty: { enrolments: [{ ...confirmed, stage: 'verified' }], press: submit, appears: '.error' },
  changePasswordEmpty: { ...ready, address: '/#parametres/mot-de-passe', press: submit, appears: '.error' },
  approvalIncomplete: { ...ready, approvals: [approval], press: submit, appears: '.error' },
  approvalRefused: {
    ...ready,
    approvals: [approval],
    press: '.screen-more .quiet',
    appears: '.screen-picture',
  },
  approvalNotMe: {
    ...ready,
    approvals: [approval],
    press: '.screen-more .danger',
    appears: '.screen-picture',
  },
  approvalFailed: {
    ...ready,
    approvals: [approval],
    refusals: { [`/api/approvals/${approval.id}/refusal`]: { code: 'internal', reference: '7K2-41F' } },
    press: '.screen-more .quiet',
    appears: '[role="alert"]',
  },
  givenUpTooLate: {
    enrolments: [enrolment],
    refusals: { [`/api/enrolments/${enrolment.id}`]: { code: 'enrolment.ended' } },
    press: '.screen-more button:last-child',
    appears: '[role="alert"]',
  },
  deadUsed: dead('activation.used'),
  deadExpired: dead('activation.expired'),
  deadUnknown: dead('activation.unknown'),
  linkFailed: dead('internal'),
  homeLocked: {
    holds: true,
    credentials: [
      {
        ...credential,
        status: 'locked',
        password: { ...credential.password, lockedUntil: now + 60 * minutes },
      },
    ],
  },
  homeFrozen: { holds: true, credentials: [{ ...credential, status: 'frozen' }] },
  homeOfLongName: {
    holds: true,
    credentials: [
      {
        ...credential,
        givenName: 'Marie-Antoinette-Bérangère',
        familyName: 'de Rochechouart-Mortemart-Clermont-Tonnerre',
        others: [{ ...other, device: 'Samsung Internet, appareil inconnu de la liste' }],
      },
    ],
  },
  lost: { ...ready, lost: true, appears: '.notice' },
};

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
  ...unwell,
};

/** Opens the app as the scene says, with a server that only says it. */
export async function openScene(page: Page, app: string, scene: Scene, query = ''): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await answerCalls(page, scene);
  await page.goto(new URL('/assets/mark.svg', app).href);
  await page.evaluate(emptyPhone);
  if (scene.holds || scene.enrolments)
    await page.evaluate(plantPhone, { holds: scene.holds ?? false, nationalId, ...holder });
  const url = new URL(scene.address ?? '/', app);
  url.search = query;
  await page.goto(url.href);
  await page.getByRole('heading', { level: 1 }).and(page.locator(':focus')).waitFor();
  if (scene.refusals === undefined || scene.press)
    await page.locator('h1').filter({ hasNotText: '…' }).waitFor();
  for (const [field, text] of Object.entries(scene.typed ?? {})) await page.locator(field).fill(text);
  if (scene.press) await page.locator(scene.press).first().click();
  if (scene.appears) await page.locator(scene.appears).first().waitFor();
  else if (scene.refusals) await page.locator('.screen-actions').waitFor();
}

/** Runs in the page: nobody has used this phone. */
async function emptyPhone(): Promise<void> {
  localStorage.clear();
  for (const { name } of await indexedDB.databases())
    if (name) await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
}

async function answerCalls(page: Page, scene: Scene): Promise<void> {
  const { enrolments = [], credentials = [], approvals = [] } = scene;
  const state: PhoneState = { mark: 'a', approvals, credentials };
  await page.route('**/api/**', async (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    if (scene.offline) return route.abort();
    // A long poll in which nothing happens.
    if (searchParams.has('mark')) return scene.lost ? route.abort() : undefined;
    const refusal = scene.refusals?.[pathname];
    if (refusal && route.request().method() !== 'GET')
      return route.fulfill({ status: 409, json: refusal, contentType: 'application/problem+json' });
    if (route.request().method() !== 'GET') return route.fulfill({ status: 204 });
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
