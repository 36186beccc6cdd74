import { facts, keepTogether, notice, statusTag } from '#platform/html/components.ts';
import { formatDuration } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { ImportStatus } from '../import/import-report.ts';
import type { ImportRun } from '../import/import-run-store.ts';
import { formatCount } from './chart.ts';
import { timeTag } from './instant.ts';
import { operatorMessages } from './operator-messages.ts';
import { paths, pathTo } from './operator-paths.ts';

const kinds = { applied: 'ok', unchanged: 'info', waiting: 'attention', planned: 'info' } as const;

export const runTag = (status: ImportStatus, locale: Locale): Html =>
  statusTag(kinds[status], operatorMessages(locale).runs.statuses[status]);

/** The newest run that waits for somebody; one that was applied since has settled it. Newest first. */
export function findWaiting(runs: readonly ImportRun[]): ImportRun | undefined {
  const settled = runs.findIndex(({ status }) => status === 'applied');
  const later = settled < 0 ? runs : runs.slice(0, settled);
  return later.find(({ status }) => status === 'waiting');
}

/** A run that waits, its plan at `href`, and the command that accepts it: only the command has the very file, and looks at it again. */
export function renderWaiting(run: ImportRun, locale: Locale, href?: string): Html {
  const { waiting } = operatorMessages(locale).runs;
  const names = run.files.map(({ name }) => name).join(' ');
  const action = html`<p><code class="command">npm run hygie -- directory import ${names} <span class="nowrap">--accept</span></code></p>
${href && html`<p><a href="${href}">${keepTogether(waiting.plan)}</a></p>`}`;
  return notice({ kind: 'attention', title: waiting.title, body: waiting.body, action, testId: 'waiting' });
}

export interface Counts {
  created: number;
  changed: number;
  removed: number;
}

/** "12 nouveaux, 340 changés, 8 partis"; what is none is left out. */
export function countsText(counts: Counts, locale: Locale): string {
  const texts = operatorMessages(locale).runs.counts;
  const told = (['created', 'changed', 'removed'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => texts[kind](formatCount(counts[kind], locale), counts[kind]));
  return told.join(', ') || texts.none;
}

export const durationText = ({ seconds }: Pick<ImportRun, 'seconds'>): string =>
  seconds < 1 ? '< 1 s' : formatDuration(seconds * 1000);

/** One run in a list. */
export function renderRunCard(run: ImportRun, locale: Locale): Html {
  const { runs } = operatorMessages(locale);
  const { practitioners, roles, organizations } = run;
  return html`<article class="card run"><h3><a href="${pathTo(paths.run, run.id)}">${timeTag(run.startedAt, locale)}</a></h3>${runTag(run.status, locale)}
${facts([
  { label: runs.files, value: filesText(run, locale) },
  { label: runs.practitioners, value: countsText(practitioners, locale) },
  { label: runs.roles, value: countsText(roles, locale) },
  { label: runs.organizations, value: countsText(organizations, locale) },
  { label: runs.duration, value: durationText(run) },
])}</article>`;
}

function filesText({ files }: ImportRun, locale: Locale): Html {
  const { rows } = operatorMessages(locale).runs;
  return html`${files.map(({ name, rows: count, skippedCount }, index) => html`${index > 0 && html`<br>`}${name} · ${rows(formatCount(count, locale), skippedCount)}`)}`;
}
