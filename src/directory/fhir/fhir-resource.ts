import type { DirectoryReader, Filter, Order, Search } from '../directory-store.ts';
import { outcomes } from './outcome.ts';
import { type Resource, type ResourceType, resourceTypes } from './resource.ts';
import { type SearchContext, type SearchParameter, splitEscaped } from './search-parameter.ts';

/** Longest parameter value, as in the national API. */
const maxValueLength = 1024;

/** One parameter of a query, such as `name:contains=a,b`. */
export interface Argument {
  name: string;
  modifier?: string;
  value: string;
}

/** A resource and the ids that it refers to, by the name of the search parameter that follows the reference. */
export interface Found {
  resource: Resource;
  references: Readonly<Record<string, string | null>>;
}

/** A rule of `_sort`. */
export interface SortRule {
  /** A search parameter's. */
  name: string;
  descending: boolean;
}

/** Where a page lies among the resources of a selection. */
export interface Paging {
  /** One of `sorts` each; without any the order is the server's own. */
  sort?: readonly SortRule[];
  afterId?: string;
  beforeId?: string;
  limit: number;
}

/** The resources that a query asks for. */
export interface Selection {
  page(reader: DirectoryReader, paging: Paging): Promise<Found[]>;
  /** Stops at `atMost` where that is told. */
  count(reader: DirectoryReader, atMost?: number): Promise<number>;
}

type DeclaredParameter = Pick<SearchParameter<string>, 'name' | 'type' | 'modifiers'>;

/** A search parameter that the national API has not. */
export interface JointParameter {
  name: string;
  type: 'string' | 'token';
  documentation: string;
}

/** A resource type as the routes and the CapabilityStatement see it. */
export interface FhirResource {
  type: ResourceType;
  parameters: readonly DeclaredParameter[];
  /** Parameters of our own. */
  ownParameters: readonly JointParameter[];
  /** Parameters that have an order. */
  sorts: readonly string[];
  /** Throws a `FhirError` for unknown parameters, modifiers and malformed values. */
  select(query: readonly Argument[], context: SearchContext): Selection;
  /** Those with one of these ids in the field that a reference parameter looks at, or in `id`. */
  selectLinked(parameter: string, ids: readonly string[]): Selection;
}

export interface FhirResourceDefinition<Field extends string, Item> {
  type: ResourceType;
  parameters: readonly SearchParameter<Field>[];
  search(reader: DirectoryReader, search: Search<Field>): Promise<Item[]>;
  count(reader: DirectoryReader, where: readonly Filter<Field>[], atMost?: number): Promise<number>;
  render(item: Item): Resource;
  references(item: Item): Readonly<Record<string, string | null>>;
  /** The fields behind the parameters that have an order. */
  sorts: Readonly<Record<string, readonly Field[]>>;
  /** The fields behind the parameters that link resources. */
  links: Readonly<Record<string, Field>>;
  /** Reads a criterion on another resource, `practitioner.family` or `_has:…`; `undefined` for any other name. */
  parseChained?: ChainParser<Field>;
  /** Parameters that are one question together. */
  together?: JointSearch<Field>;
}

export type ChainParser<Field extends string> = (
  argument: Argument,
  context: SearchContext,
) => Filter<Field> | undefined;

export interface JointSearch<Field extends string> {
  parameters: readonly JointParameter[];
  /** Throws a `FhirError` for malformed ones. */
  parse(query: readonly Argument[]): (reader: DirectoryReader) => Promise<readonly Filter<Field>[]>;
}

/** Ties a type's parameters to the store and to its wire form. */
export function defineFhirResource<Field extends string, Item>(
  definition: FhirResourceDefinition<Field, Item>,
): FhirResource {
  const { type, parameters, links, together } = definition;
  const selection = (whereOf: WhereOf<Field>): Selection => ({
    async page(reader, { sort = [], ...paging }) {
      const order = sort.flatMap((rule) => orderOf(definition.sorts, rule));
      const items = await definition.search(reader, { where: await whereOf(reader), order, ...paging });
      return items.map((item) => ({
        resource: definition.render(item),
        references: definition.references(item),
      }));
    },
    count: async (reader, atMost) => definition.count(reader, await whereOf(reader), atMost),
  });
  return {
    type,
    parameters,
    ownParameters: together?.parameters ?? [],
    sorts: Object.keys(definition.sorts),
    select: (query, context) => selection(parseQuery(definition, query, context)),
    selectLinked(name, ids) {
      const field = links[name];
      const where: Filter<Field> = field ? { field, match: 'equals', values: ids } : { anyOf: [] };
      return selection(async () => [where]);
    },
  };
}

function orderOf<Field extends string>(
  sorts: Readonly<Record<string, readonly Field[]>>,
  { name, descending }: SortRule,
): Order<Field>[] {
  return (sorts[name] ?? []).map((field) => ({ field, descending }));
}

type WhereOf<Field extends string> = (reader: DirectoryReader) => Promise<readonly Filter<Field>[]>;

type Criteria<Field extends string> = Pick<
  FhirResourceDefinition<Field, never>,
  'type' | 'parameters' | 'parseChained' | 'together'
>;

function parseQuery<Field extends string>(
  definition: Criteria<Field>,
  query: readonly Argument[],
  context: SearchContext,
): WhereOf<Field> {
  const { together } = definition;
  const isJoint = ({ name }: Argument) => together?.parameters.some((own) => own.name === name) ?? false;
  const joint = query.filter(isJoint);
  const where = query
    .filter((argument) => !isJoint(argument))
    .map((argument) => parseCriterion(definition, argument, context));
  if (!together || joint.length === 0) return async () => where;
  const ask = together.parse(joint);
  return askOnce(async (reader) => [...where, ...(await ask(reader))]);
}

/** A page and its total are of one generation: what they look for is found out once. */
function askOnce<Field extends string>(whereOf: WhereOf<Field>): WhereOf<Field> {
  let asked: ReturnType<WhereOf<Field>> | undefined;
  return (reader) => {
    asked ??= whereOf(reader);
    return asked;
  };
}

/** One parameter of a query, also of another resource's. */
export function parseCriterion<Field extends string>(
  { type, parameters, parseChained }: Criteria<Field>,
  argument: Argument,
  context: SearchContext,
): Filter<Field> {
  const chained = parseChained?.(argument, context);
  if (chained) return chained;
  const parameter = parameters.find(({ name }) => name === argument.name);
  return filterOf(argument, parameter, type, context);
}

function filterOf<Field extends string>(
  { name, modifier, value }: Argument,
  parameter: SearchParameter<Field> | undefined,
  type: ResourceType,
  context: SearchContext,
): Filter<Field> {
  if (!parameter) throw outcomes.unknownParameter(name.slice(0, 64), type);
  const { modifiers } = parameter;
  if (modifier !== undefined && !modifiers.includes(modifier)) throw refuseModifier(name, modifier);
  return parameter.parse(valuesOf(name, value), modifier, context);
}

/** The alternatives of a parameter, still escaped. */
export function valuesOf(name: string, value: string): string[] {
  if (value.length > maxValueLength) throw outcomes.tooLong(name, maxValueLength);
  const values = splitEscaped(value, ',').filter((part) => part !== '');
  if (values.length === 0) throw outcomes.invalidValue(name, 'given a value');
  return values;
}

function refuseModifier(name: string, modifier: string) {
  const known = (resourceTypes as readonly string[]).includes(modifier);
  return outcomes.unknownModifier(name, known ? modifier : modifier.slice(0, 32));
}
