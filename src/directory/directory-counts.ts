import { departments } from './departments.ts';
import type { DirectoryStore } from './directory-store.ts';
import type { GenerationStorage } from './generation/generation-storage.ts';
import { noTotals } from './import/breakdown.ts';
import { countGroups } from './import/count-groups.ts';
import { readGroupTotals } from './import/import-state.ts';

/** Active resources. `code` is '' for what is not told; `label` null for a code that has none. */
export interface DirectoryCounts {
  generation: number;
  /** A person counts once in each of their professions. */
  byProfession: { code: string; label: string | null; practitioners: number; roles: number }[];
  byDepartment: { code: string; label: string | null; roles: number; organizations: number }[];
}

/** Reads what the current generation says of itself: an import has counted it. */
export function createDirectoryCounts(storage: GenerationStorage, store: DirectoryStore) {
  // A generation never changes.
  let known: { generation: number; groups: ReturnType<typeof readGroups> } | undefined;
  const remember = (generation: number) => {
    if (known?.generation !== generation) known = { generation, groups: readGroups(storage, generation) };
    return known.groups;
  };
  return async (): Promise<DirectoryCounts> => {
    const reader = await store.current();
    const { professions, departments: places } = await remember(reader.generation);
    const labels = new Map(reader.listProfessions().map(({ code, label }) => [code, label]));
    return {
      generation: reader.generation,
      byProfession: list([professions.practitioner, professions.practitioner_role], labels).map(
        ({ counts: [practitioners = 0, roles = 0], ...group }) => ({ ...group, practitioners, roles }),
      ),
      byDepartment: list([places.practitioner_role, places.organization], departments).map(
        ({ counts: [roles = 0, organizations = 0], ...group }) => ({ ...group, roles, organizations }),
      ),
    };
  };
}

/** One that was made before groups were counted is counted now. */
async function readGroups(storage: GenerationStorage, generation: number) {
  if (generation === 0) return noTotals;
  return (await readGroupTotals(storage, generation)) ?? (await countGroups(storage, generation)).groups;
}

type Totals = Record<string, number> | undefined;

/** Codes with somebody under them, in their order. */
function list([one = {}, other = {}]: [Totals, Totals], labels: ReadonlyMap<string, string>) {
  const codes = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return codes
    .map((code) => ({ code, label: labels.get(code) ?? null, counts: [one[code] ?? 0, other[code] ?? 0] }))
    .filter(({ counts }) => counts.some((count) => count > 0));
}
