import type { ExtractKind } from '../extract/extract-kind.ts';
import { KeyIndex } from '../extract/key-index.ts';
import type { ScanKeys } from '../extract/scan.ts';
import type { GenerationDraft, GenerationStorage } from '../generation/generation-storage.ts';
import { type GroupTotals, noTotals } from './breakdown.ts';
import { countGroups } from './count-groups.ts';
import { createPlaceDepartments, type PlaceDepartments } from './place-departments.ts';

/** By number, two halves each; 0, 0 for what a file does not tell of. */
export type Digests = Uint32Array;

/** What a generation keeps for the import that follows it: which number each key has, and what its lines were. */
export interface ImportState {
  keys: ScanKeys;
  /** Of the owners, by kind of extract. */
  owners: Partial<Record<ExtractKind, Digests>>;
  places: Digests;
  /** Active resources. */
  totals: Totals;
  /** The highest number that a role has. */
  lastRole: number;
  /** The same by profession and by département. */
  groups: GroupTotals;
  departments: PlaceDepartments;
}

export interface Totals {
  practitioner: number;
  practitioner_role: number;
  organization: number;
}

const kinds: ExtractKind[] = [
  'Personne_activite',
  'SavoirFaire',
  'Dipl_AutExerc',
  'Porteurs_CPS_CPF',
  'Extraction_Correspondance_MSSante',
];

/** Reads what generation `generation` keeps. */
export async function readImportState(storage: GenerationStorage, generation: number): Promise<ImportState> {
  const read = async (name: string) => toHalves(await storage.readState(generation, name));
  const digests = await Promise.all(kinds.map(async (kind) => [kind, await read(kind)] as const));
  const [practitioner = 0, practitioner_role = 0, organization = 0, lastRole = 0] = await read('totals');
  return {
    keys: { owners: KeyIndex.of(await read('owners')), places: KeyIndex.of(await read('places')) },
    owners: Object.fromEntries(digests),
    places: await read('place digests'),
    totals: { practitioner, practitioner_role, organization },
    lastRole,
    ...(await readGroups(storage, generation)),
  };
}

/** One that was made before groups were counted is counted once. */
async function readGroups(
  storage: GenerationStorage,
  generation: number,
): Promise<Pick<ImportState, 'groups' | 'departments'>> {
  const groups = await readGroupTotals(storage, generation);
  const kept = await storage.readState(generation, 'departments');
  if (generation === 0 || (groups && kept))
    return { groups: groups ?? noTotals, departments: createPlaceDepartments(kept) };
  return await countGroups(storage, generation);
}

/** `undefined` where a generation does not tell. */
export async function readGroupTotals(
  storage: GenerationStorage,
  generation: number,
): Promise<GroupTotals | undefined> {
  const bytes = await storage.readState(generation, 'groups');
  return bytes && JSON.parse(Buffer.from(bytes).toString());
}

export async function writeImportState(draft: GenerationDraft, state: ImportState): Promise<void> {
  const { keys, owners, places, totals, lastRole, groups, departments } = state;
  const counts = [totals.practitioner, totals.practitioner_role, totals.organization, lastRole];
  const entries: [string, Uint32Array][] = [
    ['owners', keys.owners.keys()],
    ['places', keys.places.keys()],
    ...(Object.entries(owners) as [string, Uint32Array][]),
    ['place digests', places],
    ['totals', Uint32Array.from(counts)],
  ];
  await draft.replace('import_state', [
    ...entries.map(([name, halves]) => [name, toBytes(halves)]),
    ['groups', Buffer.from(JSON.stringify(groups))],
    ['departments', departments.bytes()],
  ]);
}

const toBytes = ({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Copied, since a view of four bytes must begin at a multiple of four. */
function toHalves(bytes: Uint8Array = new Uint8Array()): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}
