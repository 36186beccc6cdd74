import { UsageError } from '#platform/command/define-command.ts';
import { nextRun } from '../schedule/next-run.ts';
import { defineCommand } from './command-context.ts';

const help = `hygie directory schedule [--at HH:MM | --off] [--json]

Fetches and imports the extracts every day at that time (clocks of Paris), in the server: from the addresses in
HYGIE_EXTRACT_URLS, which the server must have too. One process does it where several serve; a server that was stopped
meanwhile does it when it starts. A failure is tried again for about an hour and a half, then the next day. An import
past 5 % waits as it does by hand: the trail and the log say so. Without an option: shows what is set.

  --at HH:MM  from now on every day at that time
  --off       no longer
  --json      one JSON object on standard output
  --help      this text
`;

/** `hygie directory schedule` */
export const scheduleCommand = defineCommand({
  help,
  options: { at: { type: 'string' }, off: { type: 'boolean' }, json: { type: 'boolean' } },
  async run({ values, words: files }, { stdout, openSchedule, extractUrls }) {
    if (files.length > 0) throw new UsageError('schedule takes no argument; see --help');
    const at = parseTime(values.at);
    if (at && values.off) throw new UsageError('--at and --off exclude each other; see --help');
    if (at && extractUrls.length === 0)
      throw new UsageError('HYGIE_EXTRACT_URLS names no address to fetch from; see --help');
    await using schedule = await openSchedule();
    if (at) await schedule.set(at);
    if (values.off) await schedule.clear();
    const set = await schedule.find();
    const next = set && new Date(nextRun(set.at, schedule.now())).toISOString();
    if (values.json) stdout.write(`${JSON.stringify({ at: set?.at ?? null, next: next ?? null })}\n`);
    else stdout.write(set ? `Every day at ${set.at}, next at ${next}.\n` : 'Nothing is scheduled.\n');
  },
});

function parseTime(text: string | boolean | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(String(text)))
    throw new UsageError('--at must be a time from 00:00 to 23:59');
  return String(text);
}
