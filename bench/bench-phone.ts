import type { HandedCredential } from '#authenticator';
import { importDeviceKey } from '#ecps-phone';
import { approvalPayload } from '../src/authenticator/phone/approval-payload.ts';
import { openBox } from '../src/authenticator/phone/box.ts';
import { signJws } from '../src/authenticator/phone/jws.ts';
import { blindPassword, finalizePassword } from '../src/authenticator/phone/password-oprf.ts';
import { createSignedCalls } from '../src/authenticator/phone/signed-calls.ts';
import type { Evaluation, PhoneState } from '../src/authenticator/wire.ts';
import { phonePassword } from './phones.ts';

export interface BenchPhone {
  /** Number as it is typed on the sign-in page. */
  identifier: string;
  /** Question, evaluation, approval. */
  approve(number: number): Promise<void>;
}

/**
 * A phone that makes the calls of the real one, while what only costs the phone is done once: its password is blinded,
 * stretched and K_auth taken out of its box at the first approval, so that the client is never what the server waits for.
 */
export async function createBenchPhone(
  appUrl: string,
  { device, credential }: HandedCredential,
): Promise<BenchPhone> {
  const { call } = createSignedCalls({ baseUrl: appUrl, device: await importDeviceKey(device) });
  const { id: credentialId, fingerprint } = credential;
  const blinded = blindPassword(phonePassword);
  let authKey: Promise<CryptoKey> | undefined;
  return {
    identifier: credential.nationalId.value,
    async approve(number) {
      const { approvals } = await call<PhoneState>('GET', '/api/approvals?wait=0');
      const question = approvals.find((asked) => asked.numbers?.includes(number));
      if (!question) throw new Error('The phone is not asked.');
      const path = `/api/approvals/${question.id}`;
      const { evaluated } = await call<Evaluation>('POST', `${path}/evaluation`, {
        body: { credentialId, fingerprint, blinded: blinded.blinded },
      });
      authKey ??= openBox(credential, finalizePassword(blinded, evaluated));
      const header = { typ: 'ecps-approval+jwt', kid: credentialId } as const;
      const jws = await signJws(await authKey, header, approvalPayload(question, credentialId, number));
      await call('POST', `${path}/approval`, { body: { credentialId, jws } });
    },
  };
}
