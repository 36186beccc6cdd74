import type { GenerationDraft, Value } from '../generation/generation-storage.ts';
import type { GenerationTables, OrganizationRow, RoleRow } from '../generation/tables.ts';
import type { DetailRow } from './apply-details.ts';
import { type Changes, type VersionedTable, withLife } from './changes.ts';

/** Gathers whose details differ, since those are content of theirs, and moves their versions when all is applied. */
export function createMovedDetails(draft: GenerationDraft, changes: Changes) {
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
  ): Promise<void> {
    const moved = rows.flatMap((row) => {
      const life = changes.move(table, row.n, row);
      return life ? [withLife(table, row, life)] : [];
    });
    await draft.replace(table, moved);
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
      await move('practitioner', await draft.select('practitioner', 'n', [...people]));
      await move('organization', await findPlaces(structures));
      await move('practitioner_role', await findRoles());
    },
  };
}
