import { CallRefused, type Phone } from '#ecps-phone';
import type { EnrolmentView } from '../../../src/authenticator/wire.ts';
import { locale } from '../messages.ts';
import type { ActivationLink } from './address.ts';
import type { Parts } from './app.ts';
import type { Result } from './app-state.ts';

/** Steps of the activation; each shows what the server then knows. */
export function createEnrolmentActs({ state, storage, access, synchronizer, navigate, changed }: Parts) {
  function show(enrolment: EnrolmentView): void {
    state.set({ enrolment });
    changed();
  }

  /** A step that another tab made already is no error: what it led to is shown. */
  async function step(call: () => Promise<EnrolmentView>): Promise<void> {
    try {
      show(await call());
    } catch (error) {
      if (!isOutdated(error)) throw error;
      await synchronizer.refresh();
    }
  }

  return {
    async request(rpps: string): Promise<void> {
      const phone = await access.get();
      const enrolment = await phone.requestEnrolment(rpps, locale);
      await storage.keepNote(`asked ${enrolment.id}`, 'yes');
      await storage.removeNote('rpps');
      state.set({ codeSent: false, rpps: undefined });
      navigate('home');
      show(enrolment);
    },

    /** Redeems a link by a call that this phone signs. */
    async redeemLink(link: ActivationLink): Promise<void> {
      const phone = await access.get();
      try {
        const enrolment = await phone.redeem(link.token);
        state.set({ link: undefined, codeSent: false });
        show(enrolment);
      } catch (error) {
        const result = resultOf(error, link);
        if (!result) throw error;
        await synchronizer.refresh();
        const { stage } = state.get().enrolment ?? {};
        const wentOn = stage !== undefined && stage !== 'requested';
        state.set({ link: undefined, ...(wentOn ? {} : { result }) });
      }
    },

    sendMailAgain: (id: string) => step(async () => (await access.get()).sendMailAgain(id)),
    askConsentAgain: (id: string) => step(async () => (await access.get()).askConsentAgain(id)),

    async sendCode(id: string): Promise<void> {
      await step(async () => (await access.get()).sendCode(id));
      state.set({ codeSent: true });
    },

    tryCode: (id: string, code: string) => step(async () => (await access.get()).tryCode(id, code)),

    /** Looks whether another phone has agreed. */
    refreshEnrolment: () => synchronizer.refresh(),

    async giveUp(id: string): Promise<void> {
      await (await access.get()).cancelEnrolment(id);
      state.set({ enrolment: undefined });
      navigate('request');
      changed();
    },

    async activate(enrolment: EnrolmentView, password: string): Promise<void> {
      const phone = await access.get();
      try {
        const { stored, credential } = await phone.activate(enrolment, password, async (prepared) => {
          await storage.keepCredential(prepared, 'prepared');
        });
        await storage.keepCredential(stored, 'active');
        await showActivated(phone, enrolment, credential.returnUrl);
      } catch (error) {
        if (!isOutdated(error) || !(await isActiveHere(phone, enrolment))) throw error;
        await showActivated(phone, enrolment, null);
      }
    },
  };

  async function showActivated(
    phone: Phone,
    { nationalId }: EnrolmentView,
    returnUrl: string | null,
  ): Promise<void> {
    await forgetReplaced((await phone.listCredentials()).map(({ id }) => id));
    state.set({ enrolment: undefined, result: { kind: 'activated', nationalId, returnUrl } });
    await navigator.storage?.persist?.().catch(() => false);
    changed();
  }

  /** The answer that said so was lost; what was prepared here is what the server lists. */
  async function isActiveHere(phone: Phone, { nationalId }: EnrolmentView): Promise<boolean> {
    const kept = await storage.listCredentials();
    const listed = await phone.listCredentials();
    return listed.some(
      (one) =>
        one.nationalId.value === nationalId.value && kept.some(({ credential }) => credential.id === one.id),
    );
  }

  /** What the new e-CPS replaced on this very phone needs no word of its own. */
  async function forgetReplaced(present: readonly string[]): Promise<void> {
    for (const { credential } of await storage.listCredentials())
      if (!present.includes(credential.id)) await storage.removeCredential(credential.id);
  }
}

const isOutdated = (error: unknown) => error instanceof CallRefused && error.code === 'enrolment.wrong_stage';

function resultOf(error: unknown, { token }: ActivationLink): Result | undefined {
  if (!(error instanceof CallRefused)) return undefined;
  switch (error.code) {
    case 'activation.used':
      return { kind: 'dead_link', reason: 'used' };
    case 'activation.expired':
    case 'enrolment.ended':
      return { kind: 'dead_link', reason: 'expired' };
    case 'activation.unknown':
    case 'request.invalid':
      return { kind: 'dead_link', reason: 'unknown' };
    case 'activation.other_device':
      return { kind: 'elsewhere', token };
    default:
      return undefined;
  }
}
