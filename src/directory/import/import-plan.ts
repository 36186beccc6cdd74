import { departments } from '../departments.ts';
import type { GenerationDraft } from '../generation/generation-storage.ts';
import type { OrganizationRow, PractitionerRow, RoleRow } from '../generation/tables.ts';
import { formatId } from '../technical-id.ts';
import { splitValues } from '../tuples.ts';
import type { Breakdown, PlannedCounts } from './breakdown.ts';
import type { ChangeKind, Changes, VersionedTable } from './changes.ts';

/** One of those that an import creates, changes or removes, as the directory shows it to everybody. */
export interface PlannedExample {
  /** Of the FHIR resource. */
  id: string;
  name: string;
  /** A person's number, a role's profession and place, an organization's town; null where none is told. */
  detail: string | null;
}

export type PlannedExamples = Record<ChangeKind, PlannedExample[]>;

/** `code` is '' for what is not told; `label` null for a code that has none. */
interface Group {
  code: string;
  label: string | null;
}

/** A person counts once in each of their professions. */
export interface ProfessionPlan extends Group {
  practitioners: PlannedCounts;
  roles: PlannedCounts;
}

/** Of roles and organizations: a person without a place is in no département. */
export interface DepartmentPlan extends Group {
  roles: PlannedCounts;
  organizations: PlannedCounts;
}

/** What an import does, or would do. Groups in which nothing differs are left out. */
export interface ImportPlan {
  byProfession: ProfessionPlan[];
  byDepartment: DepartmentPlan[];
  /** Up to ten of each kind. */
  examples: { practitioners: PlannedExamples; roles: PlannedExamples; organizations: PlannedExamples };
}

const none = (): PlannedCounts => ({ created: 0, changed: 0, removed: 0 });
const noExamples = (): PlannedExamples => ({ created: [], changed: [], removed: [] });

export const emptyPlan = (): ImportPlan => ({
  byProfession: [],
  byDepartment: [],
  examples: { practitioners: noExamples(), roles: noExamples(), organizations: noExamples() },
});

/** Puts into words what an import has done to `draft`. */
export async function describePlan(draft: GenerationDraft, changes: Changes): Promise<ImportPlan> {
  const professions = await readProfessions(draft);
  const { breakdown } = changes;
  const describeAll = (table: VersionedTable, find: Describe) => describe(changes, table, find);
  const practitioners = await describeAll('practitioner', (numbers) => describePeople(draft, numbers));
  const roles = await describeAll('practitioner_role', (numbers) =>
    describeRoles(draft, numbers, professions),
  );
  const organizations = await describeAll('organization', (numbers) => describePlaces(draft, numbers));
  return {
    byProfession: planProfessions(breakdown, professions),
    byDepartment: planDepartments(breakdown),
    examples: { practitioners, roles, organizations },
  };
}

type Professions = ReadonlyMap<string, string>;

async function readProfessions(draft: GenerationDraft): Promise<Professions> {
  const rows = await draft.select<{ code: string; label: string }>('label', 'terminology', ['profession']);
  return new Map(rows.map(({ code, label }) => [code, label]));
}

function planProfessions(breakdown: Breakdown, labels: Professions): ProfessionPlan[] {
  const people = breakdown.planned('professions', 'practitioner');
  const roles = breakdown.planned('professions', 'practitioner_role');
  return codesOf(people, roles).map((code) => ({
    code,
    label: labels.get(code) ?? null,
    practitioners: people.get(code) ?? none(),
    roles: roles.get(code) ?? none(),
  }));
}

function planDepartments(breakdown: Breakdown): DepartmentPlan[] {
  const roles = breakdown.planned('departments', 'practitioner_role');
  const organizations = breakdown.planned('departments', 'organization');
  return codesOf(roles, organizations).map((code) => ({
    code,
    label: departments.get(code) ?? null,
    roles: roles.get(code) ?? none(),
    organizations: organizations.get(code) ?? none(),
  }));
}

const codesOf = (...maps: ReadonlyMap<string, PlannedCounts>[]): string[] =>
  [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();

type Describe = (numbers: readonly number[]) => Promise<Map<number, PlannedExample>>;

async function describe(changes: Changes, table: VersionedTable, find: Describe): Promise<PlannedExamples> {
  const kinds = ['created', 'changed', 'removed'] as const;
  const found = await find([...new Set(kinds.flatMap((kind) => changes.examples(table, kind)))]);
  const listed = kinds.map((kind) => [
    kind,
    changes.examples(table, kind).flatMap((n) => found.get(n) ?? []),
  ]);
  return Object.fromEntries(listed) as PlannedExamples;
}

async function describePeople(draft: GenerationDraft, numbers: readonly number[]) {
  const rows = await draft.select<PractitionerRow>('practitioner', 'n', numbers);
  return byNumber(rows, ({ n, id, id_nat_ps, content }) => [
    n,
    { id: formatId('practitioner', id), name: nameOf(content), detail: id_nat_ps },
  ]);
}

async function describePlaces(draft: GenerationDraft, numbers: readonly number[]) {
  const rows = await draft.select<OrganizationRow>('organization', 'n', numbers);
  return byNumber(rows, (row) => [
    row.n,
    { id: formatId('organization', row.id), name: placeName(row), detail: townName(row) },
  ]);
}

async function describeRoles(draft: GenerationDraft, numbers: readonly number[], professions: Professions) {
  const rows = await draft.select<RoleRow>('practitioner_role', 'n', numbers);
  const people = await describePeople(draft, numbersOf(rows, 'practitioner'));
  const places = await describePlaces(draft, numbersOf(rows, 'organization'));
  return byNumber(rows, ({ n, id, practitioner, organization, profession }) => {
    const parts = [professions.get(profession) ?? profession, places.get(organization ?? 0)?.name];
    const detail = parts.filter(Boolean).join(', ') || null;
    const name = people.get(practitioner)?.name ?? '';
    return [n, { id: formatId('practitioner_role', id), name, detail }];
  });
}

function byNumber<Row>(
  rows: readonly Row[],
  describeRow: (row: Row) => [number, PlannedExample],
): Map<number, PlannedExample> {
  return new Map(rows.map(describeRow));
}

const numbersOf = (rows: readonly RoleRow[], column: 'practitioner' | 'organization'): number[] => [
  ...new Set(rows.flatMap((row) => row[column] ?? [])),
];

/** See `practitionerContent`. */
function nameOf(content: string): string {
  const [family = '', given = ''] = splitValues(content);
  return `${given} ${family}`.trim();
}

/** See `organizationContent`. */
function placeName({ content, technical_id }: OrganizationRow): string {
  const [name = '', tradeName = ''] = splitValues(content);
  return name || tradeName || technical_id;
}

function townName({ postal_code, city_search }: OrganizationRow): string | null {
  return [postal_code, city_search.toUpperCase()].filter(Boolean).join(' ') || null;
}
