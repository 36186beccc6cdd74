import type { ImportProgress, ImportReport } from '../import/import-report.ts';
import { type CommandContext, defineCommand, UsageError } from './command-context.ts';
import { createProgress } from './progress.ts';

const help = `hygie directory import FILE… [--dry-run] [--accept] [--json]

Loads extract files of the Annuaire Santé, recognised by their headers, at most one of a kind:
Personne_activite, SavoirFaire, Dipl_AutExerc, Porteurs_CPS_CPF, Extraction_Correspondance_MSSante.
Kinds that are not given stay as they are. The new directory is built aside and switched to as a whole.

  --dry-run  plans and reports, and changes nothing
  --accept   applies even if more than 5 % would change or end; without it such a run waits (exit 3)
  --json     one JSON object on standard output
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
    const options = {
      dryRun: values['dry-run'] === true,
      accept: values.accept === true,
      onProgress: reportProgress(context),
    };
    const report = await directory.importExtracts(files, options);
    context.stdout.write(values.json ? `${JSON.stringify(report)}\n` : renderReport(report));
    return report.status === 'waiting' ? waitingExit : 0;
  },
});

function reportProgress(context: CommandContext): (progress: ImportProgress) => void {
  const show = createProgress(context.stderr);
  return ({ file, rows, part }) => show(() => `${file}: ${Math.floor(part * 100)} %, ${rows} rows`);
}

const outcomes: Record<ImportReport['status'], string> = {
  applied: 'Applied',
  planned: 'Planned, nothing was changed',
  waiting:
    'More than 5 % would change or end, nothing was changed: look at the plan, then run again with --accept',
  unchanged: 'Nothing differs',
};

/** Enough lines to see what is wrong with a file; `--json` lists all. */
const shownLines = 10;

function renderReport(report: ImportReport): string {
  const counts = (['practitioners', 'roles', 'organizations'] as const).map((name) => {
    const { created, changed, removed, unchanged } = report[name];
    return `${name.padEnd(14)} ${created} created, ${changed} changed, ${removed} removed, ${unchanged} unchanged`;
  });
  const files = report.files.flatMap(({ name, kind, rows, skipped }) => [
    `${name} (${kind}): ${rows} rows, ${skipped.length} skipped`,
    ...listLines(skipped),
  ]);
  const warnings = [`${report.warnings.length} warnings`, ...listLines(report.warnings)];
  const speed = `${report.seconds} s, ${report.rowsPerSecond} rows/s, ${report.peakMemoryMiB} MiB`;
  const status = `${outcomes[report.status]}: generation ${report.generation} (${speed})`;
  return `${[...files, ...(report.warnings.length > 0 ? warnings : []), ...counts, status].join('\n')}\n`;
}

function listLines(lines: readonly { line: number; reason: string }[]): string[] {
  const shown = lines.slice(0, shownLines).map(({ line, reason }) => `  line ${line}: ${reason}`);
  return lines.length > shownLines ? [...shown, `  and ${lines.length - shownLines} more`] : shown;
}
