import { describeFileError, ExtractError } from './extract-error.ts';
import type { InputFile } from './open-files.ts';
import { type Line, readLines } from './read-lines.ts';

/** What was read of a CSV file. Lines are physical, 1 for the header. */
export interface CsvReport {
  name: string;
  /** Lines that are neither the header nor blank. */
  rows: number;
  imported: number;
  skipped: { line: number; reason: string }[];
}

/**
 * Streams a `;` file in blocks of records, by the names of its columns. `parse` answers with a record, or with the
 * reason to leave the line out. Throws `ExtractError` where the file cannot be read or lacks a column.
 */
export async function* readCsv<Column extends string, Parsed extends object>(
  { file, name, title }: InputFile,
  columns: Record<Column, string>,
  parse: (row: Record<Column, string>, line: number) => Parsed | string,
  report: CsvReport,
): AsyncGenerator<Parsed[]> {
  report.name = name;
  let toRow: ((line: Line) => Parsed | string) | undefined;
  try {
    for await (const { lines } of readLines(file)) {
      const header = toRow ? undefined : lines.shift();
      if (header) toRow = createRowParser(header, columns, parse);
      yield lines.map((line) => readRow(line, toRow, report)).filter((row) => row !== undefined);
    }
    if (!toRow) throw new ExtractError('it is empty');
  } catch (error) {
    throw describeFileError(error, title);
  }
}

function createRowParser<Column extends string, Parsed>(
  header: Line,
  columns: Record<Column, string>,
  parse: (row: Record<Column, string>, line: number) => Parsed | string,
): (line: Line) => Parsed | string {
  const names = splitCsv(header.text ?? '');
  const entries = Object.entries<string>(columns);
  const missing = entries.find(([, name]) => !names.includes(name));
  if (missing) throw new ExtractError(`its first line lacks the column "${missing[1]}"`);
  return ({ text, number }) => {
    if (text === undefined) return 'bad_encoding';
    const fields = splitCsv(text);
    if (fields.length < names.length) return 'torn_line';
    if (fields.length > names.length) return 'long_line';
    const row = Object.fromEntries(entries.map(([key, name]) => [key, fields[names.indexOf(name)] ?? '']));
    return parse(row as Record<Column, string>, number);
  };
}

function readRow<Parsed extends object>(
  line: Line,
  toRow: ((line: Line) => Parsed | string) | undefined,
  report: CsvReport,
): Parsed | undefined {
  if (!toRow || line.text?.trim() === '') return undefined;
  report.rows++;
  const row = toRow(line);
  if (typeof row === 'object') return row;
  report.skipped.push({ line: line.number, reason: row });
  return undefined;
}

/** Spreadsheets quote fields; none of these files has a `;` inside one. */
export function splitCsv(line: string): string[] {
  return line.split(';').map((field) =>
    field
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}
