import assert from 'node:assert/strict';
import {
  CallRefused,
  createDeviceKey,
  createPhone,
  importDeviceKey,
  type Phone,
  readActivationToken,
  type StoredCredential,
} from '#ecps-phone';
import { type EcpsSite, nurse } from './ecps-site.ts';

/** Few, so that tests do not wait for what only an attacker should. */
const iterations = 1000;
export const password = 'une tisane de thym';

/** The app's protocol without its screens: real keys, the real API. */
export async function openPhone(site: Pick<EcpsSite, 'url'>): Promise<Phone> {
  return createPhone({ baseUrl: site.url, device: await createDeviceKey(), iterations });
}

/** A phone with an e-CPS of its own. */
export interface ActivePhone {
  phone: Phone;
  stored: StoredCredential;
}

/** The token behind **Démarrer l'activation** in the last mail. */
export function lastToken(site: EcpsSite): string {
  const token = readActivationToken(site.links.at(-1)?.activationUrl ?? '', site.url);
  assert.ok(token, 'a mail has left');
  return token;
}

/** Up to the password, by mail and SMS. */
export async function proveByMail(site: EcpsSite, phone: Phone, rpps = nurse.nationalId.value) {
  const { id } = await phone.requestEnrolment(rpps, 'fr');
  await phone.redeem(lastToken(site));
  await phone.sendCode(id);
  return phone.tryCode(id, site.codes.at(-1)?.code ?? '');
}

/** The whole way of the guide, by mail and SMS. */
export async function activateByMail(site: EcpsSite, phone?: Phone): Promise<ActivePhone> {
  const used = phone ?? (await openPhone(site));
  const { stored } = await used.activate(await proveByMail(site, used), password);
  return { phone: used, stored };
}

/** An e-CPS that the sandbox's call makes, as a persona's phone imports it. */
export async function handOver(
  site: EcpsSite,
  changes: Partial<Parameters<EcpsSite['authenticator']['sandbox']['createCredential']>[0]> = {},
): Promise<ActivePhone> {
  const handed = await site.authenticator.sandbox.createCredential({
    nationalId: nurse.nationalId,
    givenName: nurse.givenName,
    familyName: nurse.familyName,
    profession: nurse.profession,
    password,
    device: 'Téléphone du bac à sable',
    ...changes,
  });
  const device = await importDeviceKey(handed.device);
  return { phone: createPhone({ baseUrl: site.url, device, iterations }), stored: handed.credential };
}

/** The question that a phone shows now. */
export async function shownApproval({ phone }: Pick<ActivePhone, 'phone'>) {
  const [approval] = (await phone.watch({ waitSeconds: 0 })).approvals;
  assert.ok(approval, 'the phone is asked');
  return approval;
}

/** Asserts that the server refuses a call, and with which code. */
export async function assertRefused(call: Promise<unknown>, code: CallRefused['code']): Promise<CallRefused> {
  const error = await call.then(
    () => assert.fail(`the call was answered, not refused with ${code}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CallRefused, `refused by the server, not ${String(error)}`);
  assert.equal(error.code, code);
  return error;
}
