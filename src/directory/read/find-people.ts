import type { DirectoryReader, Filter, PractitionerField, RoleField } from '../directory-store.ts';
import { foldText } from '../names.ts';

/** Whom somebody looks for: values of one list are alternatives, lists are joined by AND; town and mode of one role. */
export interface PeopleSearch {
  /** Beginnings of family names. */
  familyNames: readonly string[];
  towns: readonly string[];
  /** Codes. */
  professions: readonly string[];
  modes: readonly string[];
}

export interface PeopleFilter {
  where: readonly Filter<PractitionerField>[];
  /** The names that were taken instead, folded, where nobody has one of those that were given. */
  instead: readonly string[];
}

const isActive = { field: 'active', match: 'equals', values: [true] } as const;

/** Practitioners by name, town, profession and mode, with names one letter away where nobody matches. */
export async function filterPeople(reader: DirectoryReader, search: PeopleSearch): Promise<PeopleFilter> {
  const where = compilePeople(reader, search, 'startsWith');
  const [familyName, ...more] = search.familyNames;
  if (familyName === undefined || more.length > 0) return { where, instead: [] };
  if ((await reader.countPractitioners(where, 1)) > 0) return { where, instead: [] };
  const instead = await reader.findSimilarNames(familyName);
  if (instead.length === 0) return { where, instead };
  return { where: compilePeople(reader, { ...search, familyNames: instead }, 'equals'), instead };
}

function compilePeople(
  reader: DirectoryReader,
  search: PeopleSearch,
  match: 'startsWith' | 'equals',
): Filter<PractitionerField>[] {
  return search.towns.length > 0 ? byTown(reader, search, match) : byName(search);
}

/** Town, profession and name in one range of an index: it wants a profession, or all of them. */
function byTown(
  reader: DirectoryReader,
  { familyNames, towns, professions, modes }: PeopleSearch,
  match: 'startsWith' | 'equals',
): Filter<PractitionerField>[] {
  const all = reader.listProfessions().map(({ code }) => code);
  const where: Filter<RoleField>[] = [
    isActive,
    { field: 'town', match: 'equals', values: towns.flatMap(spellingsOf) },
    { field: 'profession', match: 'equals', values: professions.length > 0 ? professions : all },
  ];
  if (familyNames.length > 0) where.push({ field: 'familyName', match, values: familyNames });
  if (modes.length > 0) where.push({ field: 'mode', match: 'equals', values: modes });
  // Who has an active role is active.
  return [{ link: 'practitionerRoles', where }];
}

function byName({ familyNames, professions, modes }: PeopleSearch): Filter<PractitionerField>[] {
  const where: Filter<PractitionerField>[] = [isActive];
  if (familyNames.length > 0) where.push({ field: 'familyName', match: 'startsWith', values: familyNames });
  // Of the person alone where the role need not say more: those keys are short.
  if (professions.length > 0) where.push({ field: 'profession', match: 'equals', values: professions });
  if (modes.length === 0) return where;
  const role: Filter<RoleField>[] = [isActive, { field: 'mode', match: 'equals', values: modes }];
  if (professions.length > 0) role.push({ field: 'profession', match: 'equals', values: professions });
  return [...where, { link: 'practitionerRoles', where: role }];
}

/** Hyphens, and "Saint" in full, come and go between registers. */
export function spellingsOf(town: string): string[] {
  const folded = foldText(town.trim());
  const saints = [folded, folded.replace(/\bst(e?)\b/g, 'saint$1'), folded.replace(/\bsaint(e?)\b/g, 'st$1')];
  return [...new Set(saints.flatMap((text) => [text, text.replace(/ /g, '-'), text.replace(/-/g, ' ')]))];
}
