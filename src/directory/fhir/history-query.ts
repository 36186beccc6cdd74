import { onlyOne, parseSince } from './export-query.ts';
import { outcomes } from './outcome.ts';
import { parseCount } from './search-request.ts';

/** Which versions of a resource are wanted. */
export interface HistoryQuery {
  /** Made at that instant or later, milliseconds. */
  since: number | null;
  /** How many a page has. */
  count: number;
  /** Older than that version: where a page begins. */
  before: number | undefined;
}

/** The last two are accepted and without effect. */
const parameters = ['_since', '_count', '_before', '_format', '_pretty'];

/** Throws a `FhirError` that names the parameter at fault. `_before` is our own, in the links to further pages. */
export function parseHistoryQuery(query: URLSearchParams): HistoryQuery {
  const unknown = [...query.keys()].find((name) => !parameters.includes(name));
  if (unknown !== undefined) throw outcomes.unknownParameterOf(unknown.slice(0, 64), '_history');
  return {
    since: parseSince(onlyOne(query, '_since')),
    count: parseCount(onlyOne(query, '_count')),
    before: parseVersion(onlyOne(query, '_before')),
  };
}

function parseVersion(text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d{1,9}$/.test(text)) throw outcomes.invalidValue('_before', 'a version');
  return text === undefined ? undefined : Number(text);
}

/** The query of the page that follows a version. */
export function queryAfter(version: string, query: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(query);
  next.set('_before', version);
  return next;
}
