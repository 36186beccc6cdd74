import type { Kysely } from 'kysely';
import { prepareList } from '#platform/database/prepare.ts';
import type { GenerationTables, MailboxRow, RoleRow } from '../generation/tables.ts';
import type { PractitionerRole } from '../practitioner-role.ts';
import type { LabelOf } from './labels.ts';
import { toMailbox } from './map-mailbox.ts';

/** Completes rows of `practitioner_role` by the mailboxes of the person at that place. */
export function createRoleCompleter(db: Kysely<GenerationTables>, labelOf: LabelOf) {
  const mailboxesOf = prepareList((ids) =>
    db
      .selectFrom('practitioner_role as r')
      .innerJoin('organization as o', 'o.id', 'r.organization_id')
      .innerJoin('mailbox as m', (join) =>
        join.onRef('m.practitioner_id', '=', 'r.practitioner_id').onRef('m.structure', '=', 'o.former_id'),
      )
      .selectAll('m')
      .select('r.id as role_id')
      .where('r.id', 'in', ids),
  );
  return async (rows: RoleRow[]): Promise<PractitionerRole[]> => {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const byRole = Map.groupBy(await mailboxesOf(db, ids), (mailbox) => mailbox.role_id);
    return rows.map((row) => toRole(row, byRole.get(row.id) ?? [], labelOf));
  };
}

function toRole(row: RoleRow, mailboxes: MailboxRow[], labelOf: LabelOf): PractitionerRole {
  return {
    id: row.id,
    practitionerId: row.practitioner_id,
    organizationId: row.organization_id,
    active: row.active === 1,
    endedAt: row.ended_at,
    ...toCodes(row, labelOf),
    registrationAuthority: row.registration_authority,
    mailboxes: mailboxes.map(toMailbox),
    lastUpdatedAt: row.last_updated_at,
    versionId: row.version_id,
  };
}

function toCodes(row: RoleRow, labelOf: LabelOf) {
  return {
    profession: row.profession,
    professionLabel: labelOf('profession', row.profession),
    mode: row.mode,
    modeLabel: labelOf('mode', row.mode),
    sector: row.sector,
    sectorLabel: labelOf('sector', row.sector),
    role: row.role,
    roleLabel: labelOf('role', row.role),
    activityKind: row.activity_kind,
    activityKindLabel: labelOf('activityKind', row.activity_kind),
    pharmacistSection: row.pharmacist_section,
    pharmacistSectionLabel: labelOf('pharmacistSection', row.pharmacist_section),
  };
}
