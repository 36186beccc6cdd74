import type { ImportProgress, ImportReport } from '../import/import-report.ts';
import { defineCommand, UsageError } from './command-context.ts';
import { createProgress, type Progress, silent } from './progress.ts';
import { renderCounts, renderPlan } from './render-plan.ts';

const help = `hygie directory import FILE… [--dry-run] [--accept] [--json]

Loads extract files of the Annuaire Santé, recognised by their headers, at most one of a kind:
Personne_activite, SavoirFaire, Dipl_AutExerc, Porteurs_CPS_CPF, Extraction_Correspondance_MSSante.
Plain, in .gz or in .zip. Kinds that are not given stay as they are. The new directory is built aside and switched to as a whole.

  --dry-run  shows the plan and changes nothing: what would be created, changed and removed, by profession and by
             département, with up to ten examples of each
  --accept   applies even if more than 5 % of people, roles or places would change or end; without it such a run
             waits (exit 3): look at its plan, then run it again with the same files and --accept
  --json     one JSON object on standard output, the plan in it, and no progress
  --help     this text
`;

const waitingExit = 3;

/** `hygie directory import` */
export const importCommand = defineCommand({
  help,
  options: { 'dry-run': { type: 'boolean' }, accept: { type: 'boolean' }, json: { type: 'boolean' } },
  async run({ values, files }, context) {
    if (files.length === 0) throw new UsageError('At least one file must be named; see --help');
    await using directory = await context.openDirectory();
    const progress = createProgress(values.json ? silent : context.stderr);
    const options = {
      dryRun: values['dry-run'] === true,
      accept: values.accept === true,
      onProgress: (made: ImportProgress) => progress.show(describeProgress(made)),
    };
    const report = await directory.importExtracts(files, options).finally(progress.end);
    context.stdout.write(values.json ? `${JSON.stringify(report)}\n` : renderReport(report));
    return report.status === 'waiting' ? waitingExit : 0;
  },
});

function describeProgress(progress: ImportProgress): Progress {
  const { phase, part } = progress;
  if (progress.phase === 'finishing') return { phase: '3/3 finishing', part };
  if (progress.phase === 'applying')
    return { phase: '2/3 applying', part, done: progress.done, unit: 'records' };
  if (progress.phase === 'unpacking') return { phase: `1/3 ${phase} ${progress.file}`, part };
  return { phase: `1/3 ${phase} ${progress.file}`, part, done: progress.done, unit: 'rows' };
}

const outcomes: Record<ImportReport['status'], string> = {
  applied: 'Applied',
  planned: 'Planned, nothing was changed',
  waiting:
    'More than 5 % would change or end, nothing was changed: look at the plan, then run again with the same files and --accept',
  unchanged: 'Nothing differs',
};

/** Enough lines to see what is wrong with a file; `--json` lists all. */
const shownLines = 10;

function renderReport(report: ImportReport): string {
  const counts = renderCounts(report);
  const files = report.files.flatMap(({ name, kind, rows, skipped }) => [
    `${name} (${kind}): ${rows} rows, ${skipped.length} skipped`,
    ...listLines(skipped),
  ]);
  const warnings = [`${report.warnings.length} warnings`, ...listLines(report.warnings)];
  const speed = `${report.seconds} s, ${report.rowsPerSecond} rows/s, ${report.peakMemoryMiB} MiB`;
  const status = `${outcomes[report.status]}: generation ${report.generation} (${speed})`;
  const plan = report.status === 'planned' || report.status === 'waiting' ? renderPlan(report.plan) : [];
  const lines = [...files, ...(report.warnings.length > 0 ? warnings : []), ...plan, ...counts, status];
  return `${lines.join('\n')}\n`;
}

function listLines(lines: readonly { line: number; reason: string }[]): string[] {
  const shown = lines.slice(0, shownLines).map(({ line, reason }) => `  line ${line}: ${reason}`);
  return lines.length > shownLines ? [...shown, `  and ${lines.length - shownLines} more`] : shown;
}
