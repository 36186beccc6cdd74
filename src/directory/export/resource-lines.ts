import type { Kysely } from 'kysely';
import type { DirectoryReader, Search } from '../directory-store.ts';
import { renderOrganization } from '../fhir/render-organization.ts';
import { renderPractitioner } from '../fhir/render-practitioner.ts';
import { renderPractitionerRole } from '../fhir/render-practitioner-role.ts';
import type { Resource, ResourceType } from '../fhir/resource.ts';
import type { GenerationTables } from '../generation/tables.ts';
import { organizationTable, practitionerTable, roleTable } from './csv-tables.ts';
import type { ExportFormat } from './export-request.ts';
import { readRoleLines } from './role-lines.ts';

/** Some lines, each with its end. */
export interface LineBatch {
  count: number;
  text: string;
}

/** A generation that is open to be read whole. */
export interface OpenedGeneration {
  db: Kysely<GenerationTables>;
  reader: DirectoryReader;
}

interface Wanted {
  since: number | null;
  format: ExportFormat;
}

/** What the files of a type are made of. */
export interface LineSource {
  /** The first line of a CSV file; empty for ndjson. */
  header(format: ExportFormat): string;
  count(reader: DirectoryReader, since: number | null): Promise<number>;
  read(generation: OpenedGeneration, wanted: Wanted): AsyncIterable<LineBatch>;
}

const readAtOnce = 2_000;

/** Nothing of a type without a source is in the open extracts. */
export const lineSources: Readonly<Partial<Record<ResourceType, LineSource>>> = {
  Practitioner: {
    header: (format) => (format === 'csv' ? practitionerTable.header : ''),
    count: (reader, since) => reader.countPractitioners(changedSince(since)),
    read: ({ reader }, { since, format }) =>
      readAll(
        (search) => reader.searchPractitioners({ where: changedSince(since), ...search }),
        format === 'csv' ? practitionerTable.line : ndjson(renderPractitioner),
      ),
  },
  PractitionerRole: {
    header: (format) => (format === 'csv' ? roleTable.header : ''),
    count: (reader, since) => reader.countRoles(changedSince(since)),
    read: (generation, { since, format }) =>
      readRoleLines(generation, since, format === 'csv' ? roleTable.line : ndjson(renderPractitionerRole)),
  },
  Organization: {
    header: (format) => (format === 'csv' ? organizationTable.header : ''),
    count: (reader, since) => reader.countOrganizations(changedSince(since)),
    read: ({ reader }, { since, format }) =>
      readAll(
        (search) => reader.searchOrganizations({ where: changedSince(since), ...search }),
        format === 'csv' ? organizationTable.line : ndjson(renderOrganization),
      ),
  },
};

const ndjson =
  <Item>(render: (item: Item) => Resource) =>
  (item: Item): string =>
    `${JSON.stringify(render(item))}\n`;

function changedSince(since: number | null) {
  return since === null ? [] : ([{ field: 'lastUpdatedAt', match: 'ge', values: [since] }] as const);
}

type PageOf = Pick<Search<never>, 'afterId' | 'limit'>;

async function* readAll<Item extends { id: string }>(
  search: (page: PageOf) => Promise<Item[]>,
  render: (item: Item) => string,
): AsyncGenerator<LineBatch> {
  let page: PageOf = { limit: readAtOnce };
  for (;;) {
    const items = await search(page);
    if (items.length > 0) yield { count: items.length, text: items.map(render).join('') };
    const last = items.at(-1);
    if (!last || items.length < readAtOnce) return;
    page = { afterId: last.id, limit: readAtOnce };
  }
}
