import { emptyState, keepTogether, linkRow, notice } from '#platform/html/components.ts';
import { formatDate } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { DirectoryCounts } from '../directory-counts.ts';
import type { ImportRun } from '../import/import-run-store.ts';
import { formatAge, oldAfterMs } from './age.ts';
import { barChart } from './chart.ts';
import { operatorMessages } from './operator-messages.ts';
import type { OperatorVisit } from './operator-parts.ts';
import { paths, pathTo } from './operator-paths.ts';
import { findWaiting, renderRunCard, renderWaiting } from './run-parts.ts';

const shownRuns = 10;

/** How fresh the directory is, what waits for somebody, what imports did, and how many there are. */
export async function showOverview(visit: OperatorVisit): Promise<Response> {
  const { c, operator, directory, desk } = visit;
  const texts = operatorMessages(c.var.locale);
  const { asOf } = await directory.store.current();
  const runs = await directory.listRuns(shownRuns);
  const waiting = findWaiting(runs);
  return renderPage(c, {
    title: texts.title,
    width: 'wide',
    stylesheet: 'operator.css',
    signedIn: operator.signedIn,
    body: html`<h1>${texts.title}</h1>
${renderFreshness(visit, asOf)}
${waiting && renderWaiting(waiting, c.var.locale, pathTo(paths.run, waiting.id))}
${renderQueueLink(visit, (await desk.listReview()).length)}
<section><h2>${texts.runs.title}</h2>${renderRuns(visit, runs)}</section>
${renderCounts(visit, await directory.counts())}`,
  });
}

function renderFreshness({ c, clock }: OperatorVisit, asOf: number | null): Html {
  const { locale } = c.var;
  const { freshness } = operatorMessages(locale);
  if (asOf === null) return notice({ kind: 'attention', ...freshness.empty });
  const ageMs = clock.now() - asOf;
  const told = freshness.told(formatDate(asOf, locale), formatAge(ageMs, locale));
  if (ageMs <= oldAfterMs) return notice({ kind: 'ok', title: told });
  return notice({ kind: 'attention', title: told, body: freshness.old });
}

function renderQueueLink({ c }: OperatorVisit, open: number): Html {
  const { queue } = operatorMessages(c.var.locale);
  return html`<section class="card"><h2>${queue.title}</h2><p>${keepTogether(queue.open(open))}</p>
${linkRow([{ href: paths.queue, label: queue.link }])}</section>`;
}

function renderRuns({ c }: OperatorVisit, runs: readonly ImportRun[]): Html {
  const { locale } = c.var;
  if (runs.length === 0) return emptyState({ icon: 'refresh-cw', body: operatorMessages(locale).runs.none });
  return html`<ol class="runs" role="list">${runs.map((run) => html`<li>${renderRunCard(run, locale)}</li>`)}</ol>`;
}

function renderCounts({ c }: OperatorVisit, { byProfession, byDepartment }: DirectoryCounts): Html {
  const { locale } = c.var;
  const { counts, groups } = operatorMessages(locale);
  const name = (code: string, label: string | null) => label ?? (code === '' ? groups.untold : code);
  const people = byProfession.map(({ code, label, practitioners }) => ({
    label: name(code, label),
    count: practitioners,
  }));
  const roles = byDepartment.map(({ code, label, roles: count }) => ({
    label: code && label ? `${label} (${code})` : name(code, label),
    count,
  }));
  const chart = { shown: 12, more: counts.more, locale };
  return html`<section><h2>${counts.professions}</h2><p class="note">${counts.professionsNote}</p>${barChart(people, chart)}</section>
<section><h2>${counts.departments}</h2><p class="note">${counts.departmentsNote}</p>${barChart(roles, chart)}</section>`;
}
