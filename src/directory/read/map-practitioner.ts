import { type Kysely, sql } from 'kysely';
import { parseIdNatPs } from '#national-id';
import { prepareList } from '#platform/database/prepare.ts';
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
export function createPractitionerCompleter(db: Kysely<GenerationTables>, labelOf: LabelOf) {
  const ofPeople = createDetailQueries(db);
  return async (rows: PractitionerRow[]): Promise<Practitioner[]> => {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const qualifications = groupByPerson(await ofPeople.qualifications(db, ids));
    const expertise = groupByPerson(await ofPeople.expertise(db, ids));
    const diplomas = groupByPerson(await ofPeople.diplomas(db, ids));
    const cards = groupByPerson(await ofPeople.cards(db, ids));
    const mailboxes = groupByPerson(await ofPeople.mailboxes(db, ids));
    return rows.map((row) => ({
      ...toPerson(row),
      qualifications: toQualifications([...qualifications(row), ...expertise(row)], labelOf),
      diplomas: diplomas(row).map((diploma) => toDiploma(diploma, labelOf)),
      mailboxes: mailboxes(row).map(toMailbox),
      cards: cards(row).map((card) => toCard(card, labelOf)),
    }));
  };
}

function createDetailQueries(db: Kysely<GenerationTables>) {
  const by = 'practitioner_id';
  return {
    qualifications: prepareList((ids) => db.selectFrom('qualification').selectAll().where(by, 'in', ids)),
    expertise: prepareList((ids) => db.selectFrom('expertise').selectAll().where(by, 'in', ids)),
    diplomas: prepareList((ids) => db.selectFrom('diploma').selectAll().where(by, 'in', ids)),
    cards: prepareList((ids) => db.selectFrom('card').selectAll().where(by, 'in', ids)),
    mailboxes: prepareList((ids) =>
      db.selectFrom('mailbox').selectAll().where(by, 'in', ids).where('structure', '=', sql.lit('')),
    ),
  };
}

function groupByPerson<Row extends { practitioner_id: string }>(details: Row[]) {
  const byPerson = Map.groupBy(details, (detail) => detail.practitioner_id);
  return (row: PractitionerRow): Row[] => byPerson.get(row.id) ?? [];
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
