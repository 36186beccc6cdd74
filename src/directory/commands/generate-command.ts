import { createWriteStream } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ParsedArguments, UsageError } from '#platform/command/define-command.ts';
import { ExtractError } from '../extract/extract-error.ts';
import { extractHeader } from '../extract/format-extract.ts';
import { KeyIndex } from '../extract/key-index.ts';
import { createLineReader } from '../extract/line-reader.ts';
import { type Extract, openExtract } from '../extract/open-extract.ts';
import { openOneFile } from '../extract/open-files.ts';
import { scanExtract } from '../extract/scan-extract.ts';
import { generateExtract } from '../generate/generate-extract.ts';
import { generateQuirks } from '../generate/generate-quirks.ts';
import { varyExtract } from '../generate/vary-extract.ts';
import { defineCommand } from './command-context.ts';
import { createProgress, silent } from './progress.ts';

const help = `hygie directory generate --rows N --seed S [--delta PERCENT --from FILE] [--quirks] --out FILE [--json]

Writes an invented Personne_activite extract in the exact format (56 columns). The same options write the same file.

  --rows N         how many activity rows; with --from the rows are those of that file
  --seed S         any text
  --delta PERCENT  the next day's extract of --from: that part of the people changes, leaves or is new
  --from FILE      a generated extract
  --quirks         with whatever real files do to their rows (from a hundred rows on each quirk comes once at least);
                   FILE.expected.json then says what a first import of FILE must report
  --out FILE       where to write
  --json           one JSON object on standard output
  --help           this text
`;

/** Joined before they are written: one write a row costs more than making it. */
const rowsPerWrite = 500;

/** `hygie directory generate` */
export const generateCommand = defineCommand({
  help,
  options: {
    rows: { type: 'string' },
    seed: { type: 'string' },
    delta: { type: 'string' },
    from: { type: 'string' },
    quirks: { type: 'boolean' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(args, { stdout, stderr }) {
    const { chunks, expected, out } = await parseRequest(args);
    const total = Number(args.values.rows) || undefined;
    const progress = createProgress(args.values.json ? silent : stderr);
    let rows = 0;
    const counted = async function* () {
      for await (const chunk of chunks) {
        rows += chunk.rows;
        progress.show({ phase: 'writing', part: total && rows / total, done: rows, unit: 'rows' });
        yield chunk.text;
      }
    };
    await write(out, counted());
    progress.end();
    if (expected)
      await write(`${out}.expected.json`, [`${JSON.stringify(expected(basename(out)), null, 2)}\n`]);
    stdout.write(args.values.json ? `${JSON.stringify({ file: out, rows })}\n` : `${out}: ${rows} rows\n`);
  },
});

interface Chunk {
  rows: number;
  text: string | Buffer;
}

/** A header, and lines by the block. */
async function* inChunks(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Chunk> {
  const toChunk = (block: string[]) => ({ rows: block.length, text: `${block.join('\n')}\n` });
  yield { rows: 0, text: `${extractHeader}\n` };
  let block: string[] = [];
  for await (const line of lines) {
    if (block.push(line) < rowsPerWrite) continue;
    yield toChunk(block);
    block = [];
  }
  if (block.length > 0) yield toChunk(block);
}

async function write(path: string, text: AsyncIterable<string | Buffer> | Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(text), createWriteStream(path));
  } catch (error) {
    if (error instanceof ExtractError || !('syscall' in (error as object))) throw error;
    throw new ExtractError(`${path}: it cannot be written`);
  }
}

interface Request {
  out: string;
  chunks: AsyncIterable<Chunk> | Iterable<Chunk>;
  /** What a first import must report of the file of that name, once it is written. */
  expected?: (name: string) => object;
}

async function parseRequest({ values, words: files }: ParsedArguments): Promise<Request> {
  const text = (name: string): string | undefined => values[name] as string | undefined;
  if (files.length > 0) throw new UsageError('The file to write is named by --out; see --help');
  const [seed, out, from, delta] = [text('seed'), text('out'), text('from'), text('delta')];
  if (seed === undefined || seed === '') throw new UsageError('--seed is missing; see --help');
  if (!out) throw new UsageError('--out is missing; see --help');
  if ((from === undefined) !== (delta === undefined)) throw new UsageError('--delta and --from go together');
  if (from === undefined)
    return { out, ...generate({ rows: parseRows(text('rows')), seed }, values.quirks === true) };
  if (values.quirks) throw new UsageError('--quirks and --delta do not go together');
  return { out, chunks: inChunks(await varyFile(from, parsePercent(delta), { seed, out })) };
}

function generate(options: { rows: number; seed: string }, isQuirky: boolean): Omit<Request, 'out'> {
  return isQuirky ? generateQuirks(options) : { chunks: inChunks(generateExtract(options)) };
}

function parseRows(text: string | undefined): number {
  if (text === undefined) throw new UsageError('--rows is missing; see --help');
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError('--rows must be a whole number from 1 to 9999999');
  return Number(text);
}

function parsePercent(text = ''): number {
  const percent = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(percent >= 0 && percent <= 100)) throw new UsageError('--delta must be a number from 0 to 100');
  return percent;
}

async function varyFile(from: string, percent: number, { seed, out }: { seed: string; out: string }) {
  if (from === out) throw new UsageError('--out must be another file than --from');
  await using opened = new AsyncDisposableStack();
  const input = opened.use(await openOneFile(from, { folder: dirname(out) }));
  const extract = await openExtract(input);
  if (extract.header.kind !== 'Personne_activite' || extract.header.width !== 56)
    throw new ExtractError(`${extract.title}: only a Personne_activite of 56 columns can be varied`);
  // Only how many places there are follows from the number of rows.
  const rows = Math.ceil(extract.bytes / 370);
  return varyExtract(readLinesOf(extract, opened.move()), { percent, seed, rows });
}

async function* readLinesOf(extract: Extract, opened: AsyncDisposableStack): AsyncGenerator<string> {
  await using _ = opened;
  const scan = await scanExtract(extract, { owners: new KeyIndex(), places: new KeyIndex() });
  const read = createLineReader(scan);
  for (let line = 0; line < scan.count; line++) yield read(line).join('|');
}
