import { describeFileError } from './extract-error.ts';
import { type ExtractHeader, parseExtractHeader } from './extract-kind.ts';
import type { InputFile } from './open-files.ts';
import { readHeaderLine } from './read-header-line.ts';
import type { SkipReason } from './row-rules.ts';

export type WarningReason = 'bad_check_digit';

/** What was read of one file. Lines are physical, 1 for the header. */
export interface ExtractTally {
  /** Lines that are neither the header nor blank. */
  rows: number;
  skipped: { line: number; reason: SkipReason }[];
  warnings: { line: number; reason: WarningReason }[];
}

/** A file that has been recognised and is open. */
export interface Extract extends InputFile {
  /** Of `file`: threads of the process read by it. */
  descriptor: number;
  header: ExtractHeader;
  /** Decided by the header line, which has accents in every kind. */
  isUtf8File: boolean;
  /** The byte at which the line after the header begins. */
  bodyStart: number;
}

/** Recognises a file by its header. Throws `ExtractError` where it is no extract. */
export async function openExtract(input: InputFile): Promise<Extract> {
  try {
    const { text, isUtf8File, bodyStart } = await readHeaderLine(input.file);
    return { ...input, descriptor: input.file.fd, header: parseExtractHeader(text), isUtf8File, bodyStart };
  } catch (error) {
    throw describeFileError(error, input.title);
  }
}
