import { type Context, Hono } from 'hono';
import { facts, keepTogether, linkRow } from '#platform/html/components.ts';
import { formatDate } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { DirectoryReader, DirectoryStore } from './directory-store.ts';
import { fhirPath } from './fhir/fhir-routes.ts';
import { directoryMessages } from './messages.ts';
import { emptyForm, renderSearchForm } from './search-pages/search-form.ts';
import { searchMessages } from './search-pages/search-messages.ts';
import { createSearchPages } from './search-pages/search-pages.ts';

interface Size {
  practitioners: number;
  roles: number;
  organizations: number;
}

export interface DirectoryPagesDependencies {
  store: DirectoryStore;
  /** Page of this site where professionals keep their contact details. */
  contactDetailsPath?: string;
  /** Page of this site for those who run it. */
  operatorPath?: string;
}

/** `GET /`: what is here, how old it is, and where people and programs go on; below it the search for people. */
export function createDirectoryPages({
  store,
  contactDetailsPath,
  operatorPath,
}: DirectoryPagesDependencies): Hono<AppEnv> {
  const sizes = rememberSizes();
  const routes = new Hono<AppEnv>();
  routes.get('/', async (c) => {
    const reader = await store.current();
    const texts = directoryMessages(c.var.locale);
    const home =
      reader.asOf === null ? renderEmpty(c) : renderHome(c, reader, await sizes(reader), reader.asOf);
    const body = html`${home}${contactDetailsPath && renderContactDetails(c, contactDetailsPath)}${operatorPath && linkRow([{ href: operatorPath, label: texts.operate }])}`;
    return renderPage(c, { title: texts.title, body, width: 'wide' });
  });
  routes.route('/', createSearchPages(store));
  return routes;
}

/** A generation never changes: it is counted once. */
function rememberSizes(): (reader: DirectoryReader) => Promise<Size> {
  let counted: { generation: number; size: Promise<Size> } | undefined;
  return (reader) => {
    if (counted?.generation !== reader.generation) {
      counted = { generation: reader.generation, size: countAll(reader) };
    }
    return counted.size;
  };
}

async function countAll(reader: DirectoryReader): Promise<Size> {
  const active = [{ field: 'active', match: 'equals', values: [true] }] as const;
  return {
    practitioners: await reader.countPractitioners(active),
    roles: await reader.countRoles(active),
    organizations: await reader.countOrganizations(active),
  };
}

function renderHome(c: Context<AppEnv>, reader: DirectoryReader, size: Size, asOf: number): Html {
  const { locale, site } = c.var;
  const texts = directoryMessages(locale);
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  const counts = facts([
    { label: texts.practitioners, value: number(size.practitioners) },
    { label: texts.roles, value: number(size.roles) },
    { label: texts.organizations, value: number(size.organizations) },
  ]);
  return html`<h1>${texts.title}</h1>
<p class="lead">${keepTogether(texts.lead(formatDate(asOf, locale)))}</p>
<section><h2>${searchMessages(locale).title}</h2>${renderSearchForm(reader, emptyForm, locale)}</section>
<section class="card">${counts}</section>
<section class="card"><h2>${texts.api}</h2>
<p>${texts.apiLead}</p>
<p>${texts.base}<br><strong><code>${site.url.origin}<wbr>${fhirPath}</code></strong></p>
${linkRow([
  { href: `${fhirPath}/metadata`, label: texts.metadata },
  { href: `${fhirPath}/Practitioner?qualification-code=60&active=true`, label: texts.nurses },
  {
    href: `${fhirPath}/PractitionerRole?_include=PractitionerRole:organization`,
    label: texts.rolesWithPlaces,
  },
  { href: `${fhirPath}/Organization?address-postalcode=56`, label: texts.placesInDepartment },
])}</section>`;
}

function renderContactDetails(c: Context<AppEnv>, path: string): Html {
  const texts = directoryMessages(c.var.locale);
  return html`<section class="card"><h2>${texts.professional}</h2>
<p>${keepTogether(texts.professionalLead)}</p>
${linkRow([{ href: path, label: texts.contactDetails }])}</section>`;
}

function renderEmpty(c: Context<AppEnv>): Html {
  const texts = directoryMessages(c.var.locale);
  return html`<h1>${texts.title}</h1>
<p class="lead">${keepTogether(texts.empty)}</p>
<p>${texts.emptyHelp} <code>hygie directory import FILE</code></p>
<p><a href="${fhirPath}/metadata">${texts.metadata}</a></p>`;
}
