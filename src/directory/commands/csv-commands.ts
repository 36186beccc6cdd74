import { oneWord } from '#platform/command/define-command.ts';
import type { CsvReport } from '../extract/read-csv.ts';
import { defineCommand } from './command-context.ts';

const linkHelp = `hygie directory link FILE [--json]

Loads the correspondence of former ADELI numbers with RPPS numbers, a CSV file with the header "N° ADELI;N° RPPS".
What the file tells of an ADELI number replaces what was known of it; other numbers stay.

  --json  one JSON object on standard output
  --help  this text
`;

const contactsHelp = `hygie directory contacts import FILE [--dry-run] [--json]

Loads contact details that an Order tells of, a CSV file with the header
"Identifiant PP;Adresse e-mail;Téléphone mobile", a person a line; an empty field means that there is none.

Details that differ from those known are replaced, unverified until the next activation through them, and announced at
the old and the new address and mobile. What the person changed, proved or withdrew herself after the date of the file
(in its name, _AAAAMMJJhhmm, else its last change) is kept: newer_own_details. Other lines left out:
bad_identifier, bad_email, secure_mailbox, bad_phone, not_mobile, duplicate_person, torn_line, long_line, bad_encoding.

  --dry-run  reads and reports, and changes nothing
  --json     one JSON object on standard output
  --help     this text
`;

const options = { json: { type: 'boolean' } } as const;

/** `hygie directory link` */
export const linkCommand = defineCommand({
  help: linkHelp,
  options,
  async run(args, context) {
    const file = oneWord(args, 'file');
    await using directory = await context.openDirectory();
    context.stdout.write(render(await directory.importLinks(file), args.values.json === true));
  },
});

/** `hygie directory contacts import` */
export const contactsImportCommand = defineCommand({
  help: contactsHelp,
  options: { ...options, 'dry-run': { type: 'boolean' } },
  async run(args, context) {
    const file = oneWord(args, 'file');
    const dryRun = args.values['dry-run'] === true;
    await using contacts = await context.openContacts();
    const report = await contacts.importFile(file, { dryRun });
    const { created, changed, unchanged } = report;
    const counts = `${dryRun ? 'would be ' : ''}created ${created}, changed ${changed}, unchanged ${unchanged}\n`;
    const json = args.values.json === true;
    context.stdout.write(render({ ...report, ...(dryRun && { dryRun }) }, json) + (json ? '' : counts));
  },
});

function render(report: CsvReport, json: boolean): string {
  if (json) return `${JSON.stringify({ ...report, skippedCount: report.skipped.length })}\n`;
  const { name, rows, imported, skipped } = report;
  const lines = skipped.map(({ line, reason }) => `  line ${line}: ${reason}`);
  return `${[`${name}: ${rows} rows, ${imported} imported, ${skipped.length} skipped`, ...lines].join('\n')}\n`;
}
