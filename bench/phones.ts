import type { Authenticator, HandedCredential } from '#authenticator';
import { rpps, withLuhnKey } from '#national-id';

export const phonePassword = 'une tisane de thym';

/** Phones of people of their own: the limits are by person, and a bench asks more often than anybody would. */
export function createPhones({ sandbox }: Authenticator, count: number): Promise<HandedCredential[]> {
  return Promise.all(
    Array.from({ length: count }, (_, i) =>
      sandbox.createCredential({
        nationalId: rpps(withLuhnKey(`99709${String(i).padStart(5, '0')}`)),
        givenName: 'Claire',
        familyName: 'Fontaine',
        profession: '60',
        password: phonePassword,
        device: 'Bench',
      }),
    ),
  );
}
