import type { HandedCredential } from '#authenticator';
import { CallRefused, createPhone, importDeviceKey, type Phone } from '#ecps-phone';
import { loopbackFetch } from '../loopback-fetch.ts';

/** How the sandbox's own phones reach the app's API, like any phone. */
export interface AppPhones {
  open(device: HandedCredential['device']): Promise<Phone>;
  /** Whether the authenticator still knows this phone's e-CPS. */
  isKnown(phone: HandedCredential): Promise<boolean>;
}

/** `app`: base URL of the app. */
export function createAppPhones(app: URL): AppPhones {
  const open = async (device: HandedCredential['device']) =>
    createPhone({ baseUrl: app, device: await importDeviceKey(device), fetch: loopbackFetch });
  return {
    open,
    async isKnown({ device, credential }) {
      const phone = await open(device);
      try {
        return (await phone.listCredentials()).some(({ id }) => id === credential.id);
      } catch (error) {
        if (error instanceof CallRefused && error.code === 'device.unknown') return false;
        throw error;
      }
    },
  };
}
