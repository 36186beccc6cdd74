import { CallRefused, PasswordRefused, type StoredCredential } from '#ecps-phone';
import type { Parts } from './app.ts';

/** What a person can do with an e-CPS of this phone. */
export function createCredentialActs({ state, storage, access, navigate, changed }: Parts) {
  /** Its box opens nothing any more. */
  async function forget(credentialId: string): Promise<void> {
    await storage.removeCredential(credentialId);
    changed();
  }

  /** Inside a repair the next request begins with the number that it leads to. */
  async function prefill(rpps: string | null): Promise<void> {
    if (rpps === null) return;
    await storage.keepNote('rpps', rpps);
    state.set({ rpps });
  }

  /** The last wrong password was one too many. */
  async function endUsedUp({ id, nationalId }: StoredCredential): Promise<void> {
    navigate('home');
    state.set({ approvals: [], result: { kind: 'gone', id, nationalId, destroyed: true } });
    await forget(id);
  }

  return {
    endUsedUp,

    async deactivate(stored: StoredCredential): Promise<void> {
      const phone = await access.get();
      await storage.keepCredential(stored, 'leaving');
      try {
        await prefill((await phone.deactivate(stored.id)).rpps);
      } catch (error) {
        if (!isGone(error)) {
          await storage.keepCredential(stored, 'active');
          throw error;
        }
      }
      navigate('home');
      state.set({ result: { kind: 'deactivated' } });
      await forget(stored.id);
    },

    /** The same person's e-CPS on another phone. */
    async removeOther(credentialId: string): Promise<void> {
      await (await access.get()).deactivate(credentialId);
      changed();
    },

    async changePassword(
      stored: StoredCredential,
      passwords: { password: string; newPassword: string },
    ): Promise<void> {
      const phone = await access.get();
      try {
        await storage.keepCredential(await phone.changePassword(stored, passwords), 'active');
      } catch (error) {
        if (!isUsedUp(error)) throw error;
        await endUsedUp(stored);
        return;
      }
      navigate('home');
      state.set({ result: { kind: 'password_changed' } });
      changed();
    },

    /** "Cette e-CPS n'existe plus" was read. */
    async acknowledgeGone(credentialId: string): Promise<void> {
      state.set({ result: undefined });
      await forget(credentialId);
    },
  };
}

/** Whether the error is the wrong password that ended the credential: no try is left, and none comes back. */
export const isUsedUp = (error: unknown): boolean =>
  error instanceof PasswordRefused && error.password.triesLeft === 0 && error.password.lockedUntil === null;

const isGone = (error: unknown) =>
  error instanceof CallRefused && ['credential.gone', 'credential.unknown'].includes(error.code);
