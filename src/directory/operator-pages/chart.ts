import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';

export interface Bar {
  label: string;
  count: number;
}

export const formatCount = (count: number, locale: Locale): string =>
  new Intl.NumberFormat(locale).format(count);

/**
 * Bars with their numbers, longest first: a list that is read as "label, number"; the bar itself is for the eye alone.
 * The first `shown` are open, the others a click away.
 */
export function barChart(
  bars: readonly Bar[],
  { shown, more, locale }: { shown: number; more(rest: number): string; locale: Locale },
): Html {
  const sorted = bars.toSorted((a, b) => b.count - a.count || a.label.localeCompare(b.label, 'fr'));
  const most = sorted[0]?.count ?? 0;
  const list = (part: readonly Bar[]) =>
    html`<ul class="bars" role="list">${part.map((bar) => renderBar(bar, most, locale))}</ul>`;
  const rest = sorted.slice(shown);
  return html`${list(sorted.slice(0, shown))}${rest.length > 0 && html`<details><summary>${more(rest.length)}</summary>${list(rest)}</details>`}`;
}

/** Attributes, not styles: the page allows none inline. */
function renderBar({ label, count }: Bar, most: number, locale: Locale): Html {
  const width = most === 0 ? 0 : Math.max(0.5, (count / most) * 100);
  return html`<li><span>${label}</span> <strong class="figures">${formatCount(count, locale)}</strong><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${width.toFixed(1)}" height="8"/></svg></li>`;
}
