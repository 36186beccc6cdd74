import type { Argument, Selection, SortRule } from './fhir-resource.ts';
import { outcomes } from './outcome.ts';
import type { ResourceType } from './resource.ts';
import { fhirResources, type Include, includes } from './resources.ts';
import type { SearchContext } from './search-parameter.ts';

/** The national API's page; a page larger than `maxCount` is cut, which FHIR allows. */
const defaultCount = 50;
const maxCount = 2500;

/** Alternatives that one search may name in all; a client with more of them asks several times. */
const maxValues = 1000;
const maxParameters = 100;

const totalModes = ['none', 'estimate', 'accurate'] as const;
export type TotalMode = (typeof totalModes)[number];

export interface SearchRequest {
  type: ResourceType;
  selection: Selection;
  /** Empty for the server's own order. */
  sort: readonly SortRule[];
  count: number;
  /** `undefined`: a total if it is cheap. */
  total: TotalMode | undefined;
  include: readonly Include[];
  revInclude: readonly Include[];
  /** The elements to send, besides those that always are; `undefined` for all. */
  elements: readonly string[] | undefined;
}

/** Parameters that say how to answer, and are not sought: accepted and without effect are the last two. */
const resultParameters = [
  '_count',
  '_total',
  '_include',
  '_revinclude',
  '_elements',
  '_sort',
  '_format',
  '_pretty',
] as const;
type ResultParameter = (typeof resultParameters)[number];

/** Reads a search (https://hl7.org/fhir/R4/search.html). Throws a `FhirError` that names the parameter at fault. */
export function parseSearch(
  type: ResourceType,
  query: URLSearchParams,
  context: SearchContext,
): SearchRequest {
  refuseExcess(query);
  const all = [...query].map(([key, value]) => parseArgument(key, value));
  const valuesOf = (name: ResultParameter) =>
    all.filter((argument) => argument.name === name).map(withoutModifier);
  const criteria = all.filter(({ name }) => !(resultParameters as readonly string[]).includes(name));
  return {
    type,
    selection: fhirResources[type].select(criteria, context),
    sort: parseSort(valuesOf('_sort'), type),
    count: parseCount(onlyOne('_count', valuesOf('_count'))),
    total: parseTotal(onlyOne('_total', valuesOf('_total'))),
    include: valuesOf('_include').flatMap((value) => parseInclude('_include', value, type)),
    revInclude: valuesOf('_revinclude').flatMap((value) => parseInclude('_revinclude', value, type)),
    elements: parseElements(valuesOf('_elements')),
  };
}

function refuseExcess(query: URLSearchParams): void {
  const values = [...query.values()].reduce((sum, value) => sum + value.split(',').length, 0);
  if (query.size > maxParameters) throw outcomes.tooCostly(`${maxParameters} parameters`);
  if (values > maxValues) throw outcomes.tooCostly(`${maxValues} values`);
}

function parseArgument(key: string, value: string): Argument {
  const [name = '', ...modifier] = key.split(':');
  return modifier.length > 0 ? { name, modifier: modifier.join(':'), value } : { name, value };
}

function withoutModifier({ name, modifier, value }: Argument): string {
  if (modifier !== undefined) throw outcomes.unknownModifier(name, modifier.slice(0, 32));
  return value;
}

function onlyOne(name: ResultParameter, values: readonly string[]): string | undefined {
  if (values.length > 1) throw outcomes.repeatedParameter(name);
  return values[0];
}

/** How many a page has. */
export function parseCount(text: string | undefined): number {
  if (text === undefined) return defaultCount;
  if (!/^\d{1,9}$/.test(text)) throw outcomes.invalidValue('_count', 'a number of resources');
  return Math.min(Number(text), maxCount);
}

/** https://hl7.org/fhir/R4/search.html#sort; a parameter that is named again says nothing new. */
function parseSort(values: readonly string[], type: ResourceType): SortRule[] {
  const rules = values.flatMap((value) => value.split(',')).map((rule) => parseSortRule(rule, type));
  return [...new Map(rules.toReversed().map((rule) => [rule.name, rule])).values()].toReversed();
}

function parseSortRule(rule: string, type: ResourceType): SortRule {
  const { sorts } = fhirResources[type];
  const descending = rule.startsWith('-');
  const name = sorts.find((sort) => sort === rule.slice(descending ? 1 : 0));
  if (name) return { name, descending };
  throw outcomes.invalidValue('_sort', `one or more of ${sorts.join(', ')}, with - before it for descending`);
}

function parseTotal(text: string | undefined): TotalMode | undefined {
  if (text === undefined) return undefined;
  const mode = totalModes.find((candidate) => candidate === text);
  if (!mode) throw outcomes.invalidValue('_total', `one of ${totalModes.join(', ')}`);
  return mode;
}

function parseElements(values: readonly string[]): string[] | undefined {
  if (values.length === 0) return undefined;
  const elements = values.flatMap((value) => value.split(',')).map((element) => element.trim());
  if (elements.some((element) => !/^[A-Za-z]+$/.test(element))) {
    throw outcomes.invalidValue('_elements', 'a list of element names');
  }
  return elements;
}

/** `Source:parameter`, `Source:parameter:Target` or `*`, as far as it starts (or ends) at the type searched. */
function parseInclude(name: '_include' | '_revinclude', value: string, type: ResourceType): Include[] {
  const possible = includes.filter(({ source, target }) => (name === '_include' ? source : target) === type);
  if (value === '*') return possible;
  const asked = possible.find(({ source, parameter, target }) =>
    [`${source}:${parameter}`, `${source}:${parameter}:${target}`].includes(value),
  );
  if (!asked) throw outcomes.invalidValue(name, describe(possible));
  return [asked];
}

function describe(possible: readonly Include[]): string {
  const names = possible.map(({ source, parameter }) => `${source}:${parameter}`);
  return names.length > 0 ? `one of ${names.join(', ')}` : 'left out: this type has none';
}
