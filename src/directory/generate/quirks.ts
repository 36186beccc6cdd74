import { withLuhnKey } from '#national-id';
import type { ActivityRecord } from '../extract/columns.ts';
import { cutRecord, encodeWindows1252, fieldsOf, formatRow, type QuirkSheet } from './quirk-sheet.ts';
import type { Random } from './random.ts';

/** Of one person: a usual row, which no other quirk gets; and a number for what must be unique. */
export interface QuirkSubject {
  record: ActivityRecord;
  index: number;
  random: Random;
}

/** Writes lines about a person as real files have them. */
type Quirk = (sheet: QuirkSheet, subject: QuirkSubject) => void;

/** Position of *Complément destinataire*, beyond the columns that a row must have. */
const recipientAt = 26;
const fewestFields = 18;
/** Lines that a quirk writes at most. */
export const longestQuirk = 3;

/** The lines of 2.2: what a file does to its rows. */
const lineQuirks: Record<string, Quirk> = {
  'a quotation mark is content': (sheet, { record }) =>
    sheet.accept({ ...record, recipientComplement: 'CABINET "LES PINS', name: '"CENTRE"' }),
  'a row ends in a delimiter': (sheet, { record }) => sheet.accept(record, `${formatRow(record)}|`),
  'a row lacks its last columns': (sheet, { record, random }) => {
    const width = fewestFields + random.below(56 - fewestFields);
    sheet.accept(cutRecord(record, width), fieldsOf(record).slice(0, width).join('|'));
  },
  'a row lacks more than that': (sheet, { record, random }) =>
    sheet.skip(
      'torn_line',
      fieldsOf(record)
        .slice(0, 2 + random.below(fewestFields - 2))
        .join('|'),
    ),
  'a name is torn by a line end': (sheet, { record }) => {
    const fields = fieldsOf({ ...record, familyName: 'LE GOFF' });
    const at = fields.indexOf('LE GOFF');
    sheet.skip('torn_line', [...fields.slice(0, at), 'LE'].join('|'));
    sheet.skip('torn_line', ['GOFF', ...fields.slice(at + 1)].join('|'));
  },
  'an address is torn by a line end': (sheet, { record }) => {
    const fields = fieldsOf(record);
    sheet.accept(cutRecord(record, recipientAt), [...fields.slice(0, recipientAt), 'RESIDENCE'].join('|'));
    sheet.skip('torn_line', ['LES PINS', ...fields.slice(recipientAt + 1)].join('|'));
  },
  'a value holds the delimiter': (sheet, { record }) =>
    sheet.skip('long_line', formatRow({ ...record, name: 'CABINET A|B|C' })),
  'a row has two delimiters too many': (sheet, { record }) =>
    sheet.skip('long_line', `${formatRow(record)}||`),
  'a line is empty': (sheet) => sheet.blank(''),
  'a line holds spaces only': (sheet) => sheet.blank('   '),
  'a line ends as in Windows': (sheet, { record }) => sheet.accept(record, formatRow(record), '\r\n'),
  'a line comes twice': (sheet, { record }) => {
    sheet.accept(record);
    sheet.skip('duplicate_line', formatRow(record));
  },
  'a line comes twice, with another end': (sheet, { record }) => {
    sheet.accept(record);
    sheet.skip('duplicate_line', formatRow(record), '\r\n');
  },
  'a line is in Windows-1252, whatever the file is in': (sheet, { record }) => {
    const text = formatRow({ ...record, familyName: 'LE CŒUR', name: 'Maison médicale d’Évreux' });
    sheet.accept(record, encodeWindows1252(text));
  },
  'a line holds a NUL byte': (sheet, { record }) =>
    sheet.skip('bad_encoding', formatRow({ ...record, familyName: 'LE\0GOFF' })),
};

/** The identifiers of 2.2 and 3. */
const identifierQuirks: Record<string, Quirk> = {
  'the identifier is empty': (sheet, { record }) =>
    sheet.skip('bad_identifier', formatRow({ ...record, identifier: '', idNatPs: '' })),
  'an RPPS number is too short': (sheet, { record }) =>
    sheet.skip('bad_identifier', formatRow({ ...record, identifier: record.identifier?.slice(1) ?? '' })),
  'an ADELI number is too short': (sheet, { record }) =>
    sheet.skip('bad_identifier', formatRow({ ...record, identifierType: '0', identifier: '7560012' })),
  'the type of identifier is unknown': (sheet, { record }) =>
    sheet.skip('torn_line', formatRow({ ...record, identifierType: '7' })),
  'an RPPS number has a wrong check digit': (sheet, { record }) => {
    sheet.accept(identified(record, '8', withWrongKey(record.identifier ?? '')));
    sheet.warn();
  },
  'an ADELI number has a wrong check digit': (sheet, { record, index }) => {
    sheet.accept(identified(record, '0', withWrongKey(makeAdeli('78', index))));
    sheet.warn();
  },
  'a person is known by an ADELI number': (sheet, { record, index }) =>
    sheet.accept(identified(record, '0', makeAdeli('75', index))),
  'an ADELI number holds a letter': (sheet, { record, index, random }) =>
    sheet.accept(identified(record, '0', `${random.pick(['2A', '2B', '9C'])}6${pad(index, 5)}4`)),
  'an employee is known by their structure': (sheet, { record, index }) =>
    sheet.accept(identified(record, '3', `0B0168811/CPET${pad(index, 5)}`)),
  'the national identifier is not written': (sheet, { record }) => sheet.accept({ ...record, idNatPs: '' }),
};

/** The content of 2.7. */
const contentQuirks: Record<string, Quirk> = {
  'rows differ in savoir-faire alone': (sheet, { record }) => {
    for (const [code, label] of [
      ['SM26', 'Qualifié en Médecine Générale'],
      ['SM54', 'Médecine générale'],
    ])
      sheet.accept({ ...record, ...expertise(code, label) });
  },
  'rows of a person differ in the name': (sheet, { record }) => {
    sheet.accept(record);
    sheet.accept({ ...record, familyName: `${record.familyName}-MARTIN` });
  },
  'a person has several places': (sheet, { record, index }) => {
    for (const place of ['1', '2', '3'])
      sheet.accept({ ...record, ...noPlace, ...atPlace(`R1000${pad(index, 8)}${place}`) });
  },
  'rows of a place differ': (sheet, { record, index }) => {
    const place = { ...noPlace, ...atPlace(`C${pad(index, 14)}`), siret: pad(index, 14) };
    sheet.accept({ ...record, ...place, phone: '0199001122' });
    sheet.accept({ ...record, ...place, role: 'FON-AU', phone: '' });
  },
  'a place has no address': (sheet, { record, index }) =>
    sheet.accept({ ...record, ...noPlace, ...atPlace(`R${pad(index, 6)}9`) }),
  'the cedex office is the only town': (sheet, { record, index }) =>
    sheet.accept({ ...record, ...noPlace, ...atPlace(`R${pad(index, 6)}8`), cedex: '56324 LORIENT CEDEX' }),
  'a town is told by its district': (sheet, { record, index }) =>
    sheet.accept({
      ...{
        ...record,
        ...noPlace,
        ...atPlace(`R${pad(index, 6)}7`),
        postalCode: '69003',
        communeCode: '69383',
      },
      ...{
        communeName: 'Lyon 3e Arrondissement',
        cedex: '69003 LYON',
        countryCode: '99100',
        countryName: 'FRANCE',
      },
    }),
  'a structure number holds a letter': (sheet, { record, index }) =>
    sheet.accept({
      ...{ ...record, ...noPlace, ...atPlace(`F0B${pad(index, 7)}`), finessSite: `0B${pad(index, 7)}` },
      ...{ formerId: `10B${pad(index, 7)}`, registrationAuthority: 'ARS/CPAM/CPAM' },
    }),
  'a person has no activity': (sheet, { record }) => sheet.accept(cutRecord(record, 13)),
};

/** Every one, by what it does. */
export const quirks: Record<string, Quirk> = { ...lineQuirks, ...identifierQuirks, ...contentQuirks };

const pad = (index: number, digits: number): string => String(index % 10 ** digits).padStart(digits, '0');

/** Département, profession, a number of their own and the key; none begins by 99, the range of test numbers. */
const makeAdeli = (department: string, index: number): string =>
  withLuhnKey(`${department}6${pad(index, 5)}`);

const withWrongKey = (number: string): string => number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);

function identified(record: ActivityRecord, identifierType: string, identifier: string): ActivityRecord {
  return { ...record, identifierType, identifier, idNatPs: identifierType + identifier };
}

const expertise = (code = '', label = ''): ActivityRecord => ({
  ...{ expertiseType: 'S', expertiseTypeLabel: 'Spécialité ordinale' },
  ...{ expertise: code, expertiseLabel: label },
});

/** Empties whatever a row tells of its place. */
const noPlace: ActivityRecord = {
  ...{
    siret: '',
    siren: '',
    finessSite: '',
    finessLegalEntity: '',
    technicalId: '',
    name: '',
    tradeName: '',
  },
  ...{
    recipientComplement: '',
    locationComplement: '',
    houseNumber: '',
    repetitionIndex: '',
    streetTypeCode: '',
  },
  ...{ streetTypeLabel: '', streetName: '', distribution: '', cedex: '', postalCode: '', communeCode: '' },
  ...{ communeName: '', countryCode: '', countryName: '', phone: '', phone2: '', fax: '', email: '' },
  ...{ departmentCode: '', departmentName: '', formerId: '' },
};

const atPlace = (technicalId: string): ActivityRecord => ({
  ...{ technicalId, name: 'CABINET', mode: 'L', modeLabel: 'Libéral, indépendant, artisan, commerçant' },
  ...{ role: 'FON-01', roleLabel: 'Titulaire de cabinet', sector: 'SA07', sectorLabel: 'Cabinet individuel' },
});
