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
import { approvalPayload } from '../../src/authenticator/phone/approval-payload.ts';
import { openBox } from '../../src/authenticator/phone/box.ts';
import { signJws } from '../../src/authenticator/phone/jws.ts';
import { blindPassword, finalizePassword } from '../../src/authenticator/phone/password-oprf.ts';
import { createSignedCalls } from '../../src/authenticator/phone/signed-calls.ts';
import type { ApprovalReceipt, ApprovalView, Evaluation } from '../../src/authenticator/wire.ts';
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

/** What each of several calls at the same time got: `answered`, or the code of its refusal. */
export async function codesOf(calls: readonly Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(calls);
  return settled.map((result) => {
    if (result.status === 'fulfilled') return 'answered';
    assert.ok(result.reason instanceof CallRefused, String(result.reason));
    return result.reason.code;
  });
}

export const count = (all: readonly string[], one: string): number =>
  all.filter((text) => text === one).length;

/** Calls of a phone that its app would not make. */
export const callsOf = ({ url }: Pick<EcpsSite, 'url'>, { device }: Pick<Phone, 'device'>) =>
  createSignedCalls({ baseUrl: url, device }).call;

/** One element evaluated for a question, its box left closed. */
export function evaluateOnce(
  site: EcpsSite,
  { phone, stored }: ActivePhone,
  approvalId: string,
  text: string,
): Promise<Evaluation> {
  const { blinded } = blindPassword(text);
  return callsOf(site, phone)<Evaluation>('POST', `/api/approvals/${approvalId}/evaluation`, {
    body: { credentialId: stored.id, fingerprint: stored.fingerprint, blinded },
  });
}

/** K_auth out of its box, as malware in the running app would have it: one try. */
export async function takeAuthKey(site: EcpsSite, holder: ActivePhone, { id }: Pick<ApprovalView, 'id'>) {
  const { phone, stored } = holder;
  const call = callsOf(site, phone);
  const blinded = blindPassword(password);
  const { evaluated } = await call<Evaluation>('POST', `/api/approvals/${id}/evaluation`, {
    body: { credentialId: stored.id, fingerprint: stored.fingerprint, blinded: blinded.blinded },
  });
  return { call, key: await openBox(stored, finalizePassword(blinded, evaluated)) };
}

/** What the phone says after that: the number signed by K_auth, without a password. */
export async function signAnswer(
  {
    holder,
    view,
    keys,
  }: { holder: ActivePhone; view: ApprovalView; keys: Awaited<ReturnType<typeof takeAuthKey>> },
  number: number | null,
): Promise<ApprovalReceipt> {
  const credentialId = holder.stored.id;
  const header = { typ: 'ecps-approval+jwt', kid: credentialId } as const;
  const jws = await signJws(keys.key, header, approvalPayload(view, credentialId, number));
  return keys.call('POST', `/api/approvals/${view.id}/approval`, { body: { credentialId, jws } });
}
