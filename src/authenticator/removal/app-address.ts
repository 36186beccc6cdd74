import type { Parts } from '../parts.ts';
import { rppsFragment } from '../wire.ts';
import type { Removal } from './removal-store.ts';

/** Where the app is; with the RPPS number filled in for whoever has just proven that it is hers. */
export async function findAppAddress(
  parts: Pick<Parts, 'appUrl' | 'repairs'>,
  removal: Removal | undefined,
): Promise<string> {
  const number = removal?.state.stage === 'removed' ? await findRpps(parts, removal) : null;
  return number === null ? parts.appUrl.href : new URL(`#${rppsFragment}=${number}`, parts.appUrl).href;
}

/** That of an ADELI number is known where a repair is open. */
async function findRpps(
  { repairs }: Pick<Parts, 'repairs'>,
  { nationalId }: Removal,
): Promise<string | null> {
  if (nationalId.kind === 'rpps') return nationalId.value;
  return (await repairs?.findOpen(nationalId))?.rpps ?? null;
}
