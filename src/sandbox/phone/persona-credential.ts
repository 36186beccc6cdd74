import type { SandboxCredential } from '#authenticator';
import type { NationalId } from '#national-id';
import { type Persona, professions } from '../personas.ts';

/** The password of every e-CPS that the sandbox makes; what its people choose where they choose one. */
export const phonePassword = 'hygie-sandbox-1';

/** What the authenticator is told of a persona whose e-CPS it makes. */
export function credentialOf(
  { givenName, familyName, profession }: Persona,
  nationalId: NationalId,
): SandboxCredential {
  return {
    nationalId,
    givenName,
    familyName,
    profession: profession && professions[profession].code,
    password: phonePassword,
    device: 'Téléphone du bac à sable',
  };
}
