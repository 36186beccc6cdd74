import { adeli, type NationalId } from '#national-id';
import type { AuthenticatorState } from '../face.ts';
import type { Parts } from '../parts.ts';
import { isLive, statusOf } from './credential-status.ts';

/** The best that a person has: one that works before one that does not. */
const ranks = ['active', 'frozen', 'locked', 'expired'] as const;

/** What a person has under a number; `adeli`: nothing there that works, but under the ADELI number of its link. */
export async function findState(
  parts: Parts,
  nationalId: NationalId,
  linkedAdeli?: string | null,
): Promise<AuthenticatorState> {
  const state = await findOwnState(parts, nationalId);
  if (!linkedAdeli || (state !== 'none' && state !== 'expired')) return state;
  const former = await findOwnState(parts, adeli(linkedAdeli));
  return former === 'none' || former === 'expired' ? state : 'adeli';
}

async function findOwnState({ credentials, clock }: Parts, nationalId: NationalId) {
  const now = clock.now();
  const all = await credentials.listOfPerson(nationalId);
  const statuses = new Set(all.filter((one) => isLive(one, now)).map((one) => statusOf(one, now)));
  return ranks.find((rank) => statuses.has(rank)) ?? 'none';
}
