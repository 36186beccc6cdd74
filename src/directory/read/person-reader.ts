import type { Kysely } from 'kysely';
import { prepare } from '#platform/database/prepare.ts';
import type { PersonReader } from '../directory-store.ts';
import type { GenerationTables, OrganizationRow, PractitionerRow, RoleRow } from '../generation/tables.ts';
import type { Organization } from '../organization.ts';
import type { Practitioner } from '../practitioner.ts';
import type { PractitionerRole } from '../practitioner-role.ts';
import { parseId } from '../technical-id.ts';

interface Completers {
  completePractitioners(rows: PractitionerRow[]): Promise<Practitioner[]>;
  completeRoles(rows: RoleRow[]): Promise<PractitionerRole[]>;
  completeOrganizations(rows: OrganizationRow[]): Promise<Organization[]>;
}

/** The reads of every sign-in, by texts that are made once for a generation. */
export function createPersonReader(db: Kysely<GenerationTables>, complete: Completers): PersonReader {
  const practitioners = prepare(db.selectFrom('practitioner').selectAll().where('id_nat_ps', '=', ''));
  const numbers = prepare(db.selectFrom('practitioner').select('n').where('id', '=', new Uint8Array()));
  const rolesOf = prepare(db.selectFrom('practitioner_role').selectAll().where('practitioner', '=', 0));
  const organizationsOf = prepare(
    db
      .selectFrom('organization')
      .selectAll()
      .where('n', 'in', (roles) =>
        roles.selectFrom('practitioner_role').select('organization').where('practitioner', '=', 0),
      ),
  );
  return {
    async findPractitioner(idNatPs) {
      const [found] = await complete.completePractitioners(await practitioners(db, idNatPs));
      return found;
    },
    async listRoles({ id }) {
      const [person] = await numbers(db, parseId('practitioner', id));
      if (!person) return [];
      const roles = await complete.completeRoles(await rolesOf(db, person.n));
      const organizations = await complete.completeOrganizations(await organizationsOf(db, person.n));
      const byOwnId = new Map(organizations.map((organization) => [organization.id, organization]));
      return roles
        .toSorted(byId)
        .map((role) => ({ ...role, organization: byOwnId.get(role.organizationId ?? '') ?? null }));
    },
  };
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
