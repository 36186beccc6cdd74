import type { Kysely } from 'kysely';
import { parseIdNatPs } from '#national-id';
import type {
  CardRow,
  DiplomaRow,
  GenerationTables,
  PractitionerRow,
  QualificationRow,
} from '../generation/tables.ts';
import type { CardRecord, Diploma, Practitioner, Qualification } from '../practitioner.ts';
import type { LabelOf } from './labels.ts';
import { toMailbox } from './map-mailbox.ts';

const orNull = (text: string): string | null => (text === '' ? null : text);

/** Completes rows of `practitioner` by what other tables tell of them: five queries, however many they are. */
export async function completePractitioners(
  db: Kysely<GenerationTables>,
  rows: PractitionerRow[],
  labelOf: LabelOf,
): Promise<Practitioner[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const own = <Row extends { practitioner_id: string }>(details: Row[]) => {
    const byPerson = Map.groupBy(details, (detail) => detail.practitioner_id);
    return (row: PractitionerRow): Row[] => byPerson.get(row.id) ?? [];
  };
  const isTheirs = ['practitioner_id', 'in', ids] as const;
  const qualifications = own(
    await db
      .selectFrom('qualification')
      .selectAll()
      .where(...isTheirs)
      .execute(),
  );
  const expertise = own(
    await db
      .selectFrom('expertise')
      .selectAll()
      .where(...isTheirs)
      .execute(),
  );
  const diplomas = own(
    await db
      .selectFrom('diploma')
      .selectAll()
      .where(...isTheirs)
      .execute(),
  );
  const cards = own(
    await db
      .selectFrom('card')
      .selectAll()
      .where(...isTheirs)
      .execute(),
  );
  const mailboxes = own(
    await db
      .selectFrom('mailbox')
      .selectAll()
      .where(...isTheirs)
      .where('structure', '=', '')
      .execute(),
  );
  return rows.map((row) => ({
    ...toPerson(row),
    qualifications: toQualifications([...qualifications(row), ...expertise(row)], labelOf),
    diplomas: diplomas(row).map((diploma) => toDiploma(diploma, labelOf)),
    mailboxes: mailboxes(row).map(toMailbox),
    cards: cards(row).map((card) => toCard(card, labelOf)),
  }));
}

type Details = 'qualifications' | 'diplomas' | 'mailboxes' | 'cards';

function toPerson(row: PractitionerRow): Omit<Practitioner, Details> {
  return {
    id: row.id,
    idNatPs: row.id_nat_ps,
    nationalId: parseIdNatPs(row.id_nat_ps) ?? null,
    active: row.active === 1,
    endedAt: row.ended_at,
    familyName: row.family_name ?? '',
    givenName: row.given_name ?? '',
    birthName: row.birth_name,
    civility: row.civility,
    exerciseCivility: row.exercise_civility,
    registrationAuthority: row.registration_authority,
    lastUpdatedAt: row.last_updated_at,
    versionId: row.version_id,
  };
}

/** One a profession and category; two extracts may tell the same expertise. */
function toQualifications(rows: QualificationRow[], labelOf: LabelOf): Qualification[] {
  const byProfession = Map.groupBy(rows, ({ profession, category }) => `${profession}|${category}`);
  return [...byProfession.values()].flatMap((own) => {
    const [first] = own;
    if (!first || first.profession === '') return [];
    const { profession, category } = first;
    return {
      profession,
      professionLabel: labelOf('profession', profession),
      category: orNull(category),
      categoryLabel: labelOf('category', category),
      expertise: toExpertise(own, labelOf),
    };
  });
}

function toExpertise(rows: QualificationRow[], labelOf: LabelOf): Qualification['expertise'] {
  const known = rows.filter((row) => row.expertise !== '');
  const distinct = new Map(known.map((row) => [`${row.expertise_type}|${row.expertise}`, row]));
  return [...distinct].map(([key, row]) => ({
    typeCode: row.expertise_type,
    typeLabel: labelOf('expertiseType', row.expertise_type),
    code: row.expertise,
    label: labelOf('expertise', key),
  }));
}

function toDiploma(row: DiplomaRow, labelOf: LabelOf): Diploma {
  return {
    typeCode: orNull(row.type),
    typeLabel: labelOf('diplomaType', row.type),
    code: orNull(row.code),
    label: labelOf('diploma', `${row.type}|${row.code}`),
    authorizationTypeCode: orNull(row.authorization_type),
    authorizationTypeLabel: labelOf('authorizationType', row.authorization_type),
    disciplineCode: orNull(row.discipline),
    disciplineLabel: labelOf('discipline', row.discipline),
  };
}

function toCard(row: CardRow, labelOf: LabelOf): CardRecord {
  return {
    type: row.type,
    typeLabel: labelOf('cardType', row.type),
    number: row.number,
    nationalIdInCard: row.national_id_in_card,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    opposedOn: row.opposed_on,
  };
}
