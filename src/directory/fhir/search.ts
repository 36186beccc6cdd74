import { randomUUID } from 'node:crypto';
import type { DirectoryReader, DirectoryStore } from '../directory-store.ts';
import type { Found, Paging } from './fhir-resource.ts';
import { findIncluded } from './include.ts';
import { outcomes } from './outcome.ts';
import { formatPageId, type Page, parsePageId } from './page-id.ts';
import type { Resource, ResourceType } from './resource.ts';
import type { SearchContext } from './search-parameter.ts';
import { parseSearch, type SearchRequest } from './search-request.ts';
import { keepElements } from './subset.ts';

/** A total beyond this is only counted for who asks for it. */
const cheapTotal = 10_000;

/** Members in the order of the national API. */
export interface Bundle {
  resourceType: 'Bundle';
  type: 'searchset';
  id: string;
  total?: number;
  entry?: { fullUrl: string; resource: Resource }[];
  link: { relation: 'next' | 'self' | 'previous'; url: string }[];
}

/** The first page of a search over the current generation. */
export async function searchFirstPage(
  store: DirectoryStore,
  type: ResourceType,
  query: URLSearchParams,
  context: SearchContext,
): Promise<Bundle> {
  const request = parseSearch(type, query, context);
  const reader = await store.current();
  const read = await readPage(reader, request, {});
  const total = await countFound(reader, request, read);
  const page: Page = {
    generation: reader.generation,
    type,
    query: query.toString(),
    ...(total === undefined ? {} : { total }),
  };
  const self = `${context.base}/${type}${page.query ? `?${page.query}` : ''}`;
  return renderPage(reader, request, read, page, self, context.base);
}

/** Exact where it is asked for or on one page; else only if it is cheap, as the national API does. */
async function countFound(
  reader: DirectoryReader,
  { total, count, selection }: SearchRequest,
  { found, more }: PageRead,
): Promise<number | undefined> {
  if (total === 'none') return undefined;
  if (count > 0 && !more) return found.length;
  if (total !== undefined) return selection.count(reader);
  const counted = await selection.count(reader, cheapTotal + 1);
  return counted > cheapTotal ? undefined : counted;
}

/** A page that a link named: of the same generation, so that nothing is seen twice or missed. */
export async function searchPage(store: DirectoryStore, id: string, context: SearchContext): Promise<Bundle> {
  const page = parsePageId(id);
  if (!page) throw outcomes.damagedPage();
  const reader = await store.at(page.generation);
  if (!reader) throw outcomes.expiredPage();
  const request = parseSearch(page.type, new URLSearchParams(page.query), context);
  const read = await readPage(reader, request, page);
  return renderPage(reader, request, read, page, pageUrl(context.base, page), context.base);
}

async function renderPage(
  reader: DirectoryReader,
  request: SearchRequest,
  { found, more }: PageRead,
  page: Page,
  self: string,
  base: string,
): Promise<Bundle> {
  const included = await findIncluded(reader, request, found);
  const entry = [...found, ...included].map(({ resource }) => renderEntry(resource, request, base));
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    id: randomUUID(),
    ...(page.total === undefined ? {} : { total: page.total }),
    ...(entry.length > 0 ? { entry } : {}),
    link: renderLinks(page, found, more, self, base),
  };
}

interface PageRead {
  found: Found[];
  /** Whether there are further resources in the direction of reading. */
  more: boolean;
}

/** Reads one resource more than is shown, to know whether it goes on. */
async function readPage(
  reader: DirectoryReader,
  request: SearchRequest,
  page: Pick<Page, 'after' | 'before'>,
): Promise<PageRead> {
  const { count, selection, sort } = request;
  if (count === 0) return { found: [], more: false };
  const paging: Paging = {
    limit: count + 1,
    sort,
    ...(page.after === undefined ? {} : { afterId: page.after }),
    ...(page.before === undefined ? {} : { beforeId: page.before }),
  };
  const read = await selection.page(reader, paging);
  if (read.length <= count) return { found: read, more: false };
  return { found: page.before === undefined ? read.slice(0, count) : read.slice(1), more: true };
}

function renderEntry(resource: Resource, { elements }: SearchRequest, base: string) {
  const fullUrl = `${base}/${resource.resourceType}/${resource.id}`;
  return { fullUrl, resource: elements ? keepElements(resource, elements) : resource };
}

/** A page reached forwards has something before it, one reached backwards something after it. */
function renderLinks(
  { after, before, ...search }: Page,
  found: readonly Found[],
  more: boolean,
  self: string,
  base: string,
): Bundle['link'] {
  const first = found.at(0)?.resource.id;
  const last = found.at(-1)?.resource.id;
  const link: Bundle['link'] = [{ relation: 'self', url: self }];
  if (last && (before === undefined ? more : true)) {
    link.unshift({ relation: 'next', url: pageUrl(base, { ...search, after: last }) });
  }
  if (first && (before === undefined ? after !== undefined : more)) {
    link.push({ relation: 'previous', url: pageUrl(base, { ...search, before: first }) });
  }
  return link;
}

function pageUrl(base: string, page: Page): string {
  return `${base}/_page?id=${formatPageId(page)}`;
}
