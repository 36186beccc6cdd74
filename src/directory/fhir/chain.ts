import type { Filter } from '../directory-store.ts';
import type { Argument } from './fhir-resource.ts';
import { outcomes } from './outcome.ts';

type Follow<Field extends string> = (inner: Argument) => Filter<Field>;

/** `reference.parameter` and `reference:Type.parameter`: https://hl7.org/fhir/R4/search.html#chaining */
export function parseChain<Field extends string>(
  argument: Argument,
  references: Readonly<Record<string, { target: string; parse: Follow<Field> }>>,
): Filter<Field> | undefined {
  const [, name = '', type, rest = ''] = /^(\w+)(?::(\w+))?\.(.+)$/.exec(fullName(argument)) ?? [];
  const reference = Object.hasOwn(references, name) ? references[name] : undefined;
  if (!reference || (type !== undefined && type !== reference.target)) return undefined;
  return reference.parse(innerArgument(rest, argument.value));
}

/** `_has:Type:reference:parameter`: https://hl7.org/fhir/R4/search.html#has */
export function parseHas<Field extends string>(
  argument: Argument,
  referrers: Readonly<Record<string, Follow<Field>>>,
): Filter<Field> | undefined {
  if (argument.name !== '_has') return undefined;
  const [type = '', reference = '', ...rest] = argument.modifier?.split(':') ?? [];
  const referrer = `${type}:${reference}`;
  const follow = Object.hasOwn(referrers, referrer) ? referrers[referrer] : undefined;
  if (!follow || rest.length === 0) {
    throw outcomes.invalidValue('_has', `followed by ${Object.keys(referrers).join(' or ')} and a parameter`);
  }
  return follow(innerArgument(rest.join(':'), argument.value));
}

const fullName = ({ name, modifier }: Argument): string => (modifier ? `${name}:${modifier}` : name);

function innerArgument(key: string, value: string): Argument {
  const [name = '', ...modifier] = key.split(':');
  return modifier.length > 0 ? { name, modifier: modifier.join(':'), value } : { name, value };
}
