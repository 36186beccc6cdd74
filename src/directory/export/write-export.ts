import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'kysely';
import type { ResourceType } from '../fhir/resource.ts';
import { createGenerationStorage } from '../generation/open-generation-storage.ts';
import { createDirectoryReader } from '../read/directory-reader.ts';
import type { ExportedFile, ExportRequest, ExportResult } from './export-request.ts';
import { type LineBatch, type LineSource, lineSources, type OpenedGeneration } from './resource-lines.ts';

/** Called with how much is written, 0 to 1. */
export type OnPart = (part: number) => void;

/** Writes a generation to files. Throws where the generation is not kept any more. */
export async function writeExport(request: ExportRequest, onPart: OnPart = () => {}): Promise<ExportResult> {
  const storage = createGenerationStorage(request.generations);
  const db = await storage.open(request.generation);
  if (!db) throw new Error(`generation ${request.generation} of the directory is not kept`);
  try {
    const reader = await createDirectoryReader(db, { generation: request.generation, asOf: null });
    await mkdir(request.directory, { recursive: true, mode: 0o700 });
    return { files: await writeTypes({ db, reader }, request, onPart), upTo: await readUpTo({ db, reader }) };
  } finally {
    await db.destroy();
    await storage.close();
  }
}

async function writeTypes(opened: OpenedGeneration, request: ExportRequest, onPart: OnPart) {
  const sources = request.types.flatMap((type) => {
    const source = lineSources[type];
    return source ? [{ type, source }] : [];
  });
  const counts = await Promise.all(sources.map(({ source }) => source.count(opened.reader, request.since)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  let written = 0;
  const onBatch = (count: number) => {
    written += count;
    onPart(written / Math.max(total, written));
  };
  const files: ExportedFile[] = [];
  for (const { type, source } of sources)
    files.push(...(await writeType(opened, request, { type, source, onBatch })));
  return files;
}

interface TypeWriting {
  type: ResourceType;
  source: LineSource;
  onBatch(count: number): void;
}

/** One file after the other: the next one begins with the batch that the last one had no room for. */
async function writeType(
  opened: OpenedGeneration,
  request: ExportRequest,
  { type, source, onBatch }: TypeWriting,
): Promise<ExportedFile[]> {
  const { format, resourcesPerFile } = request;
  const batches = source.read(opened, request)[Symbol.asyncIterator]();
  const files: ExportedFile[] = [];
  let next = await batches.next();
  while (!next.done) {
    const name = `${type}${resourcesPerFile === null ? '' : `-${files.length + 1}`}.${format}`;
    const file: ExportedFile = { type, name, count: 0, length: 0 };
    await writeFile(request, name, linesOf(file));
    files.push(file);
  }
  return files;

  async function* linesOf(file: ExportedFile): AsyncGenerator<Buffer> {
    yield* counted(file, { count: 0, text: source.header(format) });
    while (!next.done && file.count < (resourcesPerFile ?? Infinity)) {
      onBatch(next.value.count);
      yield* counted(file, next.value);
      next = await batches.next();
    }
  }
}

function* counted(file: ExportedFile, { count, text }: LineBatch): Generator<Buffer> {
  const bytes = Buffer.from(text);
  file.count += count;
  file.length += bytes.byteLength;
  if (bytes.byteLength > 0) yield bytes;
}

/** The lowest level is the one that keeps up with the reading, and a tenth of the size. */
async function writeFile({ directory, gzip }: ExportRequest, name: string, lines: AsyncIterable<Buffer>) {
  const file = createWriteStream(join(directory, gzip ? `${name}.gz` : name), { flush: true });
  const source = Readable.from(lines);
  await (gzip ? pipeline(source, createGzip({ level: 1 }), file) : pipeline(source, file));
}

async function readUpTo({ db }: OpenedGeneration): Promise<number> {
  const { rows } = await sql<{ at: number | null }>`
    select max(last_updated_at) as at from practitioner
    union all select max(last_updated_at) from practitioner_role
    union all select max(last_updated_at) from organization`.execute(db);
  return Math.max(0, ...rows.map(({ at }) => Number(at ?? 0)));
}
