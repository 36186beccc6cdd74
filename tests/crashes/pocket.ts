import assert from 'node:assert/strict';
import {
  CallRefused,
  createDeviceKey,
  createPhone,
  importDeviceKey,
  PasswordRefused,
  type Phone,
  readActivationToken,
  type StoredCredential,
} from '#ecps-phone';
import { isOutOfReach } from './line.ts';
import type { Nurse } from './nurse.ts';

type Enrolment = Awaited<ReturnType<Phone['listEnrolments']>>[number];
type Handed = { device: Parameters<typeof importDeviceKey>[0]; credential: StoredCredential };

/** Few, so that tests do not wait for what only an attacker should. */
const iterations = 1000;
export const firstPassword = 'une tisane de thym';
const wrongPassword = 'autre chose encore';

/** The app in her pocket: what it has stored, and what it does with what the server says. */
export interface Pocket {
  phone: Phone;
  /** Credentials by id; `prepared` until the server lists them. */
  stored: Map<string, StoredCredential>;
  password: string;
  /** Tries that were answered as wrong, and those whose answer never came. */
  wrong: { codes: Tries; passwords: Tries };
  /** The mail's token that was redeemed. */
  redeemed: string | undefined;
}

interface Tries {
  answered: number;
  lost: number;
}

export const noTries = (): Pocket['wrong'] => ({
  codes: { answered: 0, lost: 0 },
  passwords: { answered: 0, lost: 0 },
});

export async function openPocket(nurse: Pick<Nurse, 'server' | 'line'>, handed?: Handed): Promise<Pocket> {
  const device = handed ? await importDeviceKey(handed.device) : await createDeviceKey();
  const baseUrl = new URL(nurse.server.urls.app);
  return {
    phone: createPhone({ baseUrl, device, iterations, fetch: (...call) => nurse.line.send(...call) }),
    stored: new Map(handed ? [[handed.credential.id, handed.credential]] : []),
    password: handed ? 'hygie-sandbox-1' : firstPassword,
    wrong: noTries(),
    redeemed: undefined,
  };
}

/** Does `act` again whenever the server went away in the middle, as a person presses again. */
async function persist<Result>({ server }: Nurse, act: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isOutOfReach(error)) throw error;
      await server.ready();
    }
  }
}

/** From wherever the app is to **Votre e-CPS est activée**; `token`: of a code that was scanned. */
export async function activate(nurse: Nurse, token?: string): Promise<void> {
  while (!(await persist(nurse, () => advance(nurse, token))));
}

/** The screen that the app shows, by what the server knows, and the button on it. True at the end. */
async function advance(nurse: Nurse, token: string | undefined): Promise<boolean> {
  const { pocket } = nurse;
  const enrolment = await findEnrolment(pocket.phone);
  if (!enrolment) {
    if (await isActivated(nurse)) return true;
    await begin(nurse, token);
  } else if (enrolment.stage === 'requested') await redeemMail(nurse);
  else if (enrolment.stage === 'mail_confirmed') await proveBySms(nurse, enrolment);
  else {
    assert.equal(enrolment.stage, 'verified');
    await choosePassword(nurse, enrolment);
    return true;
  }
  return false;
}

/** A server that does not know the phone has nothing of it. */
async function known<Answer>(call: Promise<Answer[]>): Promise<Answer[]> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof CallRefused && error.code === 'device.unknown') return [];
    throw error;
  }
}

const findEnrolment = async (phone: Phone) =>
  (await known(phone.listEnrolments())).find(({ end }) => end === null);

/** The prepared e-CPS became active, though the answer that says so was lost. */
async function isActivated({ pocket, persona }: Nurse): Promise<boolean> {
  const credentials = await known(pocket.phone.listCredentials());
  return credentials.some(({ id, nationalId }) => nationalId.value === persona.rpps && pocket.stored.has(id));
}

async function begin({ pocket, persona, promise }: Nurse, token: string | undefined): Promise<void> {
  if (token) {
    await pocket.phone.redeem(token);
    return;
  }
  await pocket.phone.requestEnrolment(persona.rpps, 'fr');
  promise('requested', persona.rpps);
}

async function redeemMail(nurse: Nurse): Promise<void> {
  const { pocket, server } = nurse;
  const href = await nurse.findMailed(
    ({ links }) => links.find(({ text }) => text === "Démarrer l'activation")?.href,
  );
  pocket.redeemed = readActivationToken(href, server.urls.app);
  assert.ok(pocket.redeemed);
  await pocket.phone.redeem(pocket.redeemed);
}

async function proveBySms(nurse: Nurse, { id, code }: Enrolment): Promise<void> {
  const { pocket } = nurse;
  if (!code) {
    await pocket.phone.sendCode(id);
    return;
  }
  const right = await nurse.findTexted(/activ/i);
  if (pocket.wrong.codes.answered === 0) await tryWrongCode(nurse, id, right);
  await pocket.phone.tryCode(id, right);
}

async function tryWrongCode({ pocket }: Nurse, id: string, right: string): Promise<void> {
  const tries = pocket.wrong.codes;
  tries.lost++;
  const refused = await refusalOf(pocket.phone.tryCode(id, right === '000000' ? '111111' : '000000'));
  assert.equal(refused.code, 'code.wrong');
  tries.lost--;
  tries.answered++;
  assertCount(5 - (refused.triesLeft ?? 0), tries, 'wrong codes');
}

async function refusalOf(call: Promise<unknown>): Promise<CallRefused> {
  const error = await call.then(
    () => assert.fail('the call was answered'),
    (reason: unknown) => reason,
  );
  if (error instanceof CallRefused) return error;
  throw error;
}

/** What was answered is counted, and nothing twice: an answer that was lost may have been counted or not. */
function assertCount(counted: number, { answered, lost }: Tries, what: string): void {
  assert.ok(
    counted >= answered && counted <= answered + lost,
    `${counted} ${what} of ${answered} and ${lost} lost`,
  );
}

async function choosePassword({ pocket, promise }: Nurse, enrolment: Enrolment): Promise<void> {
  const keep = async (credential: StoredCredential) => void pocket.stored.set(credential.id, credential);
  pocket.password = firstPassword;
  await pocket.phone.activate(enrolment, pocket.password, keep);
  promise('activated', enrolment.nationalId.value);
}

/** **Est-ce bien vous ?**: a wrong password once, then the right one. The desk sees what becomes of it. */
export async function approve(nurse: Nurse, number: number): Promise<void> {
  await persist(nurse, async () => {
    const { phone } = nurse.pocket;
    const first = await phone.watch({ waitSeconds: 0 });
    const state =
      first.approvals.length > 0 ? first : await phone.watch({ mark: first.mark, waitSeconds: 1 });
    const [approval] = state.approvals;
    if (approval) await answer(nurse, approval, number);
  });
}

type Question = Awaited<ReturnType<Phone['watch']>>['approvals'][number];

async function answer(nurse: Nurse, approval: Question, number: number): Promise<void> {
  const { pocket, promise } = nurse;
  const stored = pocket.stored.get(approval.credentialIds[0] ?? '');
  assert.ok(stored, 'the phone has the e-CPS that is asked for');
  if (pocket.wrong.passwords.answered === 0) await tryWrongPassword(nurse, stored, approval, number);
  try {
    await pocket.phone.approve(stored, approval, { number, password: pocket.password });
    promise('approved', approval.nationalId.value);
  } catch (error) {
    // The answer that said so was lost.
    if (!(error instanceof CallRefused && error.code === 'approval.ended')) throw error;
  }
}

async function tryWrongPassword(
  { pocket }: Nurse,
  stored: StoredCredential,
  approval: Question,
  number: number,
): Promise<void> {
  const tries = pocket.wrong.passwords;
  tries.lost++;
  try {
    await pocket.phone.approve(stored, approval, { number, password: wrongPassword });
    assert.fail('a wrong password opens nothing');
  } catch (error) {
    if (!(error instanceof PasswordRefused)) throw error;
    tries.lost--;
    tries.answered++;
    assertCount(error.password.failures, tries, 'wrong passwords');
  }
}

/** **Changer mon mot de passe**. */
export async function changePassword(nurse: Nurse, newPassword: string): Promise<void> {
  const { pocket, promise } = nurse;
  const [stored] = pocket.stored.values();
  assert.ok(stored);
  await persist(nurse, async () => {
    const passwords = { password: pocket.password, newPassword };
    pocket.stored.set(stored.id, await pocket.phone.changePassword(stored, passwords));
  });
  pocket.password = newPassword;
  promise('passwordChanged', stored.nationalId.value);
}

/** **Désactiver ma e-CPS**. */
export async function deactivate(nurse: Nurse): Promise<void> {
  const { pocket, promise } = nurse;
  const [stored] = pocket.stored.values();
  assert.ok(stored);
  await persist(nurse, async () => {
    try {
      await pocket.phone.deactivate(stored.id);
    } catch (error) {
      // The answer that said so was lost.
      if (!(error instanceof CallRefused && error.code === 'credential.gone')) throw error;
    }
  });
  pocket.stored.delete(stored.id);
  promise('gone', stored.nationalId.value);
}
