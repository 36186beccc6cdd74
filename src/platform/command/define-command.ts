import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

export interface CommandOutput {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/** What was asked cannot be done: exit 1, one sentence without its full stop. */
export class RefusedError extends Error {
  override name = 'RefusedError';
}

/** Wrong use of a command: exit 2, one sentence without its full stop. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export interface ParsedArguments {
  values: Record<string, string | boolean | undefined>;
  /** Options that may be given several times. */
  lists: Record<string, string[]>;
  /** What is not an option. */
  words: string[];
}

export interface CommandDefinition<Context> {
  /** What `--help` prints. */
  help: string;
  options: ParseArgsOptionsConfig;
  /** May answer with an exit code of its own. */
  run(args: ParsedArguments, context: Context): Promise<number | undefined>;
}

/**
 * A command of the command line. Answers with the exit code: 0 done, 1 the input cannot be used, 2 the command was
 * written wrongly; of both one sentence goes to `stderr`.
 */
export function defineCommand<Context extends CommandOutput>(definition: CommandDefinition<Context>) {
  return async (args: string[], context: Context): Promise<number> => {
    try {
      const parsed = parse(args, definition.options);
      if (!parsed.values.help) return (await definition.run(parsed, context)) ?? 0;
      context.stdout.write(definition.help);
      return 0;
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof RefusedError)) throw error;
      context.stderr.write(`${error.message}.\n`);
      return error instanceof UsageError ? 2 : 1;
    }
  };
}

function parse(args: string[], options: ParseArgsOptionsConfig): ParsedArguments {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    const [many, one] = partition(Object.entries(values));
    return {
      values: Object.fromEntries(one) as ParsedArguments['values'],
      lists: Object.fromEntries(many) as ParsedArguments['lists'],
      words: positionals,
    };
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence.replace(/\.$/, '')}; see --help`);
  }
}

function partition(entries: [string, unknown][]): [[string, unknown][], [string, unknown][]] {
  const isList = ([, value]: [string, unknown]) => Array.isArray(value);
  return [entries.filter(isList), entries.filter((entry) => !isList(entry))];
}

/** The one word that a command takes, such as a file or an id. */
export function oneWord({ words }: ParsedArguments, name: string): string {
  const [word] = words;
  if (!word || words.length > 1) throw new UsageError(`Exactly one ${name} must be named; see --help`);
  return word;
}
