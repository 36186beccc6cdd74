import { type Context, Hono } from 'hono';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { DirectoryStore } from '../directory-store.ts';
import type { Practitioner } from '../practitioner.ts';
import { fullName } from './describe-person.ts';
import { renderEnded, renderPerson } from './person-page.ts';
import { renderResults } from './results-page.ts';
import { parseSearchForm, searchPath } from './search-form.ts';
import { searchMessages } from './search-messages.ts';

/** The results of a search, and a page a person: what the open extracts tell, and nothing else. */
export function createSearchPages(store: DirectoryStore): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get(searchPath, async (c) => {
    const form = parseSearchForm(new URL(c.req.url).searchParams);
    const afterId = c.req.query('apres') ?? '';
    const body = await renderResults(await store.current(), form, afterId, c.var.locale);
    return renderPage(c, { title: searchMessages(c.var.locale).results, body, width: 'wide' });
  });
  routes.get(`${searchPath}/:id`, async (c) => {
    const reader = await store.current();
    const where = [{ field: 'id', match: 'equals', values: [c.req.param('id')] }] as const;
    const [person] = await reader.searchPractitioners({ where, limit: 1 });
    if (!person) return c.notFound();
    if (!person.active) return renderLeft(c, person);
    const body = await renderPerson(reader, person, c.var.locale);
    return renderPage(c, { title: fullName(person), body, width: 'wide' });
  });
  return routes;
}

function renderLeft(c: Context<AppEnv>, person: Practitioner): Promise<Response> {
  const body = renderEnded(person, c.var.locale);
  return renderPage(c, { title: searchMessages(c.var.locale).ended.title, status: 410, body });
}
