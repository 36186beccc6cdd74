import type { ChangeCounts, Changes } from './changes.ts';

/** A day of the national directory changes about one in a hundred. */
const mostMoved = 0.05;

/**
 * Of fewer resources than this a part says nothing: of forty places three that move are more than one in twenty, and
 * an ordinary day. So a directory is judged once it has a hundred of a kind: each kind by itself, counted as it was
 * before the run. A national directory, or that of one département, always has; a handful of invented people never
 * stops anybody.
 */
const fewest = 100;

/**
 * Whether so much would change or end that a person must have seen it: a cut or foreign file looks like this. What is
 * created does not count: a file that only adds loses nothing.
 */
export function isPastThreshold({ isFirst, counts }: Pick<Changes, 'isFirst' | 'counts'>): boolean {
  if (isFirst) return false;
  const tables = ['practitioner', 'practitioner_role', 'organization'] as const;
  return tables.some((table) => isPast(counts(table)));
}

function isPast({ changed, removed, unchanged }: ChangeCounts): boolean {
  const before = changed + removed + unchanged;
  return before >= fewest && changed + removed > before * mostMoved;
}
