import type { cardColumns, diplomaColumns, expertiseColumns, mailboxColumns } from '../extract/columns.ts';
import type { ExtractHeader, ExtractKind } from '../extract/extract-kind.ts';
import { type Fields, readIdNatPs } from '../extract/read-extract.ts';
import type { GenerationBuilder } from '../generation/generation-storage.ts';
import { practitionerId } from '../technical-id.ts';
import type { Labels } from './labels.ts';
import { createFieldReader, orNull } from './row-keys.ts';

type Loader = (header: ExtractHeader, builder: GenerationBuilder, labels: Labels) => (fields: Fields) => void;

const loadExpertise: Loader = (header, builder, labels) => {
  const read = createFieldReader<keyof typeof expertiseColumns>(header.positions);
  return (fields) => {
    const [type, code] = [read(fields, 'expertiseType'), read(fields, 'expertise')];
    const [profession, category] = [read(fields, 'profession'), read(fields, 'category')];
    labels.add('profession', profession, read(fields, 'professionLabel'));
    labels.add('category', category, read(fields, 'categoryLabel'));
    labels.add('expertiseType', type, read(fields, 'expertiseTypeLabel'));
    labels.addTyped('expertise', type, code, read(fields, 'expertiseLabel'));
    builder.put('expertise', [practitionerId(readIdNatPs(header, fields)), profession, category, type, code]);
  };
};

const loadDiploma: Loader = (header, builder, labels) => {
  const read = createFieldReader<keyof typeof diplomaColumns>(header.positions);
  return (fields) => {
    const [type, code] = [read(fields, 'diplomaType'), read(fields, 'diploma')];
    const [authorization, discipline] = [read(fields, 'authorizationType'), read(fields, 'discipline')];
    labels.add('diplomaType', type, read(fields, 'diplomaTypeLabel'));
    labels.addTyped('diploma', type, code, read(fields, 'diplomaLabel'));
    labels.add('authorizationType', authorization, read(fields, 'authorizationTypeLabel'));
    labels.add('discipline', discipline, read(fields, 'disciplineLabel'));
    builder.put('diploma', [
      practitionerId(readIdNatPs(header, fields)),
      type,
      code,
      authorization,
      discipline,
    ]);
  };
};

const loadCard: Loader = (header, builder, labels) => {
  const read = createFieldReader<keyof typeof cardColumns>(header.positions);
  return (fields) => {
    labels.add('cardType', read(fields, 'cardType'), read(fields, 'cardTypeLabel'));
    builder.put('card', [
      practitionerId(readIdNatPs(header, fields)),
      read(fields, 'cardNumber'),
      orNull(read(fields, 'cardType')),
      orNull(read(fields, 'nationalIdInCard')),
      ...(['startsOn', 'endsOn', 'opposedOn'] as const).map((column) => parseDay(read(fields, column))),
    ]);
  };
};

/** Two documents of the publisher disagree on the form of a day: AAAAMMJJ or AAAA-MM-JJ. */
function parseDay(text: string): string | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text);
  return match ? match.slice(1).join('-') : null;
}

const loadMailbox: Loader = (header, builder) => {
  const read = createFieldReader<keyof typeof mailboxColumns>(header.positions);
  return (fields) => {
    const idNatPs = readIdNatPs(header, fields);
    const structure = read(fields, 'structure');
    builder.put('mailbox', [
      idNatPs === '' ? '' : practitionerId(idNatPs),
      structure === '' ? '' : read(fields, 'structureType') + structure,
      read(fields, 'mailboxType'),
      read(fields, 'address'),
      orNull(read(fields, 'service')),
      parseYesNo(read(fields, 'digitization')),
    ]);
  };
};

function parseYesNo(text: string): number | null {
  if (/^(o|oui|true|1)$/i.test(text)) return 1;
  return /^(n|non|false|0)$/i.test(text) ? 0 : null;
}

/** The kinds that tell more about persons and places than Personne_activite does. */
export const detailLoaders: Record<Exclude<ExtractKind, 'Personne_activite'>, Loader> = {
  SavoirFaire: loadExpertise,
  Dipl_AutExerc: loadDiploma,
  Porteurs_CPS_CPF: loadCard,
  Extraction_Correspondance_MSSante: loadMailbox,
};
