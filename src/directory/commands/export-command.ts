import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RefusedError, UsageError } from '#platform/command/define-command.ts';
import { exportFormats } from '../export/export-request.ts';
import { isResourceType, resourceTypes } from '../fhir/resource.ts';
import { defineCommand } from './command-context.ts';
import { createProgress, silent } from './progress.ts';

type Progress = ReturnType<typeof createProgress>;

const help = `hygie directory export --format ndjson|csv [--type TYPE[,TYPE…]] [--out DIR] [--json]

Writes the directory as it is now to files, one a type: FHIR resources a line (ndjson), or a table with a header
and ; between its columns (csv). A running server goes on meanwhile.

  --format F   ndjson or csv
  --type T     Practitioner, PractitionerRole or Organization; all of them unless told
  --out DIR    where to write, the current directory unless told; files of the same name are replaced
  --json       one JSON object on standard output
  --help       this text
`;

/** `hygie directory export` */
export const exportCommand = defineCommand({
  help,
  options: {
    format: { type: 'string' },
    type: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run({ values, words: files }, context) {
    if (files.length > 0) throw new UsageError('The directory to write to is named by --out; see --help');
    const format = exportFormats.find((name) => name === values.format);
    if (!format) throw new UsageError('--format must be ndjson or csv');
    const request = { format, types: parseTypes(values.type), directory: resolve(String(values.out ?? '.')) };
    await prepareDirectory(request.directory);
    await using directory = await context.openDirectory();
    const started = performance.now();
    const progress = createProgress(values.json ? silent : context.stderr);
    const written = await directory.exportFiles(request, showAll(progress));
    progress.end();
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const report = { generation: await directory.generation(), files: written, seconds };
    context.stdout.write(values.json ? `${JSON.stringify(report)}\n` : render(report));
    return undefined;
  },
});

function parseTypes(text: unknown) {
  if (text === undefined) return resourceTypes;
  const names = String(text).split(',');
  const types = names.filter(isResourceType);
  if (types.length < names.length) throw new UsageError(`--type must be among ${resourceTypes.join(', ')}`);
  return [...new Set(types)];
}

/** Types are written side by side; the one that lies behind says how far all are. */
function showAll({ show }: Progress): (type: string, part: number) => void {
  const parts = new Map<string, number>();
  return (type, part) => {
    parts.set(type, part);
    show({ phase: 'writing', part: Math.min(...parts.values()) });
  };
}

async function prepareDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch {
    throw new RefusedError('The directory of --out cannot be written');
  }
}

function render({ files, seconds }: { files: { name: string; count: number }[]; seconds: number }): string {
  const lines = files.map(({ name, count }) => `${name}: ${count} lines`);
  return `${[...lines, `${seconds} s`].join('\n')}\n`;
}
