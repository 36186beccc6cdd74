import { hasValidCheckDigit } from '#national-id';
import type { ExtractHeader } from './extract-kind.ts';

/** One row; its fields are read by the header's positions, absent last columns are `undefined`. */
export type Fields = readonly string[];

export type SkipReason = 'torn_line' | 'long_line' | 'bad_identifier' | 'bad_encoding' | 'duplicate_line';
export type RowFault = Exclude<SkipReason, 'duplicate_line'>;

/** TRE_G08-TypeIdentifiantPersonne. */
const identifierTypes = new Set(['0', '1', '2', '3', '4', '5', '6', '8', '9', '10', '30']);

/** What is wrong with a line as a row of its kind; `undefined` for a row. */
export function findRowFault(header: ExtractHeader, fields: Fields): RowFault | undefined {
  return findShapeFault(header, fields) ?? findIdentifierFault(header, fields);
}

/** How many fields a row must have: of an activity the last columns, from the mode on, may be absent. */
export function fewestFields({ kind, positions, width }: ExtractHeader): number {
  return kind === 'Personne_activite' ? (positions.mode ?? -1) + 1 : width;
}

function findShapeFault(header: ExtractHeader, fields: Fields): RowFault | undefined {
  const { kind, positions, width } = header;
  if (fields.length < fewestFields(header)) return 'torn_line';
  if (kind === 'Personne_activite' && !identifierTypes.has(fields[positions.identifierType ?? -1] ?? ''))
    return 'torn_line';
  const longest = fields.length === width + 1 && fields[width] === '' ? width + 1 : width;
  return fields.length > longest ? 'long_line' : undefined;
}

/** The type and the identifier; a file without types tells them by length. */
function readIdentifier({ positions }: ExtractHeader, fields: Fields): { type: string; value: string } {
  const value = fields[positions.identifier ?? -1] ?? '';
  const type = fields[positions.identifierType ?? -1];
  return { type: type ?? (value.length === 9 ? '0' : '8'), value };
}

function findIdentifierFault(header: ExtractHeader, fields: Fields): RowFault | undefined {
  const { type, value } = readIdentifier(header, fields);
  if (isStructureMailbox(header, fields)) return undefined;
  if (value === '') return 'bad_identifier';
  if (type === '8') return /^\d{11}$/.test(value) ? undefined : 'bad_identifier';
  if (type === '0') return value.length === 9 ? undefined : 'bad_identifier';
  return undefined;
}

/** Mailboxes of structures name no person. */
function isStructureMailbox({ kind, positions }: ExtractHeader, fields: Fields): boolean {
  if (kind !== 'Extraction_Correspondance_MSSante') return false;
  return !fields[positions.identifier ?? -1] && Boolean(fields[positions.structure ?? -1]);
}

export function passesCheckDigit(header: ExtractHeader, fields: Fields): boolean {
  const { type, value } = readIdentifier(header, fields);
  if (type === '8') return value === '' || hasValidCheckDigit({ kind: 'rpps', value });
  return type !== '0' || hasValidCheckDigit({ kind: 'adeli', value });
}

/** The national identifier with its prefix ("Identification nationale PP"), made from type and number where absent. */
export function readIdNatPs(header: ExtractHeader, fields: Fields): string {
  const written = fields[header.positions.idNatPs ?? -1];
  if (written) return written;
  const { type, value } = readIdentifier(header, fields);
  return value === '' ? '' : type + value;
}

/** An idNat_Struct, of the structure that a row of mailboxes names; '' where it names none. */
export function readStructure({ positions }: ExtractHeader, fields: Fields): string {
  const structure = fields[positions.structure ?? -1] ?? '';
  return structure === '' ? '' : (fields[positions.structureType ?? -1] ?? '') + structure;
}
