import type { CsvReport } from '../extract/read-csv.ts';
import { defineCommand, oneFile } from './command-context.ts';

const linkHelp = `hygie directory link FILE [--json]

Loads the correspondence of former ADELI numbers with RPPS numbers, a CSV file with the header "N° ADELI;N° RPPS".
What the file tells of an ADELI number replaces what was known of it; other numbers stay.

  --json  one JSON object on standard output
  --help  this text
`;

const contactsHelp = `hygie directory contacts import FILE [--json]

Loads contact details, a CSV file with the header "Identifiant PP;Adresse e-mail;Téléphone mobile". A line replaces
what was known of that person; an empty field means that there is none.

  --json  one JSON object on standard output
  --help  this text
`;

const options = { json: { type: 'boolean' } } as const;

/** `hygie directory link` */
export const linkCommand = defineCommand({
  help: linkHelp,
  options,
  async run(args, context) {
    const file = oneFile(args);
    await using directory = await context.openDirectory();
    context.stdout.write(render(await directory.importLinks(file), args.values.json === true));
  },
});

/** `hygie directory contacts import` */
export const contactsImportCommand = defineCommand({
  help: contactsHelp,
  options,
  async run(args, context) {
    const file = oneFile(args);
    await using directory = await context.openDirectory();
    context.stdout.write(render(await directory.importContacts(file), args.values.json === true));
  },
});

function render(report: CsvReport, json: boolean): string {
  if (json) return `${JSON.stringify({ ...report, skippedCount: report.skipped.length })}\n`;
  const { name, rows, imported, skipped } = report;
  const lines = skipped.map(({ line, reason }) => `  line ${line}: ${reason}`);
  return `${[`${name}: ${rows} rows, ${imported} imported, ${skipped.length} skipped`, ...lines].join('\n')}\n`;
}
