import { UsageError } from '#platform/command/define-command.ts';
import type { ContactTelling } from '../contacts/import-contacts.ts';
import type { ImportProgress, ImportReport } from '../import/import-report.ts';
import { type CommandContext, defineCommand } from './command-context.ts';
import { createProgress, type Progress, silent } from './progress.ts';
import { renderCounts, renderPlan } from './render-plan.ts';

const help = `hygie directory import FILE… [--dry-run] [--accept] [--json]

Loads extract files of the Annuaire Santé, recognised by their headers, at most one of a kind:
Personne_activite (or the restricted Extraction_ProSanteConnect_Personne_activite, with contact details), SavoirFaire,
Dipl_AutExerc, Porteurs_CPS_CPF, Extraction_Correspondance_MSSante, and the correspondence of ADELI with RPPS numbers.
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
  async run({ values, words: files }, context) {
    if (files.length === 0) throw new UsageError('At least one file must be named; see --help');
    await using opened = new AsyncDisposableStack();
    const directory = opened.use(await context.openDirectory());
    const progress = createProgress(values.json ? silent : context.stderr);
    const options = {
      dryRun: values['dry-run'] === true,
      accept: values.accept === true,
      onProgress: (made: ImportProgress) => progress.show(describeProgress(made)),
      tell: openTelling(context, opened),
    };
    const report = await directory.importExtracts(files, options).finally(progress.end);
    context.stdout.write(values.json ? `${JSON.stringify(report)}\n` : renderReport(report));
    return report.status === 'waiting' ? waitingExit : 0;
  },
});

/** The desk is opened by the first file that holds contact details. */
function openTelling({ openContacts }: CommandContext, opened: AsyncDisposableStack): ContactTelling {
  let desk: ReturnType<typeof openContacts> | undefined;
  return async (told, records) => {
    desk ??= openContacts().then((contacts) => opened.use(contacts));
    await (await desk).tell(told, records);
  };
}

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
  const contacts = renderContacts(report);
  const lines = [
    ...files,
    ...(report.warnings.length > 0 ? warnings : []),
    ...plan,
    ...counts,
    ...contacts,
    status,
  ];
  return `${lines.join('\n')}\n`;
}

function renderContacts({ contacts }: ImportReport): string[] {
  if (!contacts) return [];
  const { created, changed, unchanged, kept, unusable } = contacts;
  const own = `${kept} kept as the people themselves changed them, ${unusable} addresses and numbers not usable`;
  return [`contact details ${created} created, ${changed} changed, ${unchanged} unchanged, ${own}`];
}

function listLines(lines: readonly { line: number; reason: string }[]): string[] {
  const shown = lines.slice(0, shownLines).map(({ line, reason }) => `  line ${line}: ${reason}`);
  return lines.length > shownLines ? [...shown, `  and ${lines.length - shownLines} more`] : shown;
}
