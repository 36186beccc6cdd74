import type { Clock } from '#platform/clock.ts';
import type { Macs } from './macs.ts';
import { nonceLifetimeMs } from './policy.ts';

export type Nonces = ReturnType<typeof createNonces>;

/** Nonces of signed calls: a time and its HMAC with the phone's thumbprint; no row. Phone clocks are not asked. */
export function createNonces(macs: Macs, clock: Clock) {
  return {
    issue(thumbprint: string): string {
      const time = clock.now().toString(36);
      return `${time}.${macs.mac('nonce', thumbprint, time)}`;
    },
    isFresh(nonce: string, thumbprint: string): boolean {
      const [time = '', mac = ''] = nonce.split('.');
      const age = clock.now() - Number.parseInt(time, 36);
      return age >= 0 && age < nonceLifetimeMs && macs.matches(mac, 'nonce', thumbprint, time);
    },
  };
}
