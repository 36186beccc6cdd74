import { RefusedError, UsageError } from '#platform/command/define-command.ts';
import type { ImportRun, ImportRunWithPlan } from '../import/import-run-store.ts';
import { defineCommand } from './command-context.ts';
import { renderCounts, renderPlan } from './render-plan.ts';

const help = `hygie directory runs [ID] [--json]

Lists the last fifty imports, newest first: id, when it began, how it ended, what it created, changed and removed (of
people), its seconds and its files. With an id: that one, with its plan by profession and by département. A waiting run
changed nothing: to accept it, run its import again with the same files and --accept. Dry runs are not kept.

  --json  one JSON object on standard output
  --help  this text
`;

/** `hygie directory runs` */
export const runsCommand = defineCommand({
  help,
  options: { json: { type: 'boolean' } },
  async run({ words: ids, values }, context) {
    const [id] = ids;
    if (ids.length > 1) throw new UsageError('At most one id may be named; see --help');
    await using directory = await context.openDirectory();
    if (id === undefined) {
      const runs = await directory.listRuns();
      context.stdout.write(values.json ? toJson({ runs: runs.map(toWire) }) : renderRuns(runs));
      return;
    }
    const run = await directory.findRun(id);
    if (!run) throw new RefusedError('No import has that id; hygie directory runs lists them');
    context.stdout.write(values.json ? toJson(toWire(run)) : renderRun(run));
  },
});

const toJson = (value: object): string => `${JSON.stringify(value)}\n`;

const toWire = <Run extends ImportRun>({ startedAt, ...run }: Run) => ({
  ...run,
  startedAt: new Date(startedAt).toISOString(),
});

function renderRuns(runs: readonly ImportRun[]): string {
  if (runs.length === 0) return 'Nothing has been imported yet.\n';
  return runs.map((run) => `${renderLine(run)}\n`).join('');
}

function renderLine({ id, startedAt, status, practitioners, seconds, files }: ImportRun): string {
  const { created, changed, removed } = practitioners;
  const counts = `+${created} ~${changed} -${removed}`;
  const names = files.map(({ name }) => name).join(' ');
  return [id, new Date(startedAt).toISOString(), status, counts, `${seconds} s`, names].join('  ');
}

function renderRun(run: ImportRunWithPlan): string {
  const files = run.files.map(
    ({ name, kind, rows, skippedCount }) => `${name} (${kind}): ${rows} rows, ${skippedCount} skipped`,
  );
  const ended = `${run.status}: generation ${run.generation} (${run.seconds} s)`;
  const lines = [`${run.id}  ${new Date(run.startedAt).toISOString()}`, ...files, ...renderPlan(run.plan)];
  return `${[...lines, ...renderCounts(run), ended].join('\n')}\n`;
}
