import { type Html, html } from './html.ts';
import { type IconName, icon } from './icons.ts';
import { keepTogether } from './keep-together.ts';

export { errorSummary, type Field, field } from './fields.ts';
export { keepTogether } from './keep-together.ts';
export { type NumberKind, numberText } from './numbers.ts';
export { initialsOf, type Pick, pickList } from './pick-list.ts';

type Text = string | Html;

function text(value: Text): Text {
  return typeof value === 'string' ? keepTogether(value) : value;
}

/** Attributes of a control: either a link, or a submit button of the form around it. */
export interface Action {
  href?: string;
  /** Name of a tab, for a link (`portail`). */
  target?: string;
  /** Name and value that the button submits. */
  name?: string;
  value?: string;
  disabled?: boolean;
  /** A button that submits nothing: a script of the page gives it its act. */
  type?: 'button';
  /** Id of an element that describes the control. */
  describedBy?: string;
}

export interface Button extends Action {
  label: string;
  /** `primary` (one a screen), `secondary`, `quiet` (looks like a link), `danger` (quiet, for a destructive act). */
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  icon?: IconName;
}

/** A submit button, or a link that looks like one when it has `href`. */
export function button({ label, kind = 'primary', icon: picture, ...action }: Button): Html {
  const content = html`${picture && icon(picture)}<span>${keepTogether(label)}</span>`;
  return control(kind === 'primary' || kind === 'secondary' ? `button ${kind}` : kind, action, content);
}

function control(className: string, action: Action, content: Html): Html {
  const named = html`${action.describedBy && html` aria-describedby="${action.describedBy}"`}`;
  if (action.href !== undefined) {
    return html`<a class="${className}" href="${action.href}"${action.target && html` target="${action.target}"`}${named}>${content}</a>`;
  }
  return html`<button class="${className}"${action.name && html` name="${action.name}" value="${action.value ?? ''}"`}${action.type && html` type="button"`}${action.disabled && html` disabled`}${named}>${content}</button>`;
}

export interface ChoiceCard extends Omit<Action, 'describedBy'> {
  /** Unique in the page; the id of the line derives from it. */
  id: string;
  icon: IconName;
  /** The accessible name, alone. */
  label: string;
  /** One line below, the control's description. */
  line?: Text;
  /** The one that was used last. */
  preferred?: boolean;
}

/**
 * A large control with picture, name, one line and an arrow: a link with `href`, else a submit button. The line
 * lies over the control in the same grid, not inside it: the accessible name is the label and nothing more.
 */
export function choiceCard({ id, icon: picture, label, line, preferred, ...action }: ChoiceCard): Html {
  const content = html`<span class="choice-icon">${icon(picture)}</span><strong class="choice-name">${keepTogether(label)}</strong>${icon('arrow-right')}`;
  const described = line !== undefined ? { describedBy: `${id}-line` } : {};
  const chosen = control(
    `choice-control${preferred ? ' choice-preferred' : ''}`,
    { ...action, ...described },
    content,
  );
  return html`<div class="choice${line && ' choice-described'}">${chosen}${line && html`<p id="${id}-line">${text(line)}</p>`}</div>`;
}

export interface Fact {
  label: Text;
  value: Text;
}

/** Labels and values, one pair a line; pairs without value are the caller's to leave out. */
export function facts(entries: readonly Fact[]): Html {
  return html`<dl class="facts">${entries.map(({ label, value }) => html`<div><dt>${text(label)}</dt><dd>${text(value)}</dd></div>`)}</dl>`;
}

export interface Notice {
  kind: 'attention' | 'ok' | 'danger' | 'info';
  title?: Text;
  body?: Text;
  action?: Html;
  /** `data-testid` and `data-code` of the sentence. */
  testId?: string;
  code?: string;
  /** Announces it as it appears (`alert` for an error that follows an act). */
  role?: 'alert' | 'status';
}

const noticeIcons = {
  attention: 'triangle-alert',
  ok: 'circle-check',
  danger: 'circle-alert',
  info: 'info',
} as const satisfies Record<Notice['kind'], IconName>;

/** A coloured edge, an icon, a sentence, an action. */
export function notice({ kind, title, body, action, testId, code, role }: Notice): Html {
  return html`<div class="notice notice-${kind}"${role && html` role="${role}"`}${testId && html` data-testid="${testId}"`}${code && html` data-code="${code}"`}>${icon(noticeIcons[kind])}<div>${title && html`<p><strong>${text(title)}</strong></p>`}${body && html`<p>${text(body)}</p>`}${action}</div></div>`;
}

/** A short state in words and colour. */
export function statusTag(kind: Notice['kind'], label: string): Html {
  return html`<span class="tag tag-${kind}">${keepTogether(label)}</span>`;
}

/** A row of further links below the main action; `linkRow([{ href, label }])`. */
export function linkRow(links: readonly { href: string; label: string; target?: string }[]): Html {
  return html`<ul class="link-row">${links.map(({ href, label, target }) => html`<li><a href="${href}"${target && html` target="${target}"`}><span>${keepTogether(label)}</span></a></li>`)}</ul>`;
}

/** Numbered steps of a way out. */
export function steps(items: readonly Text[]): Html {
  return html`<ol class="steps">${items.map((item) => html`<li>${text(item)}</li>`)}</ol>`;
}

/** The service that asks for the sign-in: "Vous allez vous connecter à **service** · host". */
export function serviceHeader(service: { lead: string; name: string; host: string }): Html {
  return html`<p class="service"><span class="service-mark" aria-hidden="true">${service.name.trim().slice(0, 1).toUpperCase()}</span><span><span class="service-lead">${service.lead}</span> <strong>${service.name}</strong> <span class="service-host">· ${service.host}</span></span></p>`;
}

export interface Place {
  /** Unique in the page. */
  id: string;
  name: string;
  tag?: Html;
  address?: string;
  facts: readonly Fact[];
  actions?: Html;
}

/** One place of practice; its name is the article's heading and accessible name. */
export function placeCard(place: Place): Html {
  return html`<article class="card place" aria-labelledby="${place.id}"><div class="place-head"><h2 id="${place.id}">${place.name}</h2>${place.tag}</div>${place.address && html`<p class="place-address">${icon('map-pin')}<span>${place.address}</span></p>`}${facts(place.facts)}${place.actions && html`<div class="actions">${place.actions}</div>`}</article>`;
}

export interface State {
  icon: IconName;
  /** What it means, or what we wait for. */
  body: Text;
  /** How long is left (waiting). */
  left?: Text;
  /** The next step, or the way out. */
  action?: Html;
}

/** Nothing to show yet: what it means and the next step. */
export function emptyState({ icon: picture, body, action }: State): Html {
  return html`<div class="empty">${icon(picture)}<p>${text(body)}</p>${action}</div>`;
}

/** Waiting: what for, how long is left, a way out. */
export function waitingState({ icon: picture, body, left, action }: State): Html {
  return html`<div class="empty waiting" role="status">${icon(picture)}<p>${text(body)}</p>${left && html`<p class="left">${text(left)}</p>`}${action}</div>`;
}
