import { type Config, createConfig, parseEnvironment } from '#config';
import {
  contactsAcceptCommand,
  contactsImportCommand,
  contactsListCommand,
  contactsRefuseCommand,
  exportCommand,
  fetchCommand,
  generateCommand,
  importCommand,
  keyAddCommand,
  keyListCommand,
  keyRevokeCommand,
  linkCommand,
  runsCommand,
  scheduleCommand,
} from '#directory';
import {
  clientAddCommand,
  clientListCommand,
  clientRemoveCommand,
  clientTokenCommand,
  keysListCommand,
  keysRotateCommand,
} from '#oidc';
import { cardIssueCommand } from '#sandbox';
import { type CommandContext, type CommandRunner, createCommandContext } from './command-context.ts';
import { explainFailure } from './explain-failure.ts';
import { startCommand } from './start.ts';

interface Command {
  summary: string;
  run: CommandRunner;
}

/** Every command there is, by its words. */
const commands: Record<string, Command> = {
  start: { summary: 'starts the listeners', run: startCommand },
  'directory import': { summary: 'loads extract files into the directory', run: importCommand },
  'directory fetch': { summary: 'fetches extract files from their addresses', run: fetchCommand },
  'directory schedule': { summary: 'fetches and imports every day', run: scheduleCommand },
  'directory runs': { summary: 'lists the imports, or shows one with its plan', run: runsCommand },
  'directory export': { summary: 'writes the directory to files', run: exportCommand },
  'directory key add': { summary: 'makes a key of the FHIR API', run: keyAddCommand },
  'directory key list': { summary: 'lists who has one', run: keyListCommand },
  'directory key revoke': { summary: 'ends one', run: keyRevokeCommand },
  'directory generate': { summary: 'writes a synthetic extract', run: generateCommand },
  'directory link': { summary: 'loads the ADELI to RPPS correspondence', run: linkCommand },
  'directory contacts import': { summary: 'loads contact details', run: contactsImportCommand },
  'directory contacts list': {
    summary: 'lists the changes that the Order is asked for',
    run: contactsListCommand,
  },
  'directory contacts accept': { summary: 'accepts one of them', run: contactsAcceptCommand },
  'directory contacts refuse': { summary: 'refuses one of them', run: contactsRefuseCommand },
  'client add': { summary: 'adds a service that may ask for sign-ins', run: clientAddCommand },
  'client list': { summary: 'lists those that were added', run: clientListCommand },
  'client remove': { summary: 'removes one of them', run: clientRemoveCommand },
  'client token': {
    summary: 'lets one service register itself',
    run: clientTokenCommand,
  },
  'keys list': { summary: 'lists the keys that sign tokens', run: keysListCommand },
  'keys rotate': { summary: 'begins new ones', run: keysRotateCommand },
  'card issue': { summary: 'issues a test card of the sandbox', run: cardIssueCommand },
};

type Output = Pick<NodeJS.WriteStream, 'write'>;

/** @returns the exit code: 0 done, 1 refused with one sentence on `stderr`, 2 unknown command or bad usage. */
export async function runCommandLine(
  args: readonly string[],
  env: Record<string, string | undefined>,
  stdout: Output,
  stderr: Output,
): Promise<number> {
  const found = findCommand(args);
  if (!found) return refuseUnknown(args, stdout, stderr);
  let config: Config | undefined;
  try {
    config = createConfig(parseEnvironment(env));
    const context: CommandContext = createCommandContext(config, stdout, stderr);
    return await found.command.run(found.rest, context);
  } catch (error) {
    stderr.write(`${explainFailure(error, config)}\n`);
    return 1;
  }
}

function findCommand(args: readonly string[]): { command: Command; rest: string[] } | undefined {
  for (let words = 3; words > 0; words--) {
    const command = commands[args.slice(0, words).join(' ')];
    if (command) return { command, rest: args.slice(words) };
  }
  return undefined;
}

function refuseUnknown(args: readonly string[], stdout: Output, stderr: Output): number {
  const asked = args.includes('--help') || args.includes('-h');
  const width = Math.max(...Object.keys(commands).map((words) => words.length));
  const list = Object.entries(commands).map(([words, { summary }]) => `  ${words.padEnd(width)}  ${summary}`);
  const output = asked ? stdout : stderr;
  output.write(
    `${asked ? '' : 'There is no such command. '}The commands of hygie:\n${list.join('\n')}\nEach has --help.\n`,
  );
  return asked ? 0 : 2;
}
