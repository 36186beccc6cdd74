import type { PractitionerField } from '../directory-store.ts';
import { filterPeople, type PeopleSearch } from '../read/find-people.ts';
import { type Argument, type JointParameter, type JointSearch, valuesOf } from './fhir-resource.ts';
import { outcomes } from './outcome.ts';
import { unescapeValue } from './search-parameter.ts';

const parameters: readonly JointParameter[] = [
  {
    name: 'near-name',
    type: 'string',
    documentation: 'Beginning of the family name; names one letter away where nobody matches exactly',
  },
  { name: 'near-town', type: 'string', documentation: 'Town of an active role, in full' },
  { name: 'near-profession', type: 'token', documentation: 'Code of the profession of that role' },
  { name: 'near-mode', type: 'token', documentation: 'Mode of exercise of that role: L, S, B or I' },
];

/** One call by name, town, profession and mode, which all hold of one role; case and accents do not count. */
export const peopleSearch: JointSearch<PractitionerField> = {
  parameters,
  parse(query) {
    const search: PeopleSearch = {
      familyNames: valuesFor(query, 'near-name'),
      towns: valuesFor(query, 'near-town'),
      professions: valuesFor(query, 'near-profession'),
      modes: valuesFor(query, 'near-mode'),
    };
    return async (reader) => (await filterPeople(reader, search)).where;
  },
};

function valuesFor(query: readonly Argument[], name: string): string[] {
  const given = query.filter((argument) => argument.name === name);
  if (given.length > 1) throw outcomes.repeatedParameter(name);
  return given.flatMap(({ modifier, value }) => {
    if (modifier !== undefined) throw outcomes.unknownModifier(name, modifier.slice(0, 32));
    return valuesOf(name, value).map(unescapeValue);
  });
}
