import type { DirectoryReader, Filter, Search } from '../directory-store.ts';
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

/** Where a page lies among the resources of a selection, which are in order of id. */
export interface Paging {
  afterId?: string;
  beforeId?: string;
  limit: number;
}

/** The resources that a query asks for. */
export interface Selection {
  page(reader: DirectoryReader, paging: Paging): Promise<Found[]>;
  count(reader: DirectoryReader): Promise<number>;
}

/** A resource type as the routes and the CapabilityStatement see it. */
export interface FhirResource {
  type: ResourceType;
  parameters: readonly Pick<SearchParameter<string>, 'name' | 'type' | 'modifiers'>[];
  /** Throws a `FhirError` for unknown parameters, modifiers and malformed values. */
  select(query: readonly Argument[], context: SearchContext): Selection;
  /** Those with one of these ids in the field that a reference parameter looks at, or in `id`. */
  selectLinked(parameter: string, ids: readonly string[]): Selection;
}

export interface FhirResourceDefinition<Field extends string, Item> {
  type: ResourceType;
  parameters: readonly SearchParameter<Field>[];
  search(reader: DirectoryReader, search: Search<Field>): Promise<Item[]>;
  count(reader: DirectoryReader, where: readonly Filter<Field>[]): Promise<number>;
  render(item: Item): Resource;
  references(item: Item): Readonly<Record<string, string | null>>;
  /** The fields behind the parameters that link resources. */
  links: Readonly<Record<string, Field>>;
}

/** Ties a type's parameters to the store and to its wire form. */
export function defineFhirResource<Field extends string, Item>(
  definition: FhirResourceDefinition<Field, Item>,
): FhirResource {
  const { type, parameters, links } = definition;
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const selection = (where: readonly Filter<Field>[]): Selection => ({
    async page(reader, paging) {
      const items = await definition.search(reader, { where, ...paging });
      return items.map((item) => ({
        resource: definition.render(item),
        references: definition.references(item),
      }));
    },
    count: (reader) => definition.count(reader, where),
  });
  return {
    type,
    parameters,
    select(query, context) {
      return selection(query.map((argument) => filterOf(argument, byName.get(argument.name), type, context)));
    },
    selectLinked(name, ids) {
      const field = links[name];
      return selection(field ? [{ field, match: 'equals', values: ids }] : [{ anyOf: [] }]);
    },
  };
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
  if (value.length > maxValueLength) throw outcomes.tooLong(name, maxValueLength);
  const values = splitEscaped(value, ',').filter((part) => part !== '');
  if (values.length === 0) throw outcomes.invalidValue(name, 'given a value');
  return parameter.parse(values, modifier, context);
}

function refuseModifier(name: string, modifier: string) {
  const known = (resourceTypes as readonly string[]).includes(modifier);
  return outcomes.unknownModifier(name, known ? modifier : modifier.slice(0, 32));
}
