import type { Filter } from '../directory-store.ts';
import { outcomes } from './outcome.ts';
import { never, type SearchParameter, splitEscaped, unescapeValue } from './search-parameter.ts';
import type { TokenSource } from './token-source.ts';

/** https://hl7.org/fhir/R4/search.html#token: `code`, `system|code`, `system|`, `|code`, and `:not`. */
export function tokenParameter<Field extends string>(
  name: string,
  ...sources: readonly TokenSource<Field>[]
): SearchParameter<Field> {
  return parameterOf(name, (text) => matchToken(text, sources));
}

/** A token parameter on a boolean element. */
export function booleanParameter<Field extends string>(name: string, field: Field): SearchParameter<Field> {
  return parameterOf(name, (text) => {
    if (text !== 'true' && text !== 'false') throw outcomes.invalidValue(name, 'true or false');
    return { field, match: 'equals', values: [text === 'true'] };
  });
}

/** A reference that holds an identifier instead of an id: https://hl7.org/fhir/R4/search.html#identifier */
export function logicalReferenceParameter<Field extends string>(
  name: string,
  source: TokenSource<Field>,
): SearchParameter<Field> {
  return {
    name,
    type: 'reference',
    modifiers: ['identifier'],
    parse: (values, modifier) =>
      modifier === undefined ? never : { anyOf: values.map((value) => matchToken(value, [source])) },
  };
}

function parameterOf<Field extends string>(
  name: string,
  match: (text: string) => Filter<Field>,
): SearchParameter<Field> {
  return {
    name,
    type: 'token',
    modifiers: ['not'],
    parse(values, modifier) {
      const matches = values.map(match);
      return modifier === 'not' ? { noneOf: matches } : { anyOf: matches };
    },
  };
}

function matchToken<Field extends string>(
  text: string,
  sources: readonly TokenSource<Field>[],
): Filter<Field> {
  const [first = '', ...rest] = splitEscaped(text, '|').map(unescapeValue);
  if (rest.length === 0) return { anyOf: sources.map((source) => source.code(first)) };
  const code = rest.join('|');
  const ofSystem = sources
    .filter(({ systems }) => Object.hasOwn(systems, first))
    .flatMap(({ systems }) => systems[first] ?? []);
  return { anyOf: ofSystem.map((system) => (code === '' ? system.any : system.code(code))) };
}
