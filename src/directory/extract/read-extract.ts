import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { hasValidCheckDigit } from '#national-id';
import { parseExtractDate } from './extract-date.ts';
import { describeFileError, ExtractError } from './extract-error.ts';
import { type ExtractHeader, parseExtractHeader } from './extract-kind.ts';
import { HashMap } from './hash-map.ts';
import { type Line, readLines } from './read-lines.ts';

export type SkipReason = 'torn_line' | 'long_line' | 'bad_identifier' | 'bad_encoding' | 'duplicate_line';
export type WarningReason = 'bad_check_digit';

/** What was read of one file. Lines are physical, 1 for the header. */
export interface ExtractTally {
  /** Lines that are neither the header nor blank. */
  rows: number;
  skipped: { line: number; reason: SkipReason }[];
  warnings: { line: number; reason: WarningReason }[];
}

/** A file that has been recognised and is open. */
export interface Extract {
  name: string;
  header: ExtractHeader;
  /** Instant in its name, else its modification time. */
  extractedAt: number;
  bytes: number;
  file: FileHandle;
}

/** Opens a file and recognises it by its header. Throws `ExtractError` where it cannot be read or is none. */
export async function openExtract(path: string): Promise<Extract> {
  const name = basename(path);
  const file = await openFile(path, name);
  try {
    const { mtimeMs, size } = await file.stat();
    const header = await readHeader(path);
    return { name, header, extractedAt: parseExtractDate(name) ?? Math.floor(mtimeMs), bytes: size, file };
  } catch (error) {
    await file.close();
    throw describeFileError(error, name);
  }
}

async function openFile(path: string, name: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    throw describeFileError(error, name);
  }
}

async function readHeader(path: string): Promise<ExtractHeader> {
  await using file = await open(path);
  for await (const { lines } of readLines(file)) {
    const [first] = lines;
    if (first) return parseExtractHeader(first.text ?? '');
  }
  throw new ExtractError('it is empty');
}

/** An accepted row; `fields` are read by the header's positions, absent last columns are `undefined`. */
export type Fields = readonly string[];

/** Streams the accepted rows in blocks, and tallies what is left out by the counting rules. */
export async function* readRows(
  extract: Extract,
  tally: ExtractTally,
): AsyncGenerator<{ rows: Fields[]; bytesRead: number }> {
  const accept = createRowFilter(extract.header, tally);
  try {
    for await (const { lines, bytesRead } of readLines(extract.file)) {
      yield { rows: lines.map(accept).filter((row) => row !== undefined), bytesRead };
    }
  } catch (error) {
    throw describeFileError(error, extract.name);
  }
}

/** TRE_G08-TypeIdentifiantPersonne. */
const identifierTypes = new Set(['0', '1', '2', '3', '4', '5', '6', '8', '9', '10', '30']);

const seen = { high: 0, low: 0 };

function createRowFilter(header: ExtractHeader, tally: ExtractTally): (line: Line) => Fields | undefined {
  const findShapeFault = createShapeCheck(header);
  const earlierRows = new HashMap();

  function findFault({ text, hash }: Line, fields: Fields): SkipReason | undefined {
    if (text === undefined) return 'bad_encoding';
    const fault = findShapeFault(fields) ?? findIdentifierFault(header, fields);
    return fault ?? (earlierRows.set(hash, seen) ? undefined : 'duplicate_line');
  }

  return (line) => {
    if (line.number === 1 || line.text?.trim() === '') return undefined;
    tally.rows++;
    const fields = line.text?.split('|') ?? [];
    const reason = findFault(line, fields);
    if (reason) {
      tally.skipped.push({ line: line.number, reason });
      return undefined;
    }
    if (!passesCheckDigit(header, fields))
      tally.warnings.push({ line: line.number, reason: 'bad_check_digit' });
    return fields;
  };
}

/** Rows of activities may lack their last columns, from the mode on; rows of the other kinds may lack none. */
function createShapeCheck({
  kind,
  positions,
  width,
}: ExtractHeader): (fields: Fields) => SkipReason | undefined {
  const isActivity = kind === 'Personne_activite';
  const typeAt = positions.identifierType ?? -1;
  const fewest = isActivity ? (positions.mode ?? -1) + 1 : width;
  return (fields) => {
    if (fields.length < fewest) return 'torn_line';
    if (isActivity && !identifierTypes.has(fields[typeAt] ?? '')) return 'torn_line';
    const longest = fields.length === width + 1 && fields[width] === '' ? width + 1 : width;
    return fields.length > longest ? 'long_line' : undefined;
  };
}

/** The type and the identifier; a file without types tells them by length. */
function readIdentifier({ positions }: ExtractHeader, fields: Fields): { type: string; value: string } {
  const value = fields[positions.identifier ?? -1] ?? '';
  const type = fields[positions.identifierType ?? -1];
  return { type: type ?? (value.length === 9 ? '0' : '8'), value };
}

function findIdentifierFault(header: ExtractHeader, fields: Fields): SkipReason | undefined {
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

function passesCheckDigit(header: ExtractHeader, fields: Fields): boolean {
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
