import { type Kysely, sql } from 'kysely';
import { parseIdNatPs } from '#national-id';
import { prepareList } from '#platform/database/prepare.ts';
import type {
  CardRow,
  DiplomaKindRow,
  GenerationTables,
  PractitionerRow,
  QualificationKindRow,
} from '../generation/tables.ts';
import type { CardRecord, Diploma, Practitioner, Qualification } from '../practitioner.ts';
import { formatId } from '../technical-id.ts';
import { splitValues } from '../tuples.ts';
import type { LabelOf } from './labels.ts';
import { toMailbox } from './map-mailbox.ts';

const orNull = (text: string): string | null => (text === '' ? null : text);

/** Completes rows of `practitioner` by what other tables tell of them: five queries, however many they are. */
export function createPractitionerCompleter(db: Kysely<GenerationTables>, labelOf: LabelOf) {
  const ofPeople = createDetailQueries(db);
  return async (rows: PractitionerRow[]): Promise<Practitioner[]> => {
    if (rows.length === 0) return [];
    const numbers = rows.map((row) => row.n);
    const qualifications = groupByPerson(await ofPeople.qualifications(db, numbers));
    const expertise = groupByPerson(await ofPeople.expertise(db, numbers));
    const diplomas = groupByPerson(await ofPeople.diplomas(db, numbers));
    const cards = groupByPerson(await ofPeople.cards(db, numbers));
    const mailboxes = groupByPerson(await ofPeople.mailboxes(db, numbers));
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
  const held = (table: 'qualification' | 'expertise') =>
    prepareList((numbers: readonly number[]) =>
      db
        .selectFrom(`${table} as h`)
        .innerJoin('qualification_kind as k', 'k.n', 'h.kind')
        .selectAll('k')
        .select('h.practitioner')
        .where('h.practitioner', 'in', numbers),
    );
  return {
    qualifications: held('qualification'),
    expertise: held('expertise'),
    diplomas: prepareList((numbers: readonly number[]) =>
      db
        .selectFrom('diploma as h')
        .innerJoin('diploma_kind as k', 'k.n', 'h.kind')
        .selectAll('k')
        .select('h.practitioner')
        .where('h.practitioner', 'in', numbers),
    ),
    cards: prepareList((numbers: readonly number[]) =>
      db.selectFrom('card').selectAll().where('practitioner', 'in', numbers),
    ),
    mailboxes: prepareList((numbers: readonly number[]) =>
      db.selectFrom('mailbox').selectAll().where('owner', 'in', numbers).where('structure', '=', sql.lit('')),
    ),
  };
}

function groupByPerson<Row extends { practitioner: number | null }>(details: Row[]) {
  const byPerson = Map.groupBy(details, (detail) => detail.practitioner);
  return (row: PractitionerRow): Row[] => byPerson.get(row.n) ?? [];
}

type Details = 'qualifications' | 'diplomas' | 'mailboxes' | 'cards';

function toPerson(row: PractitionerRow): Omit<Practitioner, Details> {
  const [familyName = '', givenName = '', birthName = '', civility = '', exerciseCivility = ''] = splitValues(
    row.content,
  );
  return {
    id: formatId('practitioner', row.id),
    idNatPs: row.id_nat_ps,
    nationalId: parseIdNatPs(row.id_nat_ps) ?? null,
    active: row.active === 1,
    endedAt: row.ended_at,
    familyName,
    givenName,
    birthName: orNull(birthName),
    civility: orNull(civility),
    exerciseCivility: orNull(exerciseCivility),
    registrationAuthority: row.registration_authority,
    lastUpdatedAt: row.last_updated_at,
    versionId: row.version_id,
  };
}

/** One a profession and category; two extracts may tell the same expertise. */
function toQualifications(rows: QualificationKindRow[], labelOf: LabelOf): Qualification[] {
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

function toExpertise(rows: QualificationKindRow[], labelOf: LabelOf): Qualification['expertise'] {
  const known = rows.filter((row) => row.expertise !== '');
  const distinct = new Map(known.map((row) => [`${row.expertise_type}|${row.expertise}`, row]));
  return [...distinct].map(([key, row]) => ({
    typeCode: row.expertise_type,
    typeLabel: labelOf('expertiseType', row.expertise_type),
    code: row.expertise,
    label: labelOf('expertise', key),
  }));
}

function toDiploma(row: DiplomaKindRow, labelOf: LabelOf): Diploma {
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
