import type { cardColumns, diplomaColumns, expertiseColumns, mailboxColumns } from '../extract/columns.ts';
import type { ExtractHeader, ExtractKind } from '../extract/extract-kind.ts';
import { type Fields, readIdNatPs, readStructure } from '../extract/row-rules.ts';
import type { Value } from '../generation/generation-storage.ts';
import type { GenerationTable } from '../generation/schema.ts';
import { createFieldReader } from './field-reader.ts';
import type { KindRegistry } from './kind-registry.ts';
import type { Labels } from './labels.ts';

export type DetailKind = Exclude<ExtractKind, 'Personne_activite'>;
export type DetailTable = Extract<GenerationTable, 'expertise' | 'diploma' | 'card' | 'mailbox'>;

export interface DetailParts {
  labels: Labels;
  qualificationKinds: KindRegistry;
  diplomaKinds: KindRegistry;
}

/** Turns a row into what it tells of its owner: the values after the owner's number, in the table's order. */
type DetailParser = (fields: Fields, owner: number) => Value[];

interface DetailDefinition {
  table: DetailTable;
  /** The column of the owner's number. */
  owner: 'practitioner' | 'owner';
  create(header: ExtractHeader, parts: DetailParts): DetailParser;
}

/** The kinds that tell more about persons and places than Personne_activite does. */
export const details: Record<DetailKind, DetailDefinition> = {
  SavoirFaire: { table: 'expertise', owner: 'practitioner', create: createExpertiseParser },
  Dipl_AutExerc: { table: 'diploma', owner: 'practitioner', create: createDiplomaParser },
  Porteurs_CPS_CPF: { table: 'card', owner: 'practitioner', create: createCardParser },
  Extraction_Correspondance_MSSante: { table: 'mailbox', owner: 'owner', create: createMailboxParser },
};

function createExpertiseParser(
  { positions }: ExtractHeader,
  { labels, qualificationKinds }: DetailParts,
): DetailParser {
  const read = createFieldReader<keyof typeof expertiseColumns>(positions);
  return (fields) => {
    const [type, code] = [read(fields, 'expertiseType'), read(fields, 'expertise')];
    const [profession, category] = [read(fields, 'profession'), read(fields, 'category')];
    labels.add('profession', profession, read(fields, 'professionLabel'));
    labels.add('category', category, read(fields, 'categoryLabel'));
    labels.add('expertiseType', type, read(fields, 'expertiseTypeLabel'));
    labels.addTyped('expertise', type, code, read(fields, 'expertiseLabel'));
    return [qualificationKinds.numberOf([profession, category, type, code])];
  };
}

function createDiplomaParser(
  { positions }: ExtractHeader,
  { labels, diplomaKinds }: DetailParts,
): DetailParser {
  const read = createFieldReader<keyof typeof diplomaColumns>(positions);
  return (fields) => {
    const [type, code] = [read(fields, 'diplomaType'), read(fields, 'diploma')];
    const [authorization, discipline] = [read(fields, 'authorizationType'), read(fields, 'discipline')];
    labels.add('diplomaType', type, read(fields, 'diplomaTypeLabel'));
    labels.addTyped('diploma', type, code, read(fields, 'diplomaLabel'));
    labels.add('authorizationType', authorization, read(fields, 'authorizationTypeLabel'));
    labels.add('discipline', discipline, read(fields, 'disciplineLabel'));
    return [diplomaKinds.numberOf([type, code, authorization, discipline])];
  };
}

function createCardParser({ positions }: ExtractHeader, { labels }: DetailParts): DetailParser {
  const read = createFieldReader<keyof typeof cardColumns>(positions);
  return (fields) => {
    labels.add('cardType', read(fields, 'cardType'), read(fields, 'cardTypeLabel'));
    return [
      read(fields, 'cardNumber'),
      read(fields, 'cardType') || null,
      read(fields, 'nationalIdInCard') || null,
      ...(['startsOn', 'endsOn', 'opposedOn'] as const).map((column) => parseDay(read(fields, column))),
    ];
  };
}

/** Two documents of the publisher disagree on the form of a day: AAAAMMJJ or AAAA-MM-JJ. */
function parseDay(text: string): string | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text);
  return match ? match.slice(1).join('-') : null;
}

function createMailboxParser(header: ExtractHeader): DetailParser {
  const read = createFieldReader<keyof typeof mailboxColumns>(header.positions);
  return (fields, owner) => [
    readStructure(header, fields),
    read(fields, 'mailboxType'),
    read(fields, 'address'),
    read(fields, 'service') || null,
    parseYesNo(read(fields, 'digitization')),
    readIdNatPs(header, fields) === '' ? null : owner,
  ];
}

function parseYesNo(text: string): number | null {
  if (/^(o|oui|true|1)$/i.test(text)) return 1;
  return /^(n|non|false|0)$/i.test(text) ? 0 : null;
}
