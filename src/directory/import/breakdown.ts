import type { ChangeKind, VersionedTable } from './changes.ts';

/** Codes that a resource counts under; '' for what is not told. */
export interface Groups {
  professions?: readonly string[];
  departments?: readonly string[];
}

type Axis = keyof Groups;

/** Active resources by code. */
export type GroupTotals = Record<Axis, Partial<Record<VersionedTable, Record<string, number>>>>;

export type PlannedCounts = Record<ChangeKind, number>;

export const noTotals: GroupTotals = { professions: {}, departments: {} };
const axes = ['professions', 'departments'] as const;

/** Counts by profession and by département what an import does, and what there is when it has done it. */
export function createBreakdown(before: GroupTotals) {
  const totals = structuredClone(before);
  const planned: Record<Axis, Partial<Record<VersionedTable, Map<string, PlannedCounts>>>> = {
    professions: {},
    departments: {},
  };

  function addTotal(axis: Axis, table: VersionedTable, code: string, difference: number): void {
    totals[axis][table] ??= {};
    const ofTable = totals[axis][table];
    ofTable[code] = (ofTable[code] ?? 0) + difference;
  }

  function addPlanned(axis: Axis, table: VersionedTable, code: string, kind: ChangeKind): void {
    planned[axis][table] ??= new Map();
    const ofTable = planned[axis][table];
    const counts = ofTable.get(code) ?? { created: 0, changed: 0, removed: 0 };
    ofTable.set(code, counts);
    counts[kind]++;
  }

  return {
    add(table: VersionedTable, kind: ChangeKind, groups: Groups): void {
      const difference = { created: 1, changed: 0, removed: -1 }[kind];
      for (const axis of axes) {
        for (const code of groups[axis] ?? []) {
          addPlanned(axis, table, code, kind);
          if (difference !== 0) addTotal(axis, table, code, difference);
        }
      }
    },
    /** So many that go on count under other codes from now on. */
    shift(table: VersionedTable, from: Groups, to: Groups, count = 1): void {
      for (const axis of axes) {
        for (const code of from[axis] ?? []) addTotal(axis, table, code, -count);
        for (const code of to[axis] ?? []) addTotal(axis, table, code, count);
      }
    },
    totals: (): GroupTotals => totals,
    planned: (axis: Axis, table: VersionedTable): ReadonlyMap<string, PlannedCounts> =>
      planned[axis][table] ?? new Map(),
  };
}

export type Breakdown = ReturnType<typeof createBreakdown>;
