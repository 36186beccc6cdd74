import { adeli, type NationalId, rpps, type Verification } from '#national-id';
import type { AuthenticatorDirectory, Parts } from '../parts.ts';

/**
 * The numbers that a card speaks for: its own, and under the conditions of the link the RPPS number that its ADELI
 * number leads to, or the ADELI numbers that lead to its RPPS number.
 */
export async function listNumbersOfCard(
  { directory }: Pick<Parts, 'directory'>,
  verification: Verification,
): Promise<NationalId[]> {
  const { nationalId } = verification;
  if (nationalId.kind === 'adeli') {
    const number = await leadOf(directory, nationalId.value, verification);
    return number === undefined ? [nationalId] : [nationalId, rpps(number)];
  }
  if (nationalId.kind !== 'rpps') return [];
  const former = await directory.findLinkedAdeli(nationalId.value);
  const leads = await Promise.all(former.map((number) => leadOf(directory, number, verification)));
  return [nationalId, ...former.filter((_, at) => leads[at] === nationalId.value).map(adeli)];
}

async function leadOf(
  directory: AuthenticatorDirectory,
  number: string,
  { familyName, givenName, profession }: Verification,
): Promise<string | undefined> {
  const link = await directory.resolveLink(number, { familyName, givenName, profession });
  return link.outcome === 'linked' ? link.rpps : undefined;
}
