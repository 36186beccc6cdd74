import type { KeyIndex } from '../extract/key-index.ts';
import type { GenerationDraft, Value } from '../generation/generation-storage.ts';
import type { HeldRow, PractitionerRow, RoleRow } from '../generation/tables.ts';
import type { Groups } from './breakdown.ts';
import { type Changes, withLife } from './changes.ts';
import type { Touched } from './find-touched.ts';
import { idOf, inBatches, numberOf } from './numbers.ts';
import type { PlaceDepartments } from './place-departments.ts';
import type { PersonRecord } from './read-people.ts';
import { createRoleReconciler } from './reconcile-roles.ts';

interface Dependencies {
  draft: GenerationDraft;
  keys: KeyIndex;
  changes: Changes;
  /** Every person that was touched, in that order, in batches. */
  people: AsyncIterable<PersonRecord[]> | Iterable<PersonRecord[]>;
  /** A number for a role that was never seen. */
  nextRole: () => number;
  departments: PlaceDepartments;
  /** Hears of each batch how many people it was. */
  onDone: (people: number) => void;
}

/** Brings the people that an extract tells of, or no longer tells of, up to date, with their roles. */
export async function applyPeople(dependencies: Dependencies, { vanished }: Touched): Promise<void> {
  const { draft, keys, changes, people, onDone } = dependencies;
  const roles = createRoleReconciler(dependencies);
  for await (const batch of people) {
    await reconcile(batch);
    onDone(batch.length);
  }
  for (const owners of inBatches(vanished)) await end(owners.map(numberOf));

  async function reconcile(batch: readonly PersonRecord[]): Promise<void> {
    const numbers = batch.map(({ owner }) => numberOf(owner));
    const old = changes.isFirst ? nobody : await readPeople(draft, numbers);
    const write = changes.isFirst ? draft.insert : draft.replace;
    await write('practitioner', batch.map((person) => practitionerOf(person, old)).filter(isRow));
    await requalify(batch.filter((person) => !isQualifiedAsBefore(person, old)));
    const rolesOf = (person: PersonRecord) =>
      roles.reconcile(numberOf(person.owner), person, old.roles.get(numberOf(person.owner)) ?? []);
    await write('practitioner_role', batch.flatMap(rolesOf));
  }

  function practitionerOf(person: PersonRecord, old: People): Value[] | undefined {
    const n = numberOf(person.owner);
    const before = old.practitioners.get(n);
    const isSame =
      before?.content === person.content &&
      before.registration_authority === person.registrationAuthority &&
      isQualifiedAsBefore(person, old);
    const [was, is] = [professionsOf(activeOf(old.roles.get(n))), professionsOf(person.roles)];
    if (before?.active === 1) changes.breakdown.shift('practitioner', was, is);
    const life = changes.keep('practitioner', { n, old: before, isSame, groups: is });
    const { idNatPs, familySearch, givenSearch, registrationAuthority, content } = person;
    return (
      life && [n, idOf(keys, n), idNatPs, familySearch, givenSearch, registrationAuthority, content, ...life]
    );
  }

  async function requalify(batch: readonly PersonRecord[]): Promise<void> {
    const numbers = batch.map(({ owner }) => numberOf(owner));
    if (!changes.isFirst) await draft.remove('qualification', 'practitioner', numbers);
    const rows = batch.flatMap(({ owner, qualifications }) =>
      qualifications.map((kind) => [numberOf(owner), kind]),
    );
    await draft.insert('qualification', rows);
  }

  /** Their qualifications stay: what the directory tells of a person struck off is read for the diagnosis. */
  async function end(numbers: number[]): Promise<void> {
    const { practitioners, roles: rolesOf } = await readPeople(draft, numbers);
    const active = [...practitioners.values()].filter((row) => row.active === 1);
    await draft.replace(
      'practitioner',
      active.map((row) => {
        const groups = professionsOf(activeOf(rolesOf.get(row.n)));
        return withLife('practitioner', row, changes.end('practitioner', row.n, row, groups));
      }),
    );
    await draft.replace('practitioner_role', roles.endAll([...rolesOf.values()].flat()));
  }
}

/** What a draft holds of some people, by their numbers. */
interface People {
  practitioners: ReadonlyMap<number, PractitionerRow>;
  qualifications: ReadonlyMap<number, HeldRow[]>;
  roles: ReadonlyMap<number, RoleRow[]>;
}

const nobody: People = { practitioners: new Map(), qualifications: new Map(), roles: new Map() };

async function readPeople(draft: GenerationDraft, numbers: number[]): Promise<People> {
  const practitioners = await draft.select<PractitionerRow>('practitioner', 'n', numbers);
  const qualifications = await draft.select<HeldRow>('qualification', 'practitioner', numbers);
  const roles = await draft.select<RoleRow>('practitioner_role', 'practitioner', numbers);
  return {
    practitioners: new Map(practitioners.map((row) => [row.n, row])),
    qualifications: Map.groupBy(qualifications, ({ practitioner }) => practitioner),
    roles: Map.groupBy(roles, ({ practitioner }) => practitioner),
  };
}

/** Each profession counts a person once. */
export const professionsOf = (roles: readonly { profession: string }[]): Groups => ({
  professions:
    roles.length === 1 && roles[0]
      ? [roles[0].profession]
      : [...new Set(roles.map(({ profession }) => profession))],
});

export const activeOf = (roles: readonly RoleRow[] = []): RoleRow[] =>
  roles.filter(({ active }) => active === 1);

function isQualifiedAsBefore({ owner, qualifications }: PersonRecord, old: People): boolean {
  const before = old.qualifications.get(numberOf(owner)) ?? [];
  return before.length === qualifications.length && before.every(({ kind }) => qualifications.includes(kind));
}

const isRow = (row: Value[] | undefined): row is Value[] => row !== undefined;
