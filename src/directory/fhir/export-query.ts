import { outcomes } from './outcome.ts';
import { isResourceType, type ResourceType, resourceTypes } from './resource.ts';

/** What of a generation is wanted. */
export interface ExportQuery {
  types: ResourceType[];
  /** Instant, milliseconds. */
  since: number | null;
}

const parameters = ['_outputFormat', '_type', '_since'] as const;
const formats = ['application/fhir+ndjson', 'application/ndjson', 'ndjson'];
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Throws a `FhirError` that names the parameter at fault. */
export function parseExportQuery(query: URLSearchParams): ExportQuery {
  const unknown = [...query.keys()].find((name) => !(parameters as readonly string[]).includes(name));
  if (unknown !== undefined) throw outcomes.unknownParameterOf(unknown.slice(0, 64), '$export');
  const format = onlyOne(query, '_outputFormat');
  if (format !== undefined && !formats.includes(format)) {
    throw outcomes.invalidValue('_outputFormat', `one of ${formats.join(', ')}`);
  }
  return { types: parseTypes(query.getAll('_type')), since: parseSince(onlyOne(query, '_since')) };
}

/** Throws a `FhirError` where it is given twice. */
export function onlyOne(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  if (values.length > 1) throw outcomes.repeatedParameter(name);
  return values[0];
}

function parseTypes(values: readonly string[]): ResourceType[] {
  if (values.length === 0) return [...resourceTypes];
  const names = values.flatMap((value) => value.split(','));
  const types = names.filter(isResourceType);
  if (types.length < names.length) {
    throw outcomes.invalidValue('_type', `one or more of ${resourceTypes.join(', ')}`);
  }
  return [...new Set(types)];
}

/** https://hl7.org/fhir/R4/datatypes.html#instant */
export function parseSince(text: string | undefined): number | null {
  if (text === undefined) return null;
  // A + that was not escaped arrives as a space.
  const at = Date.parse(instant.test(text.replace(' ', '+')) ? text.replace(' ', '+') : '');
  if (Number.isNaN(at)) throw outcomes.invalidValue('_since', 'an instant such as 2026-01-31T03:00:00Z');
  return at;
}
