import type { ActivityColumn } from '../extract/columns.ts';
import type { ExtractHeader } from '../extract/extract-kind.ts';
import { type Hash, hashText } from '../extract/hash.ts';
import { type Fields, readIdNatPs } from '../extract/row-rules.ts';
import { nothing } from '../extract/scan.ts';
import { foldText } from '../names.ts';
import { joinValues } from '../tuples.ts';
import { createFieldReader } from './field-reader.ts';
import type { KindRegistry } from './kind-registry.ts';
import type { Labels } from './labels.ts';

/** What `content` of a practitioner holds, in this order; a birth name is in the restricted extract alone. */
export const practitionerContent = [
  'familyName',
  'givenName',
  'birthName',
  'civility',
  'exerciseCivility',
] as const;

/** A person as all their rows tell. */
export interface PersonRecord {
  /** Number of the owner in the scan. */
  owner: number;
  idNatPs: string;
  familySearch: string;
  givenSearch: string;
  registrationAuthority: string | null;
  content: string;
  /** Numbers of `qualification_kind`, each once. */
  qualifications: number[];
  roles: RoleRecord[];
}

export interface RoleRecord extends Hash {
  /** Number of the place in the scan, or `nothing`. */
  place: number;
  /** Number of `role_kind`. */
  kind: number;
  town: string;
  profession: string;
}

export interface PersonParserParts {
  kinds: { qualifications: KindRegistry; roles: KindRegistry };
  labels: Labels;
  /** Folded. */
  townOf(place: number): string;
}

/** The codes of an activity row that have labels, and the column of each label. */
const labelled = [
  ['profession', 'professionLabel'],
  ['category', 'categoryLabel'],
  ['expertiseType', 'expertiseTypeLabel'],
  ['mode', 'modeLabel'],
  ['sector', 'sectorLabel'],
  ['pharmacistSection', 'pharmacistSectionLabel'],
  ['role', 'roleLabel'],
  ['activityKind', 'activityKindLabel'],
] as const satisfies [ActivityColumn, ActivityColumn][];

const roleKey = ['profession', 'mode', 'sector', 'role', 'activityKind'] as const;
const roleContent = ['pharmacistSection', 'registrationAuthority'] as const;
const qualificationKey = ['profession', 'category', 'expertiseType', 'expertise'] as const;

/** One row of a person, with the place where it is. */
export interface PlacedRow {
  fields: Fields;
  /** Number of the place in the scan, or `nothing`. */
  place: number;
}

/**
 * Turns all rows of a person into what they tell. Where rows differ the last one counts; rows that differ only in
 * their savoir-faire are one role.
 */
export function createPersonParser(
  header: ExtractHeader,
  { kinds, labels, townOf }: PersonParserParts,
): (owner: number, rows: readonly PlacedRow[]) => PersonRecord {
  const read = createFieldReader<ActivityColumn>(header.positions);
  const readMore = createFieldReader<'birthName' | 'givenNames'>(header.positions);
  const readAll = (fields: Fields, columns: readonly ActivityColumn[]) =>
    columns.map((column) => read(fields, column));

  function addLabels(fields: Fields): void {
    for (const [code, label] of labelled) labels.add(code, read(fields, code), read(fields, label));
    const [type, code] = [read(fields, 'expertiseType'), read(fields, 'expertise')];
    if (code !== '') labels.add('expertise', `${type}|${code}`, read(fields, 'expertiseLabel'));
  }

  function parseRole(idNatPs: string, { fields, place }: PlacedRow): RoleRecord {
    const codes = readAll(fields, roleKey);
    const { high, low } = hashText(joinValues([idNatPs, read(fields, 'technicalId'), ...codes]));
    const kind = kinds.roles.numberOf([...codes, ...readAll(fields, roleContent)]);
    const town = place === nothing ? '' : townOf(place);
    return { high, low, place, kind, town, profession: codes[0] ?? '' };
  }

  return (owner, rows) => {
    const last = (rows.at(-1) as PlacedRow).fields;
    const idNatPs = readIdNatPs(header, last);
    const birth = readMore(last, 'birthName');
    const family = read(last, 'familyName') || birth;
    const given = read(last, 'givenName') || (readMore(last, 'givenNames').split("'")[0] ?? '');
    const civilities = [read(last, 'civility'), read(last, 'exerciseCivility')];
    const person: PersonRecord = {
      owner,
      idNatPs,
      familySearch: foldText(family),
      givenSearch: foldText(given),
      registrationAuthority: read(last, 'registrationAuthority') || null,
      content: joinValues([family, given, birth, ...civilities]),
      qualifications: [],
      roles: [],
    };
    for (const row of rows) {
      addLabels(row.fields);
      addOnce(person.qualifications, kinds.qualifications.numberOf(readAll(row.fields, qualificationKey)));
      putRole(person.roles, parseRole(idNatPs, row));
    }
    return person;
  };
}

function addOnce(numbers: number[], number: number): void {
  if (!numbers.includes(number)) numbers.push(number);
}

function putRole(roles: RoleRecord[], role: RoleRecord): void {
  const at = roles.findIndex(({ high, low }) => high === role.high && low === role.low);
  if (at === -1) roles.push(role);
  else roles[at] = role;
}
