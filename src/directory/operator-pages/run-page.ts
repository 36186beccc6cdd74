import { facts, keepTogether, linkRow } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import { renderPage } from '#platform/html/page.ts';
import type { ImportPlan, PlannedExample, PlannedExamples } from '../import/import-plan.ts';
import type { ImportRunWithPlan } from '../import/import-run-store.ts';
import { searchPath } from '../search-pages/search-form.ts';
import { formatCount } from './chart.ts';
import { instantText } from './instant.ts';
import { operatorMessages } from './operator-messages.ts';
import type { OperatorVisit } from './operator-parts.ts';
import { paths } from './operator-paths.ts';
import { type Counts, countsText, durationText, renderWaiting, runTag } from './run-parts.ts';

/** One import: what it read, what it changed or would change, by profession and département, with examples. */
export async function showRun({ c, operator, directory }: OperatorVisit): Promise<Response> {
  const { locale } = c.var;
  const run = await directory.findRun(c.req.param('id') ?? '');
  if (!run) return c.notFound();
  const texts = operatorMessages(locale);
  const title = texts.run.title(instantText(run.startedAt, locale));
  return renderPage(c, {
    title,
    width: 'wide',
    stylesheet: 'operator.css',
    signedIn: operator.signedIn,
    body: html`<h1>${keepTogether(title)}</h1><p>${runTag(run.status, locale)}</p>
${run.status === 'waiting' && renderWaiting(run, locale)}
<section class="card"><h2>${texts.runs.files}</h2>${renderFiles(run, locale)}</section>
<section class="card"><h2>${texts.run.all}</h2>${renderTotals(run, locale)}</section>
${renderPlan(run.plan, locale)}
${linkRow([{ href: paths.overview, label: texts.back }])}`,
  });
}

function renderFiles({ files }: ImportRunWithPlan, locale: Locale): Html {
  const { rows } = operatorMessages(locale).runs;
  return facts(
    files.map(({ kind, name, rows: count, skippedCount }) => ({
      label: kind.replaceAll('_', ' '),
      value: html`${name}<br>${rows(formatCount(count, locale), skippedCount)}`,
    })),
  );
}

function renderTotals(run: ImportRunWithPlan, locale: Locale): Html {
  const { runs } = operatorMessages(locale);
  return facts([
    ...(['practitioners', 'roles', 'organizations'] as const).map((name) => ({
      label: runs[name],
      value: countsText(run[name], locale),
    })),
    { label: runs.duration, value: durationText(run) },
  ]);
}

interface PlannedGroup {
  code: string;
  label: string | null;
  counts: Counts;
}

function renderPlan({ byProfession, byDepartment, examples }: ImportPlan, locale: Locale): Html {
  const { run } = operatorMessages(locale);
  const people = byProfession.map(({ practitioners, ...group }) => ({ ...group, counts: practitioners }));
  const roles = byDepartment.map(({ roles: counts, ...group }) => ({ ...group, counts }));
  return html`${renderGroups(run.professions, people, locale)}${renderGroups(run.departments, roles, locale)}
${renderExamples(run.practitioners, examples.practitioners, locale, searchPath)}
${renderExamples(run.roles, examples.roles, locale)}
${renderExamples(run.organizations, examples.organizations, locale)}`;
}

const shownGroups = 12;

function renderGroups(title: string, groups: readonly PlannedGroup[], locale: Locale): Html | undefined {
  const moved = ({ counts: { created, changed, removed } }: PlannedGroup) => created + changed + removed;
  const sorted = groups.filter((group) => moved(group) > 0).toSorted((a, b) => moved(b) - moved(a));
  if (sorted.length === 0) return undefined;
  const { groups: texts, counts } = operatorMessages(locale);
  const list = (part: readonly PlannedGroup[]) =>
    facts(
      part.map(({ code, label, counts: told }) => ({
        // A name of many letters may break at its hyphen.
        label: html`${label ?? (code || texts.untold)}`,
        value: countsText(told, locale),
      })),
    );
  const rest = sorted.slice(shownGroups);
  return html`<section class="card"><h2>${title}</h2>${list(sorted.slice(0, shownGroups))}${rest.length > 0 && html`<details><summary>${counts.more(rest.length)}</summary>${list(rest)}</details>`}</section>`;
}

function renderExamples(
  title: string,
  examples: PlannedExamples,
  locale: Locale,
  path?: string,
): Html | undefined {
  const { run } = operatorMessages(locale);
  const kinds = (['created', 'changed', 'removed'] as const).filter((kind) => examples[kind].length > 0);
  if (kinds.length === 0) return undefined;
  return html`<section class="card"><h2>${title}</h2><details><summary>${run.open}</summary>${kinds.map(
    (kind) =>
      html`<h3>${run.examples[kind]}</h3><ul class="examples">${examples[kind].map((example) => renderExample(example, path))}</ul>`,
  )}</details></section>`;
}

/** Somebody who leaves has no page any more, and somebody who waits none yet: only text leads nowhere. */
function renderExample({ id, name, detail }: PlannedExample, path?: string): Html {
  const shown = path ? html`<a href="${path}/${id}"><span>${name}</span></a>` : name;
  return html`<li>${shown}${detail && html` <span class="note">${detail}</span>`}</li>`;
}
