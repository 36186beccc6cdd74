import { emptyState, numberText } from '#platform/html/components.ts';
import { formatTime } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { TrailEvent } from '../ports.ts';
import { contactEventMessages } from './contact-event-messages.ts';
import { ecpsEventMessages } from './ecps-event-messages.ts';
import { eventMessages } from './event-messages.ts';
import { homeMessages } from './messages.ts';

/** "Ce qui se passe": the trail in words, newest first. */
export function renderEvents(events: readonly TrailEvent[], locale: Locale): Html {
  const empty = emptyState({ icon: 'clock', body: homeMessages(locale).noEvent });
  return html`<div class="card" data-live id="events"><ol class="events" id="events-list" tabindex="0" role="list" aria-labelledby="events-title">${events.map((event) => renderEvent(event, locale))}</ol>${events.length === 0 && empty}</div>`;
}

function renderEvent({ at, name, subject, details }: TrailEvent, locale: Locale): Html {
  const { who, what } = wordsOf(name, details, locale);
  const about = subject && html` · ${numberText('subject', subject)}`;
  return html`<li><time datetime="${new Date(at).toISOString()}">${formatTime(at, locale)}</time> <strong>${who}</strong> : ${what}${about}</li>`;
}

/** Who did what; an event that has no words yet shows its name. */
export function wordsOf(
  name: string,
  details: TrailEvent['details'],
  locale: Locale,
): { who: string; what: string } {
  const messages = {
    ...eventMessages(locale),
    ...ecpsEventMessages(locale),
    ...contactEventMessages(locale),
  };
  if (!(name in messages)) {
    const [who = name, what = ''] = name.split('.');
    return { who, what: what.replaceAll('_', ' ') };
  }
  const { who, what } = messages[name as keyof typeof messages];
  const tell = (text: typeof who | typeof what) => (typeof text === 'string' ? text : text(details));
  return { who: tell(who), what: tell(what) };
}
