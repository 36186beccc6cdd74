import type { Condition, Filter } from '../directory-store.ts';
import type { CodeFamily } from './code-systems.ts';
import { never } from './search-parameter.ts';

interface SystemCodes<Field extends string> {
  /** Resources that have any code of the system. */
  any: Filter<Field>;
  /** Resources that have this code of it. */
  code(value: string): Filter<Field>;
}

/** What a token parameter looks at: codes of one field, by the systems that they can belong to. */
export interface TokenSource<Field extends string> {
  /** Resources that have this code in whatever system. */
  code(value: string): Filter<Field>;
  systems: Readonly<Record<string, SystemCodes<Field>>>;
}

const equals = <Field extends string>(field: Field, ...values: string[]): Condition<Field> => ({
  field,
  match: 'equals',
  values,
});
const startsWith = <Field extends string>(field: Field, prefix: string): Condition<Field> => ({
  field,
  match: 'startsWith',
  values: [prefix],
});
const present = <Field extends string>(field: Field): Condition<Field> => ({
  field,
  match: 'present',
  values: [],
});

/** A field whose every value is a code of one system. */
export function codes<Field extends string>(field: Field, system = ''): TokenSource<Field> {
  const code = (value: string): Filter<Field> => equals(field, value);
  return { code, systems: { [system]: { any: present(field), code } } };
}

/** A field that holds an identifier behind a constant prefix, which the wire leaves out. */
export function prefixed<Field extends string>(
  field: Field,
  prefix: string,
  system: string,
): TokenSource<Field> {
  const code = (value: string): Filter<Field> => equals(field, prefix + value);
  return { code, systems: { [system]: { any: startsWith(field, prefix), code } } };
}

/** A field that mixes the codes of several terminologies. */
export function families<Field extends string>(
  field: Field,
  list: readonly CodeFamily[],
): TokenSource<Field> {
  const claims = list.flatMap((family) => claimsOf(field, family));
  const rest: Filter<Field> = { allOf: [present(field), { noneOf: claims }] };
  const systems = list.map((family) => {
    const own = claimsOf(field, family);
    const any: Filter<Field> = own.length > 0 ? { anyOf: own } : rest;
    return [family.system, within(any, field)] as const;
  });
  return { code: (value) => equals(field, value), systems: Object.fromEntries(systems) };
}

/** A code whose terminology follows from a type beside it. */
export function typed<Field extends string>(
  field: Field,
  typeField: Field,
  systemOfType: Readonly<Record<string, string>>,
): TokenSource<Field> {
  const systems = Object.entries(systemOfType).map(
    ([type, system]) => [system, within(equals(typeField, type), field)] as const,
  );
  return { code: (value) => equals(field, value), systems: Object.fromEntries(systems) };
}

/** Codes that are not stored but follow from what the resource is. */
export function derived<Field extends string>(
  filters: Readonly<Record<string, Filter<Field>>>,
  system = '',
): TokenSource<Field> {
  const known = new Map(Object.entries(filters));
  const code = (value: string): Filter<Field> => known.get(value) ?? never;
  return { code, systems: { [system]: { any: { anyOf: Object.values(filters) }, code } } };
}

/** Whether the resource has an identifier of a type: one code a field that may hold it. */
export function typesOf<Field extends string>(
  fields: Readonly<Record<string, Field>>,
  system: string,
): TokenSource<Field> {
  const filters = Object.entries(fields).map(([code, field]) => [code, present(field)] as const);
  return derived(Object.fromEntries(filters), system);
}

/** The codes of a source, of those resources only that pass a further condition. */
export function onlyWhere<Field extends string>(
  condition: Filter<Field>,
  { code, systems }: TokenSource<Field>,
): TokenSource<Field> {
  const limit = (filter: Filter<Field>): Filter<Field> => ({ allOf: [filter, condition] });
  const limited = Object.entries(systems).map(
    ([system, of]) =>
      [system, { any: limit(of.any), code: (value: string) => limit(of.code(value)) }] as const,
  );
  return { code: (value) => limit(code(value)), systems: Object.fromEntries(limited) };
}

/** A registration authority is a triplet such as `CNOM/CNOM/ARS`, of which the first names it. */
export function firstOfTriplet<Field extends string>(field: Field, system: string): TokenSource<Field> {
  const code = (value: string): Filter<Field> => ({
    anyOf: [equals(field, value), startsWith(field, `${value}/`)],
  });
  return { code, systems: { [system]: { any: present(field), code } } };
}

function claimsOf<Field extends string>(field: Field, family: CodeFamily): Filter<Field>[] {
  if (family.among) return [equals(field, ...family.among)];
  return family.startsWith === undefined ? [] : [startsWith(field, family.startsWith)];
}

function within<Field extends string>(any: Filter<Field>, field: Field): SystemCodes<Field> {
  return { any, code: (value) => ({ allOf: [any, equals(field, value)] }) };
}
