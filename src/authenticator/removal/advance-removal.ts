import type { Unit } from '#platform/database/database.ts';
import type { Parts } from '../parts.ts';
import { next, type RemovalEvent } from './removal.ts';
import type { CodeMacs, Removal } from './removal-store.ts';

/** Writes what follows `event`; `undefined` where it may not follow, or another call was faster. */
export async function advanceRemoval(
  { removals }: Pick<Parts, 'removals'>,
  unit: Unit,
  removal: Removal,
  event: RemovalEvent,
  codeMacs?: CodeMacs,
): Promise<Removal | undefined> {
  const step = next(removal.state, event);
  if ('refusal' in step || !(await removals.advance(unit, removal, step.state, codeMacs))) return undefined;
  return {
    ...removal,
    version: removal.version + 1,
    state: step.state,
    codeMacs: codeMacs ?? removal.codeMacs,
  };
}
