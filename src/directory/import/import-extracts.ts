import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { ContactTelling } from '../contacts/import-contacts.ts';
import type { DirectoryEvents } from '../events.ts';
import { describeExtractDate } from '../extract/extract-date.ts';
import { ExtractError } from '../extract/extract-error.ts';
import type { Extract } from '../extract/open-extract.ts';
import { openExtracts } from '../extract/open-extracts.ts';
import type { UnpackProgress } from '../extract/open-files.ts';
import type { Scan } from '../extract/scan.ts';
import { scanExtract } from '../extract/scan-extract.ts';
import { tidyAfter } from '../extract/tidy-after.ts';
import type { ExtractDates, GenerationPointer } from '../generation/generation-pointer.ts';
import type { GenerationDraft, GenerationStorage } from '../generation/generation-storage.ts';
import type { Removal } from '../generation/remove-unread.ts';
import { type LinkImport, readLinkFile } from '../links/import-links.ts';
import { applyExtracts, type Planned } from './apply-extracts.ts';
import { type Beside, createBeside } from './beside.ts';
import { createBreakdown } from './breakdown.ts';
import { type Changes, createChanges } from './changes.ts';
import { isPastThreshold } from './check-threshold.ts';
import { findTouched } from './find-touched.ts';
import { describePlan, emptyPlan, type ImportPlan } from './import-plan.ts';
import { createReport, type ImportProgress, type ImportReport, type ImportStatus } from './import-report.ts';
import { recordImportRun } from './import-run-store.ts';
import { type ImportState, readImportState, writeImportState } from './import-state.ts';
import { recordHistory } from './record-history.ts';

export interface ImportOptions {
  /** Plans and reports, and changes nothing. */
  dryRun?: boolean;
  /** Applies even what is past the threshold. */
  accept?: boolean;
  onProgress?: (progress: ImportProgress) => void;
  /** For contact details that files hold: whose details they replace is told. */
  tell?: ContactTelling;
}

interface Dependencies {
  database: Database;
  storage: GenerationStorage;
  pointer: GenerationPointer;
  removal: Removal;
  clock: Clock;
  events: DirectoryEvents;
  /** Where archives are unpacked. */
  folder: string;
  links: LinkImport;
  /** Of contact details, where `ImportOptions` name no other. */
  tell: ContactTelling;
}

/** One run, from its begin. `started` as of `performance.now()`. */
interface Run {
  runId: string;
  started: number;
  now: number;
  current: number;
  dates: ExtractDates;
  files: Scan[];
  planned: Planned[];
  beside: Beside;
}

/**
 * Imports extract files, at most one of a kind: scan, find what differs from the generation before, apply it to a copy
 * of that, and switch to the copy. Kinds that are not given stay as they are. Killed at any point, it leaves the old
 * directory or the new one. Throws `ExtractError` for files that cannot be imported.
 */
export function createExtractImport(dependencies: Dependencies) {
  const { database, storage, pointer, removal, clock, events, folder } = dependencies;
  return async (paths: readonly string[], options: ImportOptions = {}): Promise<ImportReport> => {
    const [started, now] = [performance.now(), clock.now()];
    const onProgress: UnpackProgress = (made) => options.onProgress?.({ phase: 'unpacking', ...made });
    await using opened = await openExtracts(paths, { folder, onProgress });
    await using _lock = await storage.lock();
    await removal.removeAll(now);
    const { current } = await pointer.read();
    const before = await pointer.readDates(current);
    refuseOlder(opened.extracts, before);
    const dates = { ...before, ...datesOf(opened.extracts) };
    const state = await readImportState(storage, current);
    const files = await scanAll(opened.extracts, state, options);
    const planned = files.map((scan) => planFile(scan, state));
    const linkFile = opened.links && (await readLinkFile(opened.links));
    const parts = { links: dependencies.links, tell: options.tell ?? dependencies.tell, keys: state.keys };
    const beside = createBeside(parts, planned, linkFile);
    const run = { runId: newId('imp'), started, now, current, dates, files, planned, beside };
    return await plan(run, state, options);
  };

  async function plan(run: Run, state: ImportState, options: ImportOptions): Promise<ImportReport> {
    const { current, files, now, dates, planned } = run;
    const extractedAt = dates.Personne_activite ?? now;
    const breakdown = createBreakdown(state.groups);
    const changes = createChanges(state.totals, { now, extractedAt, breakdown });
    const nothing = { changes, plan: emptyPlan() };
    if (!planned.some(isTouched)) return await settle(run, nothing, options);
    const draft = await storage.draft(current, await pointer.readHighest());
    try {
      const onProgress = (done: number, of: number) =>
        options.onProgress?.({ phase: 'applying', done, part: done / of });
      const differs = await applyExtracts(planned, { draft, changes, state, onProgress });
      await writeImportState(draft, nextState(state, files, changes));
      const outcome = { changes, plan: await describePlan(draft, changes) };
      const status = decide(changes, differs, options);
      for (const { extract } of files) tidyAfter(extract);
      if (status === 'applied') {
        await recordHistory({ draft, storage, current, changes, now });
        return await apply(run, outcome, await publish(draft, options));
      }
      return status === 'waiting' ? await end(run, outcome, status) : await settle(run, outcome, options);
    } finally {
      await draft.discard();
    }
  }

  /** The generation stays; what lives beside it may differ. */
  async function settle(run: Run, outcome: Outcome, { dryRun }: ImportOptions): Promise<ImportReport> {
    const differs = await run.beside.differs();
    if (dryRun) return await end(run, outcome, 'planned');
    if (differs) await run.beside.apply();
    return await end(run, outcome, differs ? 'applied' : 'unchanged');
  }

  async function apply(run: Run, outcome: Outcome, generation: number): Promise<ImportReport> {
    await run.beside.apply();
    const report = createReport(run, outcome, { status: 'applied', generation });
    const { current: from, now } = run;
    const switched = await database.write(async (unit) => {
      if (!(await pointer.advance(unit, { from, to: generation, now }))) return false;
      await pointer.writeDates(unit, generation, run.dates);
      await recordImportRun(unit, report, now);
      await events.extractApplied(unit, report);
      return true;
    });
    if (!switched) {
      await storage.remove(generation);
      throw new ExtractError('the directory was gone back to another state meanwhile: run this import again');
    }
    return report;
  }

  /** Nothing is switched to. */
  async function end(run: Run, outcome: Outcome, status: ImportStatus): Promise<ImportReport> {
    const report = createReport(run, outcome, { status, generation: run.current });
    if (status === 'planned') return report;
    await database.write(async (unit) => {
      if (status === 'waiting') await events.extractWaiting(unit, report);
      else await pointer.writeDates(unit, run.current, run.dates);
      await recordImportRun(unit, report, run.now);
    });
    return report;
  }
}

/** What a run would do, or has done. */
interface Outcome {
  changes: Changes;
  plan: ImportPlan;
}

function publish(draft: GenerationDraft, { onProgress }: ImportOptions): Promise<number> {
  onProgress?.({ phase: 'finishing', part: 0 });
  return draft.publish((part) => onProgress?.({ phase: 'finishing', part }));
}

function decide(changes: Changes, differs: boolean, { dryRun, accept }: ImportOptions): ImportStatus {
  if (dryRun) return 'planned';
  if (!differs) return 'unchanged';
  return isPastThreshold(changes) && !accept ? 'waiting' : 'applied';
}

/** The directory never goes back in time; a file of the very date of the last one replaces it. */
function refuseOlder(extracts: readonly Extract[], dates: ExtractDates): void {
  for (const { title, header, extractedAt } of extracts) {
    const applied = dates[header.kind];
    if (applied === undefined || extractedAt >= applied) continue;
    const [own, last] = [extractedAt, applied].map(describeExtractDate);
    throw new ExtractError(
      `${title} is of ${own}, older than the ${header.kind} of ${last} that the directory holds`,
    );
  }
}

function datesOf(extracts: readonly Extract[]): ExtractDates {
  return Object.fromEntries(extracts.map(({ header, extractedAt }) => [header.kind, extractedAt]));
}

async function scanAll(
  extracts: readonly Extract[],
  { keys }: ImportState,
  { onProgress }: ImportOptions,
): Promise<Scan[]> {
  const scans: Scan[] = [];
  for (const extract of extracts) {
    const scan = await scanExtract(extract, keys, {
      onProgress: ({ rows: done, part }) =>
        onProgress?.({ phase: 'reading', file: extract.name, done, part }),
    });
    refuseEmpty(scan);
    scans.push(scan);
    tidyAfter(extract);
  }
  return scans;
}

/** An extract is the whole of its kind: one without a row, most likely cut off, would end everybody. */
function refuseEmpty({ extract, count }: Scan): void {
  if (count > 0) return;
  throw new ExtractError(`${extract.title} holds no row that can be imported: nothing is changed`);
}

const none = new Uint32Array();

function planFile(scan: Scan, { owners, places }: ImportState): Planned {
  const { kind } = scan.extract.header;
  const isActivities = kind === 'Personne_activite';
  return {
    scan,
    owners: findTouched(scan.ownerDigest, owners[kind] ?? none),
    places: isActivities ? findTouched(scan.placeDigest, places) : { touched: none, vanished: none },
  };
}

const isTouched = ({ owners, places }: Planned): boolean =>
  [owners.touched, owners.vanished, places.touched, places.vanished].some(({ length }) => length > 0);

function nextState(state: ImportState, files: readonly Scan[], changes: Changes): ImportState {
  const owners = Object.fromEntries(files.map((scan) => [scan.extract.header.kind, scan.ownerDigest]));
  const activities = files.find((scan) => scan.extract.header.kind === 'Personne_activite');
  return {
    ...state,
    owners: { ...state.owners, ...owners },
    places: activities?.placeDigest ?? state.places,
    totals: changes.totals(),
    groups: changes.breakdown.totals(),
  };
}
