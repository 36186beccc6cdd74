import {
  activityColumns,
  cardColumns,
  diplomaColumns,
  expertiseColumns,
  mailboxColumns,
  optionalColumns,
  restrictedColumns,
} from './columns.ts';
import { ExtractError } from './extract-error.ts';

export const extractKinds = {
  Personne_activite: { columns: activityColumns, optional: {} },
  SavoirFaire: { columns: expertiseColumns, optional: {} },
  Dipl_AutExerc: { columns: diplomaColumns, optional: {} },
  Porteurs_CPS_CPF: { columns: cardColumns, optional: optionalColumns.cards },
  Extraction_Correspondance_MSSante: { columns: mailboxColumns, optional: {} },
} as const;

export type ExtractKind = keyof typeof extractKinds;

/** A column that no other kind has: enough to tell which kind a file means to be. */
const landmarks: [string, ExtractKind][] = [
  [activityColumns.technicalId, 'Personne_activite'],
  [activityColumns.mode, 'Personne_activite'],
  [diplomaColumns.diploma, 'Dipl_AutExerc'],
  [cardColumns.cardNumber, 'Porteurs_CPS_CPF'],
  [mailboxColumns.address, 'Extraction_Correspondance_MSSante'],
  [expertiseColumns.expertise, 'SavoirFaire'],
];

/** A column of the restricted extract alone. */
const restrictedLandmark = restrictedColumns.contactEmail ?? '';

/** A file's header: what it is and where its columns are. */
export interface ExtractHeader {
  kind: ExtractKind;
  /** Of Personne_activite: with contact details and other identifiers, without labels. */
  isRestricted: boolean;
  /** Position by column key; -1 for an optional column that the file lacks. */
  positions: Record<string, number>;
  /** Number of columns. */
  width: number;
}

/** Recognises a file by its header line. Throws `ExtractError` where it is none, or lacks a column that is read. */
export function parseExtractHeader(line: string): ExtractHeader {
  const names = line.split('|');
  if (names.at(-1) === '') names.pop();
  if (names.includes(restrictedLandmark)) return parseRestrictedHeader(names);
  const kind = landmarks.find(([name]) => names.includes(name))?.[1];
  if (!kind) throw new ExtractError(`its first line is not the header of a known extract${hintOf(line)}`);
  const { columns, optional } = extractKinds[kind];
  const positions = locate(names, { ...columns, ...optional });
  refuseMissing(kind, columns, positions);
  return { kind, isRestricted: false, positions, width: names.length };
}

export const restrictedKind = 'Extraction_ProSanteConnect_Personne_activite';

function parseRestrictedHeader(names: string[]): ExtractHeader {
  const positions = locate(names, { ...restrictedColumns, ...optionalColumns.restricted });
  refuseMissing(restrictedKind, restrictedColumns, positions);
  const header = { kind: 'Personne_activite', isRestricted: true } as const;
  if (positions.otherIds !== -1 || positions.activityKind !== -1)
    return { ...header, positions, width: names.length };
  // Of 2021: a last column that has no name holds the kind of activity.
  return { ...header, positions: { ...positions, activityKind: names.length }, width: names.length + 1 };
}

function refuseMissing(
  kind: string,
  columns: Readonly<Record<string, string>>,
  positions: Record<string, number>,
): void {
  const missing = Object.entries(columns).find(([key]) => positions[key] === -1);
  if (missing) throw new ExtractError(`it looks like ${kind}, but lacks the column "${missing[1]}"`);
}

/** Where the file belongs, if that can be told. */
function hintOf(line: string): string {
  return /^"?Identifiant PP"?;/.test(line.trimStart())
    ? ': it looks like contact details, which "hygie directory contacts import" loads'
    : '';
}

function locate(names: string[], columns: Record<string, string>): Record<string, number> {
  return Object.fromEntries(Object.entries(columns).map(([key, name]) => [key, names.indexOf(name)]));
}
