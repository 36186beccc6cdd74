import type { Filter } from '../directory-store.ts';
import { parseDateRange } from './date-range.ts';
import { outcomes } from './outcome.ts';
import type { ResourceType } from './resource.ts';

/** What a value may refer to besides itself. */
export interface SearchContext {
  /** Milliseconds, for the prefix `ap`. */
  now: number;
  /** This server's FHIR base, for references written as addresses. */
  base: string;
}

/** One search parameter of one resource type: what the CapabilityStatement says, and what it means to the store. */
export interface SearchParameter<Field extends string> {
  name: string;
  type: 'token' | 'string' | 'reference' | 'date';
  modifiers: readonly string[];
  /** `values` are alternatives, still escaped. Throws a `FhirError` that names the parameter. */
  parse(values: readonly string[], modifier: string | undefined, context: SearchContext): Filter<Field>;
}

export const never: Filter<never> = { anyOf: [] };
export const always: Filter<never> = { allOf: [] };

/** Takes a value apart at `separator` where it is not escaped: https://hl7.org/fhir/R4/search.html#escaping */
export function splitEscaped(text: string, separator: ',' | '|'): string[] {
  const parts = [''];
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const last = parts.length - 1;
    if (char === '\\' && i + 1 < text.length) parts[last] += char + text.charAt(++i);
    else if (char === separator) parts.push('');
    else parts[last] += char;
  }
  return parts;
}

export const unescapeValue = (text: string): string => text.replace(/\\(.)/gs, '$1');

/** https://hl7.org/fhir/R4/search.html#string */
export function stringParameter<Field extends string>(
  name: string,
  ...fields: Field[]
): SearchParameter<Field> {
  return {
    name,
    type: 'string',
    modifiers: ['exact', 'contains'],
    parse(values, modifier) {
      const match = modifier === 'exact' ? 'equals' : modifier === 'contains' ? 'contains' : 'startsWith';
      const texts = values.map(unescapeValue);
      return { anyOf: fields.map((field) => ({ field, match, values: texts })) };
    },
  };
}

/** https://hl7.org/fhir/R4/search.html#date, for `_lastUpdated`. */
export function dateParameter<Field extends string>(name: string, field: Field): SearchParameter<Field> {
  return {
    name,
    type: 'date',
    modifiers: [],
    parse: (values, _modifier, { now }) => ({
      anyOf: values.map((value) => inRange(name, field, value, now)),
    }),
  };
}

function inRange<Field extends string>(
  name: string,
  field: Field,
  value: string,
  now: number,
): Filter<Field> {
  const range = parseDateRange(value, now);
  if (!range) throw outcomes.invalidValue(name, 'a date such as ge2026-01-31');
  const bounds: Filter<Field>[] = [];
  if (range.from !== undefined) bounds.push({ field, match: 'ge', values: [range.from] });
  if (range.to !== undefined) bounds.push({ field, match: 'lt', values: [range.to] });
  const inside: Filter<Field> = { allOf: bounds };
  return range.outside ? { noneOf: [inside] } : inside;
}

/** https://hl7.org/fhir/R4/search.html#reference: an id, `Type/id`, or this server's address of it. */
export function referenceParameter<Field extends string>(
  name: string,
  target: ResourceType,
  field: Field,
): SearchParameter<Field> {
  return {
    name,
    type: 'reference',
    modifiers: [target],
    parse(values, _modifier, { base }) {
      const ids = values
        .map((value) => referencedId(unescapeValue(value), target, base))
        .filter((id) => id !== undefined);
      return ids.length > 0 ? { field, match: 'equals', values: ids } : never;
    },
  };
}

function referencedId(value: string, target: ResourceType, base: string): string | undefined {
  const local = value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value;
  const [first, second, ...rest] = local.split('/');
  if (rest.length > 0) return undefined;
  if (second === undefined) return first;
  return first === target ? second : undefined;
}
