import { adeli, type NationalId, rpps } from '#national-id';
import type { Persona } from '../personas.ts';
import type { PhoneAuthority } from '../ports.ts';

/** Whether a persona has an e-CPS now, and under which number. */
export interface EcpsState {
  status: 'none' | 'active' | 'expired';
  nationalId: NationalId | null;
}

/** One that is frozen or locked for a while is still hers. */
export async function findEcps(authenticator: PhoneAuthority, persona: Persona): Promise<EcpsState> {
  const nationalId = persona.rpps ? rpps(persona.rpps) : persona.nationalId;
  const state = await authenticator.findState(nationalId, persona.adeli);
  if (state === 'none') return { status: 'none', nationalId: null };
  if (state === 'adeli') return { status: 'active', nationalId: adeli(persona.adeli ?? '') };
  return { status: state === 'expired' ? 'expired' : 'active', nationalId };
}
