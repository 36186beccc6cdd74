import { createPhone, type Phone } from '#ecps-phone';
import type { PhoneStorage } from '../storage/phone-storage.ts';

export interface PhoneAccess {
  /** The phone as it is; `undefined` before its key was made. */
  find(): Promise<Phone | undefined>;
  /** Makes the key where there is none. */
  get(): Promise<Phone>;
  /** The present instant by the server's clock. */
  now(): number;
}

/** Speaks to the server with the key of this store. */
export function createPhoneAccess(storage: PhoneStorage): PhoneAccess {
  let phone: Phone | undefined;
  const use = (device: Phone['device']) => {
    phone ??= createPhone({ baseUrl: location.origin, device, fetch: (...call) => fetch(...call) });
    return phone;
  };
  return {
    async find() {
      const device = await storage.findDevice();
      return device && use(device);
    },
    async get() {
      return use(await storage.getDevice());
    },
    now: () => phone?.now() ?? Date.now(),
  };
}
