import type { Kysely } from 'kysely';
import { renderOrganization } from '../fhir/render-organization.ts';
import { renderPractitioner } from '../fhir/render-practitioner.ts';
import { renderPractitionerRole } from '../fhir/render-practitioner-role.ts';
import type { Resource } from '../fhir/resource.ts';
import type { GenerationTables } from '../generation/tables.ts';
import { loadLabels } from '../read/labels.ts';
import { createOrganizationCompleter } from '../read/map-organization.ts';
import { createPractitionerCompleter } from '../read/map-practitioner.ts';
import { createRoleCompleter } from '../read/map-role.ts';
import type { VersionedTable } from './changes.ts';

/** A resource as it is served, with its number. */
export interface Before {
  n: number;
  resource: Resource;
}

/** Read resources of a generation by their numbers; numbers that it does not have are left out. */
export async function createBodyReaders(db: Kysely<GenerationTables>) {
  const { labelOf } = await loadLabels(db);
  const people = createPractitionerCompleter(db, labelOf);
  const roles = createRoleCompleter(db, labelOf);
  const places = createOrganizationCompleter(db, labelOf);
  return [
    reader('practitioner', async (numbers) => {
      const rows = await db.selectFrom('practitioner').selectAll().where('n', 'in', numbers).execute();
      return pair(rows, (await people(rows)).map(renderPractitioner));
    }),
    reader('practitioner_role', async (numbers) => {
      const rows = await db.selectFrom('practitioner_role').selectAll().where('n', 'in', numbers).execute();
      return pair(rows, (await roles(rows)).map(renderPractitionerRole));
    }),
    reader('organization', async (numbers) => {
      const rows = await db.selectFrom('organization').selectAll().where('n', 'in', numbers).execute();
      return pair(rows, (await places(rows)).map(renderOrganization));
    }),
  ];
}

type ReadBodies = (numbers: number[]) => Promise<Before[]>;

const reader = (table: VersionedTable, read: ReadBodies) => [table, read] as const;

/** Completing rows keeps their order. */
function pair(rows: readonly { n: number }[], resources: readonly Resource[]): Before[] {
  return rows.flatMap(({ n }, at) => {
    const resource = resources[at];
    return resource ? [{ n, resource }] : [];
  });
}
