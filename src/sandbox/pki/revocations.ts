import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '#platform/clock.ts';
import type { Authorities } from './authorities.ts';
import { isMissing, readText, replaceFile } from './authority-files.ts';
import { type Revocation, revocationLists } from './revocation-list.ts';

/** The lists of all authorities, and the serial numbers of revoked cards behind them. */
export interface Revocations {
  revoke(certificate: X509Certificate): Promise<void>;
  reinstateAll(): Promise<void>;
  reissueCrls(): Promise<void>;
}

const revocationsFile = z.array(
  z.object({ serialNumber: z.string().regex(/^[0-9A-F]+$/), revokedAt: z.number() }),
);
const fileName = 'revoked.json';

export function createRevocations(directory: string, authorities: Authorities, clock: Clock): Revocations {
  async function write(revoked: readonly Revocation[]): Promise<void> {
    await replaceFile(join(directory, fileName), JSON.stringify(revoked));
    const lists = Object.entries(revocationLists(authorities, revoked, clock.now()));
    await Promise.all(lists.map(([name, list]) => replaceFile(join(directory, name), list)));
  }
  let last: Promise<void> = Promise.resolve();
  /** One change after the other: each begins with what the one before has written. */
  function change(next: (revoked: Revocation[]) => readonly Revocation[]): Promise<void> {
    last = last.catch(() => {}).then(async () => write(next(await readRevoked(directory))));
    return last;
  }
  return {
    revoke: ({ serialNumber }) =>
      change((revoked) => [
        ...revoked.filter((each) => each.serialNumber !== serialNumber),
        { serialNumber, revokedAt: clock.now() },
      ]),
    reinstateAll: () => change(() => []),
    reissueCrls: () => change((revoked) => revoked),
  };
}

async function readRevoked(directory: string): Promise<Revocation[]> {
  try {
    return revocationsFile.parse(JSON.parse(await readText(directory, fileName)));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
