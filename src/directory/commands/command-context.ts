import {
  type CommandDefinition,
  defineCommand as definePlatformCommand,
} from '#platform/command/define-command.ts';
import type { ContactDesk } from '../contacts/contact-desk.ts';
import type { Directory } from '../directory.ts';
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

/** A command of the directory. */
export const defineCommand = (definition: CommandDefinition<CommandContext>) =>
  definePlatformCommand(definition);
