import { sameFamilyName, shareGivenName } from '../names.ts';
import type { Practitioner } from '../practitioner.ts';

/** What a card or an e-CPS under the ADELI number says of its holder. */
export interface ClaimedIdentity {
  familyName: string;
  givenName: string;
  /** TRE_G15; without one nothing agrees. */
  profession: string | null;
}

/**
 * Where an ADELI number leads. `none`: no link, or to a number that the directory does not hold. `mismatch`: the
 * link must not be used. `inactive`: it agrees, but the record has ended. `linked`: it may be used.
 */
export type LinkResolution =
  | { outcome: 'none' }
  | { outcome: 'mismatch'; reason: 'several' | 'names' | 'profession' }
  | { outcome: 'inactive'; rpps: string; endedAt: number | null }
  | { outcome: 'linked'; rpps: string };

/** The conditions on a link: a wrong line of that file would otherwise hand one person's e-CPS to another. */
export function resolveLink(
  numbers: readonly string[],
  practitioner: Practitioner | undefined,
  claimed: ClaimedIdentity,
): LinkResolution {
  const [rpps] = numbers;
  if (rpps === undefined) return { outcome: 'none' };
  if (numbers.length > 1) return { outcome: 'mismatch', reason: 'several' };
  if (!practitioner) return { outcome: 'none' };
  if (!namesAgree(practitioner, claimed)) return { outcome: 'mismatch', reason: 'names' };
  if (!professionAgrees(practitioner, claimed)) return { outcome: 'mismatch', reason: 'profession' };
  if (!practitioner.active) return { outcome: 'inactive', rpps, endedAt: practitioner.endedAt };
  return { outcome: 'linked', rpps };
}

function namesAgree(practitioner: Practitioner, claimed: ClaimedIdentity): boolean {
  const familyNames = [practitioner.familyName, practitioner.birthName].filter((name) => name !== null);
  if (!familyNames.some((name) => sameFamilyName(name, claimed.familyName))) return false;
  return shareGivenName(practitioner.givenName, claimed.givenName);
}

function professionAgrees({ qualifications }: Practitioner, { profession }: ClaimedIdentity): boolean {
  return qualifications.some((qualification) => qualification.profession === profession);
}
