import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { ContactDesk } from '../contacts/contact-desk.ts';
import type { Directory } from '../directory.ts';
import { ExtractError } from '../extract/extract-error.ts';
import type { DirectorySchedule } from '../schedule/schedule.ts';

type Output = Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean };

export interface CommandContext {
  stdout: Output;
  stderr: Output;
  dataDir: string;
  /** Where extracts are fetched from. */
  extractUrls: readonly string[];
  /** Opens the directory beside a server that may be running; `await using` closes it. */
  openDirectory(): Promise<Directory & AsyncDisposable>;
  /** The same for the review of contact details; its messages are left to the server. */
  openContacts(): Promise<ContactDesk & AsyncDisposable>;
  /** The same for the daily import. */
  openSchedule(): Promise<OpenedSchedule>;
}

/** The daily import, and what time it is for it. */
export interface OpenedSchedule extends DirectorySchedule, AsyncDisposable {
  now(): number;
}

/** What was asked cannot be done: exit 1, one sentence. */
export class RefusedError extends Error {
  override name = 'RefusedError';
}

/** Wrong use of a command: exit 2, one sentence. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export interface ParsedArguments {
  values: Record<string, string | boolean | undefined>;
  files: string[];
}

interface CommandDefinition {
  /** What `--help` prints. */
  help: string;
  options: ParseArgsOptionsConfig;
  /** May answer with an exit code of its own. */
  run(args: ParsedArguments, context: CommandContext): Promise<number | undefined>;
}

/**
 * A command of the command line. Answers with the exit code: 0 done, 1 the input cannot be used, 2 the command was
 * written wrongly; of both one sentence goes to `stderr`.
 */
export function defineCommand(definition: CommandDefinition) {
  return async (args: string[], context: CommandContext): Promise<number> => {
    try {
      const parsed = parse(args, definition.options);
      if (parsed.values.help) context.stdout.write(definition.help);
      else return (await definition.run(parsed, context)) ?? 0;
      return 0;
    } catch (error) {
      if (!isExpected(error)) throw error;
      context.stderr.write(`${error.message}.\n`);
      return error instanceof UsageError ? 2 : 1;
    }
  };
}

const isExpected = (error: unknown) =>
  error instanceof UsageError || error instanceof RefusedError || error instanceof ExtractError;

function parse(args: string[], options: ParseArgsOptionsConfig): ParsedArguments {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    return { values: values as ParsedArguments['values'], files: positionals };
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence.replace(/\.$/, '')}; see --help`);
  }
}

/** The one file that a command takes. */
export function oneFile({ files }: ParsedArguments): string {
  const [file] = files;
  if (!file || files.length > 1) throw new UsageError('Exactly one file must be named; see --help');
  return file;
}
