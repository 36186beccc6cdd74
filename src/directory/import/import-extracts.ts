import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { DirectoryEvents } from '../events.ts';
import { ExtractError } from '../extract/extract-error.ts';
import { type Extract, type ExtractTally, openExtract, readRows } from '../extract/read-extract.ts';
import type { ExtractDates, GenerationPointer } from '../generation/generation-pointer.ts';
import {
  type GenerationBuilder,
  type GenerationStorage,
  removeOutdated,
} from '../generation/generation-storage.ts';
import { type Comparison, carryOverLabels, compareGenerations } from './compare.ts';
import type { ImportProgress, ImportReport } from './import-report.ts';
import { recordImportRun } from './import-run-store.ts';
import { createLabels, type Labels } from './labels.ts';
import { createActivityLoader } from './load-activities.ts';
import { detailLoaders } from './load-details.ts';

export interface ImportOptions {
  /** Plans and reports, and changes nothing. */
  dryRun?: boolean;
  onProgress?: (progress: ImportProgress) => void;
}

interface Dependencies {
  database: Database;
  storage: GenerationStorage;
  pointer: GenerationPointer;
  clock: Clock;
  events: DirectoryEvents;
}

/**
 * Imports extract files, at most one of a kind: read into a generation built aside, compare with the one before,
 * then switch to it. Kinds that are not given stay as they are. Killed at any point, it leaves the old directory or
 * the new one. Throws `ExtractError` for files that cannot be imported.
 */
export function createExtractImport({ database, storage, pointer, clock, events }: Dependencies) {
  return async (paths: readonly string[], options: ImportOptions = {}): Promise<ImportReport> => {
    const started = performance.now();
    const startedAt = clock.now();
    const extracts = await openExtracts(paths);
    try {
      const { current } = await pointer.read();
      const dates = await pointer.readDates(current);
      refuseOlder(extracts, dates);
      await using run = await startRun(current, extracts);
      const { tallies, comparison } = await run.plan(startedAt, options);
      const summary = withDuration(summarize(tallies, comparison), started);
      if (options.dryRun) return { ...summary, status: 'planned', generation: current };
      if (!comparison.differs) return await recordUnchanged(summary, current, startedAt, extracts);
      const applied = { started, startedAt, dates: { ...dates, ...datesOf(extracts) } };
      const report = await run.apply(summary, applied);
      await removeOutdated(storage, await pointer.read());
      return report;
    } finally {
      for (const { file } of extracts) await file.close();
    }
  };

  async function startRun(current: number, extracts: Extract[]) {
    const builder = await storage.build(current);
    return {
      async plan(now: number, options: ImportOptions) {
        const tallies = await loadExtracts(extracts, builder, options);
        const kinds = new Set(extracts.map(({ header }) => header.kind));
        const extractedAt = datesOf(extracts).Personne_activite ?? now;
        return { tallies, comparison: await compareGenerations(builder, kinds, { now, extractedAt }) };
      },
      async apply(summary: Summary, { started, startedAt, dates }: Applying): Promise<ImportReport> {
        const generation = await builder.publish();
        const report: ImportReport = { ...withDuration(summary, started), status: 'applied', generation };
        const switched = await database.write(async (unit) => {
          if (!(await pointer.advance(unit, current, generation))) return false;
          await pointer.writeDates(unit, generation, dates);
          await recordImportRun(unit, report, startedAt);
          await events.extractApplied(unit, report);
          return true;
        });
        if (switched) return report;
        await storage.remove(generation);
        throw new ExtractError('another import ended first: run this one again');
      },
      [Symbol.asyncDispose]: () => builder.discard(),
    };
  }

  async function recordUnchanged(
    summary: Summary,
    generation: number,
    startedAt: number,
    extracts: Extract[],
  ): Promise<ImportReport> {
    const report: ImportReport = { ...summary, status: 'unchanged', generation };
    await database.write(async (unit) => {
      await pointer.writeDates(unit, generation, datesOf(extracts));
      await recordImportRun(unit, report, startedAt);
    });
    return report;
  }
}

async function openExtracts(paths: readonly string[]): Promise<Extract[]> {
  const extracts: Extract[] = [];
  try {
    for (const path of paths) extracts.push(await openExtract(path));
    refuseTwoOfAKind(extracts);
    return extracts;
  } catch (error) {
    for (const { file } of extracts) await file.close();
    throw error;
  }
}

function refuseTwoOfAKind(extracts: readonly Extract[]): void {
  extracts.forEach(({ name, header: { kind } }, index) => {
    const other = extracts.slice(0, index).find((extract) => extract.header.kind === kind);
    if (other)
      throw new ExtractError(`${other.name} and ${name} are both ${kind}: import them one after the other`);
  });
}

/** The directory never goes back in time; a file of the very date of the last one replaces it. */
function refuseOlder(extracts: readonly Extract[], dates: ExtractDates): void {
  for (const { name, header, extractedAt } of extracts) {
    const applied = dates[header.kind];
    if (applied === undefined || extractedAt >= applied) continue;
    const [own, last] = [extractedAt, applied].map((instant) => new Date(instant).toISOString());
    throw new ExtractError(
      `${name} is of ${own}, older than the ${header.kind} that the directory holds (${last})`,
    );
  }
}

function datesOf(extracts: readonly Extract[]): ExtractDates {
  return Object.fromEntries(extracts.map(({ header, extractedAt }) => [header.kind, extractedAt]));
}

type Tallies = { extract: Extract; tally: ExtractTally }[];

async function loadExtracts(
  extracts: readonly Extract[],
  builder: GenerationBuilder,
  options: ImportOptions,
): Promise<Tallies> {
  await carryOverLabels(builder);
  const labels = createLabels();
  const tallies: Tallies = [];
  for (const extract of extracts) {
    const tally: ExtractTally = { rows: 0, skipped: [], warnings: [] };
    tallies.push({ extract, tally });
    await loadExtract(extract, tally, { builder, labels, options });
  }
  labels.load(builder);
  await builder.drain();
  return tallies;
}

async function loadExtract(
  extract: Extract,
  tally: ExtractTally,
  { builder, labels, options }: { builder: GenerationBuilder; labels: Labels; options: ImportOptions },
): Promise<void> {
  const { kind } = extract.header;
  const createLoader = kind === 'Personne_activite' ? createActivityLoader : detailLoaders[kind];
  const load = createLoader(extract.header, builder, labels);
  for await (const { rows, bytesRead } of readRows(extract, tally)) {
    for (const row of rows) load(row);
    await builder.drain();
    options.onProgress?.({
      file: extract.name,
      rows: tally.rows,
      part: bytesRead / Math.max(extract.bytes, 1),
    });
  }
  refuseEmpty(extract, tally);
}

/** An extract is the whole of its kind: one without a row, most likely cut off, would end everybody. */
function refuseEmpty({ name }: Extract, { rows, skipped }: ExtractTally): void {
  if (rows > skipped.length) return;
  throw new ExtractError(`${name} holds no row that can be imported: nothing is changed`);
}

type Summary = Omit<ImportReport, 'status' | 'generation'>;

interface Applying {
  /** As of `performance.now()`. */
  started: number;
  startedAt: number;
  dates: ExtractDates;
}

function summarize(tallies: Tallies, { counts }: Comparison): Summary {
  return {
    runId: newId('imp'),
    files: tallies.map(({ extract, tally }) => ({
      name: extract.name,
      kind: extract.header.kind,
      rows: tally.rows,
      skipped: tally.skipped,
      skippedCount: tally.skipped.length,
    })),
    practitioners: counts.practitioner,
    roles: counts.practitioner_role,
    organizations: counts.organization,
    seconds: 0,
    rowsPerSecond: 0,
    peakMemoryMiB: 0,
    warnings: tallies.flatMap(({ tally }) => tally.warnings),
  };
}

/** `started` as of `performance.now()`. */
function withDuration(summary: Summary, started: number): Summary {
  const seconds = Math.round(performance.now() - started) / 1000;
  const rows = summary.files.reduce((sum, file) => sum + file.rows, 0);
  const peakKibibytes = process.resourceUsage().maxRSS;
  return {
    ...summary,
    seconds,
    rowsPerSecond: Math.round(rows / Math.max(seconds, 0.001)),
    peakMemoryMiB: Math.round(peakKibibytes / 1024),
  };
}
