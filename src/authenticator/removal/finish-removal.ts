import { afterDestruction, destroy, doom } from '../credentials/end-credential.ts';
import type { Parts } from '../parts.ts';
import { advanceRemoval } from './advance-removal.ts';
import type { Removal } from './removal-store.ts';

/**
 * Destroys every e-CPS under the number of a removal that was proven. On its own, so that a process that died after
 * the proof is finished by the next look at the page, and so that nothing is looked up before there is a proof.
 */
export async function finishRemoval(parts: Parts, { id, nationalId }: Removal): Promise<void> {
  const credentials = await parts.credentials.listOfPerson(nationalId);
  const doomed = await Promise.all(credentials.map((credential) => doom(parts, credential)));
  await parts.database.write(async (unit) => {
    const removal = await parts.removals.find(id, unit);
    if (removal?.state.stage !== 'proven') return;
    const at = parts.clock.now();
    for (const one of doomed) await destroy(parts, unit, one, 'removed');
    const nothing = doomed.length === 0 && removal.state.proof === 'card';
    await advanceRemoval(parts, unit, removal, { type: nothing ? 'nothing_found' : 'removed', at });
  });
  await afterDestruction(parts, credentials);
}
