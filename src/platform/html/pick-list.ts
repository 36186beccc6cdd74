import { type Html, html } from './html.ts';

export interface Pick {
  /** Unique in the page; the id of the line derives from it. */
  id: string;
  /** What the button submits under the list's `name`. */
  value: string;
  /** The accessible name, alone. */
  label: string;
  /** One line below, the control's description. */
  line?: string;
  /** Shown in the picture. */
  initials: string;
  chosen?: boolean;
}

/** People to choose among: one submit button each, in the form around it. `label` names the list. */
export function pickList(list: { label: string; name: string; entries: readonly Pick[] }): Html {
  return html`<ul class="picks" role="list" aria-label="${list.label}">${list.entries.map((entry) => renderPick(entry, list.name))}</ul>`;
}

function renderPick({ id, value, label, line, initials, chosen }: Pick, name: string): Html {
  const described = line && html` aria-describedby="${id}-line"`;
  return html`<li class="pick${line && ' pick-described'}"><button class="pick-control" name="${name}" value="${value}"${chosen && html` aria-current="true"`}${described}><span>${label}</span></button><span class="avatar" aria-hidden="true">${initials}</span>${line && html`<p class="pick-line" id="${id}-line">${line}</p>`}</li>`;
}

/** "CF" of "Claire Fontaine". */
export function initialsOf(givenName: string, familyName: string): string {
  return `${givenName.slice(0, 1)}${familyName.slice(0, 1)}`.toUpperCase();
}
