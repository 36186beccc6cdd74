import type { Value } from '../generation/generation-storage.ts';
import { columnsOf } from '../generation/schema.ts';
import type { GenerationTables } from '../generation/tables.ts';
import type { Breakdown, Groups } from './breakdown.ts';
import type { Totals } from './import-state.ts';

export type VersionedTable = keyof Totals;

export interface ChangeCounts {
  created: number;
  changed: number;
  removed: number;
  unchanged: number;
}

export type ChangeKind = 'created' | 'changed' | 'removed';

/** What a versioned row has beside its content. */
export interface Life {
  active: number;
  ended_at: number | null;
  last_updated_at: number;
  version_id: number;
}

interface Kept {
  n: number;
  old: Life | undefined;
  /** Its content is as before. */
  isSame: boolean;
  groups: Groups;
}

export type LifeValues = [active: number, endedAt: number | null, lastUpdatedAt: number, versionId: number];

/** Of each kind so many are remembered, for whoever looks at the plan. */
const examplesKept = 10;

interface ChangesParts {
  /** Stamps what changes. */
  now: number;
  extractedAt: number;
  breakdown: Breakdown;
}

/** Counts what an import does to resources, and gives each its next version. */
export function createChanges(totals: Totals, { now, extractedAt, breakdown }: ChangesParts) {
  const counts: Record<VersionedTable, Record<ChangeKind, number>> = {
    practitioner: { created: 0, changed: 0, removed: 0 },
    practitioner_role: { created: 0, changed: 0, removed: 0 },
    organization: { created: 0, changed: 0, removed: 0 },
  };
  const moved: Record<VersionedTable, Set<number>> = {
    practitioner: new Set(),
    practitioner_role: new Set(),
    organization: new Set(),
  };
  const examples: Record<VersionedTable, Record<ChangeKind, number[]>> = {
    practitioner: { created: [], changed: [], removed: [] },
    practitioner_role: { created: [], changed: [], removed: [] },
    organization: { created: [], changed: [], removed: [] },
  };
  const isFirst = Object.values(totals).every((total) => total === 0);

  function count(table: VersionedTable, n: number, kind: ChangeKind, groups: Groups): void {
    counts[table][kind]++;
    breakdown.add(table, kind, groups);
    if (examples[table][kind].length < examplesKept) examples[table][kind].push(n);
    // Of a first import everything is new: nothing moves twice.
    if (!isFirst) moved[table].add(n);
  }

  return {
    isFirst,
    breakdown,
    /** Numbers of those that this import gives another version, or their first. */
    moved: (table: VersionedTable): ReadonlySet<number> => moved[table],
    /** Numbers of the first ones of a kind. */
    examples: (table: VersionedTable, kind: ChangeKind): readonly number[] => examples[table][kind],
    /** One that the extract tells of; `undefined` where it is as it was. One that had ended begins again. */
    keep(table: VersionedTable, { n, old, isSame, groups }: Kept): LifeValues | undefined {
      if (old?.active === 1 && isSame) return undefined;
      count(table, n, old?.active === 1 ? 'changed' : 'created', groups);
      return [1, null, now, (old?.version_id ?? 0) + 1];
    },
    /** One that the extract no longer has. */
    end(table: VersionedTable, n: number, old: Life, groups: Groups): LifeValues {
      count(table, n, 'removed', groups);
      return [0, extractedAt, now, old.version_id + 1];
    },
    /** One whose details differ: its version moves once. `undefined` where it has moved already. */
    move(table: VersionedTable, n: number, old: Life, groups: Groups): LifeValues | undefined {
      if (old.active !== 1 || isFirst || moved[table].has(n)) return undefined;
      count(table, n, 'changed', groups);
      return [1, null, now, old.version_id + 1];
    },
    /** Active resources when all is applied. */
    totals(): Totals {
      const after = (table: VersionedTable) => totals[table] + counts[table].created - counts[table].removed;
      return {
        practitioner: after('practitioner'),
        practitioner_role: after('practitioner_role'),
        organization: after('organization'),
      };
    },
    counts(table: VersionedTable): ChangeCounts {
      const { created, changed, removed } = counts[table];
      return { created, changed, removed, unchanged: totals[table] - changed - removed };
    },
  };
}

export type Changes = ReturnType<typeof createChanges>;

/** A row's values in the order of its table, with another life. */
export function withLife<Table extends VersionedTable>(
  table: Table,
  row: GenerationTables[Table],
  life: LifeValues,
): Value[] {
  const columns = columnsOf(table).slice(0, -life.length) as (keyof GenerationTables[Table])[];
  return [...columns.map((column) => row[column] as Value), ...life];
}
