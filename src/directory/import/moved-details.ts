import type { GenerationDraft, Value } from '../generation/generation-storage.ts';
import type { GenerationTables, OrganizationRow, PractitionerRow, RoleRow } from '../generation/tables.ts';
import type { DetailRow } from './apply-details.ts';
import { activeOf, professionsOf } from './apply-people.ts';
import type { Groups } from './breakdown.ts';
import { type Changes, type VersionedTable, withLife } from './changes.ts';
import type { PlaceDepartments } from './place-departments.ts';

/** Gathers whose details differ, since those are content of theirs, and moves their versions when all is applied. */
export function createMovedDetails(draft: GenerationDraft, changes: Changes, departments: PlaceDepartments) {
  const people = new Set<number>();
  /** An idNat_Struct each, of structures whose own mailboxes differ. */
  const structures = new Set<string>();
  /** Of people whose mailboxes at a structure differ. */
  const structuresOf = new Map<number, Set<string>>();
  let any = false;

  function addMailbox(structure: string, practitioner: Value | undefined): void {
    if (typeof practitioner !== 'number') structures.add(structure);
    else structuresOf.set(practitioner, (structuresOf.get(practitioner) ?? new Set()).add(structure));
  }

  async function findRoles(): Promise<RoleRow[]> {
    const named = new Set([...structuresOf.values()].flatMap((own) => [...own]));
    const places = await findPlaces(named);
    const formerIds = new Map(places.map(({ n, former_id }) => [n, former_id ?? '']));
    const roles = await draft.select<RoleRow>('practitioner_role', 'practitioner', [...structuresOf.keys()]);
    return roles.filter(({ practitioner, organization }) =>
      structuresOf.get(practitioner)?.has(formerIds.get(organization ?? 0) ?? ''),
    );
  }

  const findPlaces = (formerIds: Iterable<string>) =>
    draft.select<OrganizationRow>('organization', 'former_id', [...formerIds]);

  async function move<Table extends VersionedTable>(
    table: Table,
    rows: readonly GenerationTables[Table][],
    groupsOf: (row: GenerationTables[Table]) => Groups,
  ): Promise<void> {
    const moved = rows.flatMap((row) => {
      const life = changes.move(table, row.n, row, groupsOf(row));
      return life ? [withLife(table, row, life)] : [];
    });
    await draft.replace(table, moved);
  }

  async function movePeople(numbers: number[]): Promise<void> {
    const roles = await draft.select<RoleRow>('practitioner_role', 'practitioner', numbers);
    const rolesOf = Map.groupBy(activeOf(roles), ({ practitioner }) => practitioner);
    const rows = await draft.select<PractitionerRow>('practitioner', 'n', numbers);
    await move('practitioner', rows, ({ n }) => professionsOf(rolesOf.get(n) ?? []));
  }

  return {
    any: (): boolean => any,
    add(rows: readonly DetailRow[]): void {
      any = true;
      if (changes.isFirst) return;
      for (const { practitioner, structure } of rows) {
        if (typeof structure === 'string' && structure !== '') addMailbox(structure, practitioner);
        else people.add(practitioner as number);
      }
    },
    async apply(): Promise<void> {
      await movePeople([...people]);
      await move('organization', await findPlaces(structures), ({ n }) => ({
        departments: [departments.of(n)],
      }));
      await move('practitioner_role', await findRoles(), ({ profession, organization }) => ({
        professions: [profession],
        departments: [departments.of(organization)],
      }));
    },
  };
}
