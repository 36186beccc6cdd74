import type { Scan } from '../extract/scan.ts';
import type { GenerationDraft } from '../generation/generation-storage.ts';
import type { DiplomaKindRow, QualificationKindRow, RoleKindRow } from '../generation/tables.ts';
import { applyDetails } from './apply-details.ts';
import { applyPeople } from './apply-people.ts';
import { applyPlaces } from './apply-places.ts';
import type { Changes } from './changes.ts';
import type { Touched } from './find-touched.ts';
import type { ImportState } from './import-state.ts';
import { createKindRegistry, type KindRegistry, type NumberedKinds } from './kind-registry.ts';
import { createLabels } from './labels.ts';
import { createMovedDetails } from './moved-details.ts';
import { readPeople } from './people-source.ts';
import { createTidying } from './tidy-records.ts';

/** A scanned file, with whom it has to be read again for. */
export interface Planned {
  scan: Scan;
  owners: Touched;
  /** Of Personne_activite. */
  places: Touched;
}

interface Target {
  draft: GenerationDraft;
  changes: Changes;
  state: ImportState;
  /** Hears how many people and places are done. */
  onProgress: (done: number, of: number) => void;
}

/** Brings a draft up to date with scanned files. True where anything of it differs, labels included. */
export async function applyExtracts(
  files: readonly Planned[],
  { draft, changes, state, onProgress }: Target,
): Promise<boolean> {
  const { departments } = state;
  const onDone = countDone(files, { isFirst: draft.isFirst, onProgress });
  const labels = createLabels();
  const moved = createMovedDetails(draft, changes, departments);
  const qualificationKinds = createKindRegistry(await readQualificationKinds(draft));
  const diplomaKinds = createKindRegistry(await readDiplomaKinds(draft));

  for (const file of files) if (isActivities(file)) await applyActivities(file);
  for (const file of files) if (!isActivities(file)) await applyDetailFile(file);
  await writeKinds(draft, 'qualification_kind', qualificationKinds);
  await writeKinds(draft, 'diploma_kind', diplomaKinds);
  await moved.apply();
  await renewFamilyNames(draft);
  const isRelabelled = await labels.apply(draft);
  return isRelabelled || moved.any() || hasCounted(changes);

  async function applyActivities({ scan, owners, places }: Planned): Promise<void> {
    const roleKinds = createKindRegistry(await readRoleKinds(draft));
    const source = readPeople({
      lines: linesOf(scan),
      owners: owners.touched,
      qualificationKinds: qualificationKinds.all(),
      roleKinds: roleKinds.all(),
    });
    const shared = { draft, changes, departments, onDone };
    await applyPlaces({ ...shared, scan, keys: state.keys.places }, places);
    const nextRole = () => ++state.lastRole;
    const { batches: people } = source;
    await applyPeople({ ...shared, keys: state.keys.owners, people, nextRole }, owners);
    const rest = source.rest();
    for (const [, values] of rest.qualificationKinds) qualificationKinds.numberOf(values);
    for (const [, values] of rest.roleKinds) roleKinds.numberOf(values);
    for (const entry of rest.labels) labels.add(...entry);
    await writeKinds(draft, 'role_kind', roleKinds);
  }

  async function applyDetailFile({ scan, owners }: Planned): Promise<void> {
    const parts = { labels, qualificationKinds, diplomaKinds };
    await applyDetails({ draft, scan, parts, isFirst: draft.isFirst }, owners, moved.add);
  }
}

function countDone(
  files: readonly Planned[],
  { isFirst, onProgress }: { isFirst: boolean; onProgress: Target['onProgress'] },
): (more: number) => void {
  const sizes = files
    .filter(isActivities)
    .map(({ owners, places }) => owners.touched.length + places.touched.length);
  const of = sizes.reduce((sum, size) => sum + size, 0);
  const tidy = createTidying(isFirst ? 'loading' : 'comparing');
  let done = 0;
  return (more) => {
    tidy(more);
    done += more;
    onProgress(done, of);
  };
}

const isActivities = ({ scan }: Planned): boolean => scan.extract.header.kind === 'Personne_activite';

/** Without what cannot be handed to a thread. */
function linesOf({ extract, start, length, place, next, firstLine, lastLine }: Scan) {
  const { descriptor, isUtf8File, header } = extract;
  return { extract: { descriptor, isUtf8File, header }, start, length, place, next, firstLine, lastLine };
}

async function readQualificationKinds(draft: GenerationDraft): Promise<NumberedKinds> {
  const rows = await draft.all<QualificationKindRow>('qualification_kind');
  return rows.map((row) => [row.n, [row.profession, row.category, row.expertise_type, row.expertise]]);
}

async function readDiplomaKinds(draft: GenerationDraft): Promise<NumberedKinds> {
  const rows = await draft.all<DiplomaKindRow>('diploma_kind');
  return rows.map((row) => [row.n, [row.type, row.code, row.authorization_type, row.discipline]]);
}

async function readRoleKinds(draft: GenerationDraft): Promise<NumberedKinds> {
  const rows = await draft.all<RoleKindRow>('role_kind');
  return rows.map((row) => [
    row.n,
    [
      ...[row.profession, row.mode, row.sector, row.role, row.activity_kind],
      ...[row.pharmacist_section, row.registration_authority],
    ],
  ]);
}

async function writeKinds(
  draft: GenerationDraft,
  table: 'qualification_kind' | 'diploma_kind' | 'role_kind',
  kinds: KindRegistry,
): Promise<void> {
  await draft.insert(
    table,
    kinds.added().map(([n, values]) => [n, ...values]),
  );
}

/** Names that nobody bears any more do no harm. */
async function renewFamilyNames(draft: GenerationDraft): Promise<void> {
  const rows = await draft.distinct('practitioner', 'family_search');
  const known = new Set(await draft.distinct('family_name', 'name'));
  const fresh = rows.filter((name) => name !== '' && !known.has(name));
  await draft.insert(
    'family_name',
    fresh.map((name) => [name, [...name].reverse().join('')]),
  );
}

function hasCounted(changes: Changes): boolean {
  const tables = ['practitioner', 'practitioner_role', 'organization'] as const;
  return tables.some((table) => {
    const { created, changed, removed } = changes.counts(table);
    return created + changed + removed > 0;
  });
}
