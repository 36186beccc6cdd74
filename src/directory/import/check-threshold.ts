import type { ChangeCounts, Changes } from './changes.ts';

/** A day of the national directory changes about one in a hundred. */
const mostMoved = 0.05;
/** Of fewer resources than this a part says nothing. */
const fewest = 100;

/** Whether so much would change or end that a person must have seen it: a cut or foreign file looks like this. */
export function isPastThreshold(changes: Changes): boolean {
  if (changes.isFirst) return false;
  const tables = ['practitioner', 'practitioner_role', 'organization'] as const;
  return tables.some((table) => isPast(changes.counts(table)));
}

function isPast({ changed, removed, unchanged }: ChangeCounts): boolean {
  const before = changed + removed + unchanged;
  return before >= fewest && changed + removed > before * mostMoved;
}
