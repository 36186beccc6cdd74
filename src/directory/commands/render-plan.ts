import type { ChangeCounts } from '../import/changes.ts';
import type { ImportPlan, PlannedExamples } from '../import/import-plan.ts';

const things = ['practitioners', 'roles', 'organizations'] as const;
const kinds = ['created', 'changed', 'removed'] as const;

type Counted = Record<(typeof things)[number], ChangeCounts>;

/** A line for each kind of resource. */
export const renderCounts = (counted: Counted): string[] =>
  things.map((name) => {
    const { created, changed, removed, unchanged } = counted[name];
    return `${name.padEnd(14)} ${created} created, ${changed} changed, ${removed} removed, ${unchanged} unchanged`;
  });

/** A plan in words: where something differs, and examples of it. */
export function renderPlan(plan: ImportPlan): string[] {
  const professions = plan.byProfession.map(({ code, label, practitioners, roles }) => [
    nameOf(code, label, 'no profession'),
    renderChanges(practitioners),
    renderChanges(roles),
  ]);
  const departments = plan.byDepartment.map(({ code, label, roles, organizations }) => [
    nameOf(code, label, 'no département'),
    renderChanges(roles),
    renderChanges(organizations),
  ]);
  return [
    ...renderTable(['By profession', 'practitioners', 'roles'], professions),
    ...renderTable(['By département', 'roles', 'organizations'], departments),
    ...things.flatMap((name) => renderExamples(name, plan.examples[name])),
  ];
}

const nameOf = (code: string, label: string | null, nothing: string): string =>
  code === '' ? nothing : [code, label].filter(Boolean).join(' ');

type Changed = Pick<ChangeCounts, 'created' | 'changed' | 'removed'>;

/** `+2 ~1 -3`; nothing for what does not differ. */
function renderChanges({ created, changed, removed }: Changed): string {
  const parts = [created && `+${created}`, changed && `~${changed}`, removed && `-${removed}`];
  return parts.filter(Boolean).join(' ');
}

function renderTable(head: string[], rows: string[][]): string[] {
  if (rows.length === 0) return [];
  const title = `${head[0]} (+ created, ~ changed, - removed)`;
  const all = [[title, ...head.slice(1)], ...rows.map(([name, ...rest]) => [`  ${name}`, ...rest])];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function renderExamples(name: string, examples: PlannedExamples): string[] {
  return kinds.flatMap((kind) => {
    const lines = examples[kind].map(({ name, detail }) => `  ${[name, detail].filter(Boolean).join(', ')}`);
    return lines.length > 0 ? [`Some of the ${name} ${kind}:`, ...lines] : [];
  });
}
