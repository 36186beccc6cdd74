import { type Html, html } from './html.ts';
import { icon } from './icons.ts';
import { keepTogether } from './keep-together.ts';

export interface Field {
  /** Name that is submitted, and the id. */
  name: string;
  label: string;
  hint?: string;
  /** What is wrong and what to do; ties itself to the input. */
  error?: string | undefined;
  type?: 'text' | 'password' | 'email' | 'tel' | 'search';
  value?: string | undefined;
  autocomplete?: string;
  inputMode?: 'numeric' | 'tel' | 'email' | 'text';
  maxLength?: number;
  required?: boolean;
  /** Takes the focus when the page opens: the first field, or the first in error. */
  autofocus?: boolean;
  /** Wide tabular figures, for codes and numbers. */
  figures?: boolean;
}

/** A labelled input: label above, hint and error below. */
export function field(input: Field): Html {
  const { name, hint, error } = input;
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return html`<div class="field${error ? ' field-error' : ''}"><label for="${name}">${keepTogether(input.label)}</label>
<input id="${name}" name="${name}" type="${input.type ?? 'text'}"${attributes(input)}${described && html` aria-describedby="${described}"`}${error && html` aria-invalid="true"`}>${hint && html`<p class="hint" id="${name}-hint">${keepTogether(hint)}</p>`}${error && html`<p class="error" id="${name}-error">${icon('circle-alert')}<span>${keepTogether(error)}</span></p>`}</div>`;
}

function attributes(input: Field): Html {
  return html`${input.figures && html` class="figures"`}${input.value !== undefined && html` value="${input.value}"`}${input.autocomplete && html` autocomplete="${input.autocomplete}"`}${input.inputMode && html` inputmode="${input.inputMode}"`}${input.maxLength && html` maxlength="${input.maxLength}"`}${input.required && html` required`}${input.autofocus && html` autofocus`}`;
}

/** Several errors at once: links to the fields, focused when the page opens. */
export function errorSummary(title: string, errors: readonly { field: string; message: string }[]): Html {
  return html`<div class="notice notice-danger" role="alert" tabindex="-1" autofocus>${icon('circle-alert')}<div><p><strong>${keepTogether(title)}</strong></p><ul>${errors.map(({ field: id, message }) => html`<li><a href="#${id}"><span>${keepTogether(message)}</span></a></li>`)}</ul></div></div>`;
}
