import type {
  ActivatedView,
  ApprovalReceipt,
  ApprovalView,
  CredentialView,
  DeactivatedView,
  EnrolmentEvaluation,
  EnrolmentView,
  Evaluation,
  PasswordState,
  PhoneState,
} from '../wire.ts';
import { approvalPayload } from './approval-payload.ts';
import { createAuthKey, openBox, type StoredCredential, sealBox, WrongPassword } from './box.ts';
import { enrolmentTranscript } from './enrolment-transcript.ts';
import { signJws } from './jws.ts';
import { blindPassword, finalizePassword } from './password-oprf.ts';
import { createSignedCalls, type SignedCallsOptions } from './signed-calls.ts';

export interface PhoneOptions extends SignedCallsOptions {
  /** PBKDF2 iterations of new boxes; the usual number unless told. */
  iterations?: number;
}

/** The server's half is not the one that was pinned at the enrolment: our fault, and no wrong password. */
export class ForeignKey extends Error {
  override name = 'ForeignKey';
}

/** The password was wrong; `password` tells what is left. */
export class PasswordRefused extends WrongPassword {
  override name = 'PasswordRefused';
  readonly password: PasswordState;

  constructor(password: PasswordState) {
    super('The password is wrong.');
    this.password = password;
  }
}

export type Phone = ReturnType<typeof createPhone>;

/** Everything that an e-CPS app asks of its server. Each call throws `CallRefused` where it is refused. */
export function createPhone(options: PhoneOptions) {
  const { call, now } = createSignedCalls(options);
  const { device, iterations } = options;
  const enrolment = (id: string, step = '') => `/api/enrolments/${id}${step}`;

  return {
    device,
    /** The present instant by the server's clock. */
    now,
    requestEnrolment: (rpps: string, locale: 'fr' | 'en') =>
      call<EnrolmentView>('POST', '/api/enrolments', {
        body: { rpps, locale, deviceKey: device.publicKey },
      }),
    listEnrolments: () => call<EnrolmentView[]>('GET', '/api/enrolments'),
    sendMailAgain: (id: string) => call<EnrolmentView>('POST', enrolment(id, '/mail')),
    cancelEnrolment: (id: string) => call<void>('DELETE', enrolment(id)),
    redeem: (token: string) =>
      call<EnrolmentView>('POST', '/api/activations', { body: { token, deviceKey: device.publicKey } }),
    sendCode: (id: string) => call<EnrolmentView>('POST', enrolment(id, '/sms')),
    tryCode: (id: string, code: string) =>
      call<EnrolmentView>('POST', enrolment(id, '/code'), { body: { code } }),
    askConsentAgain: (id: string) => call<EnrolmentView>('POST', enrolment(id, '/consent')),

    /**
     * Makes K_auth, puts it into its box and proves both keys: the last step of an enrolment. `keep` stores the box
     * before the server makes the credential active, so that a crash between both leaves nothing without its key.
     */
    async activate(
      view: Pick<EnrolmentView, 'id' | 'nationalId'>,
      password: string,
      keep?: (credential: StoredCredential) => Promise<void>,
    ): Promise<{ stored: StoredCredential; credential: ActivatedView }> {
      const blinded = blindPassword(password);
      const answer = await call<EnrolmentEvaluation>('POST', enrolment(view.id, '/evaluation'), {
        body: { blinded: blinded.blinded },
      });
      const stored = await box(view, answer, finalizePassword(blinded, answer.evaluated));
      await keep?.(stored.credential);
      const body = { authKey: stored.credential.authPublicKey, jws: stored.jws };
      const credential = await call<ActivatedView>('POST', enrolment(view.id, '/credential'), { body });
      const { givenName, familyName } = credential;
      return { stored: { ...stored.credential, givenName, familyName }, credential };
    },

    listCredentials: () => call<CredentialView[]>('GET', '/api/credentials'),
    /** One's own, or that of another phone of the same person. */
    deactivate: (credentialId: string) => call<DeactivatedView>('DELETE', `/api/credentials/${credentialId}`),

    /** Waits up to `waitSeconds` (25 at most) for something that differs from `mark`. */
    watch({
      mark,
      waitSeconds = 25,
      signal,
    }: {
      mark?: string;
      waitSeconds?: number;
      signal?: AbortSignal;
    } = {}) {
      const query = new URLSearchParams({
        wait: String(waitSeconds),
        ...(mark === undefined ? {} : { mark }),
      });
      return call<PhoneState>('GET', `/api/approvals?${query}`, signal ? { signal } : {});
    },

    /** Throws `PasswordRefused`, `ForeignKey` or `CallRefused`. `number`: the one that the person chose. */
    async approve(
      stored: StoredCredential,
      approval: ApprovalView,
      { number, password }: { number: number | null; password: string },
    ): Promise<ApprovalReceipt> {
      return sign(stored, approval, number, await unlock(stored, approval.id, password));
    },

    refuse: (approvalId: string, credentialId: string, reason: 'refused' | 'not_me') =>
      call<void>('POST', `/api/approvals/${approvalId}/refusal`, { body: { credentialId, reason } }),

    /** The box under the new password, which replaces the one that is stored. Throws as `approve` does. */
    async changePassword(
      stored: StoredCredential,
      { password, newPassword }: { password: string; newPassword: string },
    ): Promise<StoredCredential> {
      const change = await call<ApprovalView>('POST', `/api/credentials/${stored.id}/password-change`);
      const authKey = await unlock(stored, change.id, password, true);
      await sign(stored, change, null, authKey);
      const { rwd } = await evaluate(stored, change.id, newPassword);
      return { ...stored, ...(await sealBox(authKey, rwd, stored, iterations)) };
    },
  };

  async function box(
    { id, nationalId }: Pick<EnrolmentView, 'id' | 'nationalId'>,
    { credentialId, fingerprint }: EnrolmentEvaluation,
    rwd: Uint8Array<ArrayBuffer>,
  ): Promise<{ credential: StoredCredential; jws: string }> {
    const authKey = await createAuthKey();
    const bound = { id: credentialId, deviceThumbprint: device.thumbprint, authSpki: authKey.spki };
    const sealed = await sealBox(authKey.privateKey, rwd, bound, iterations);
    const transcript = enrolmentTranscript({
      enrolment: id,
      credential: credentialId,
      nationalId,
      deviceKey: device.thumbprint,
      authKey: authKey.thumbprint,
      fingerprint,
    });
    const header = { typ: 'ecps-enrolment+jwt', kid: authKey.thumbprint } as const;
    const jws = await signJws(authKey.privateKey, header, transcript);
    const names = { givenName: '', familyName: '' };
    const authPublicKey = authKey.publicKey;
    return { jws, credential: { ...bound, ...names, ...sealed, nationalId, fingerprint, authPublicKey } };
  }

  async function evaluate(stored: StoredCredential, approvalId: string, password: string) {
    const blinded = blindPassword(password);
    const { id: credentialId, fingerprint } = stored;
    const answer = await call<Evaluation>('POST', `/api/approvals/${approvalId}/evaluation`, {
      body: { credentialId, fingerprint, blinded: blinded.blinded },
    });
    if (answer.fingerprint !== fingerprint) throw new ForeignKey('The server holds another key.');
    return { rwd: finalizePassword(blinded, answer.evaluated), password: answer.password };
  }

  async function unlock(stored: StoredCredential, approvalId: string, password: string, extractable = false) {
    const evaluation = await evaluate(stored, approvalId, password);
    try {
      return await openBox(stored, evaluation.rwd, { extractable });
    } catch (error) {
      if (!(error instanceof WrongPassword)) throw error;
      await endIfUsedUp(stored, evaluation.password);
      throw new PasswordRefused(evaluation.password);
    }
  }

  /** After the last try the server waits a moment for the signature: there is nothing left to wait for. */
  async function endIfUsedUp(stored: StoredCredential, password: PasswordState): Promise<void> {
    if (password.triesLeft > 0 || password.lockedUntil !== null) return;
    await call<void>('DELETE', `/api/credentials/${stored.id}`).catch(() => undefined);
  }

  async function sign(stored: StoredCredential, asked: ApprovalView, number: number | null, key: CryptoKey) {
    const header = { typ: 'ecps-approval+jwt', kid: stored.id } as const;
    const jws = await signJws(key, header, approvalPayload(asked, stored.id, number));
    const body = { credentialId: stored.id, jws };
    return call<ApprovalReceipt>('POST', `/api/approvals/${asked.id}/approval`, { body });
  }
}
