import type { Kysely } from 'kysely';
import { prepareList } from '#platform/database/prepare.ts';
import type { GenerationTables, MailboxRow, RoleKindRow, RoleRow } from '../generation/tables.ts';
import type { PractitionerRole } from '../practitioner-role.ts';
import { formatId } from '../technical-id.ts';
import type { LabelOf } from './labels.ts';
import { toMailbox } from './map-mailbox.ts';

/** Completes rows of `practitioner_role` by their codes, references, and the mailboxes of the person at that place. */
export function createRoleCompleter(db: Kysely<GenerationTables>, labelOf: LabelOf) {
  const details = prepareList((numbers: readonly number[]) =>
    db
      .selectFrom('practitioner_role as r')
      .innerJoin('role_kind as k', 'k.n', 'r.kind')
      .innerJoin('practitioner as p', 'p.n', 'r.practitioner')
      .leftJoin('organization as o', 'o.n', 'r.organization')
      .select(['r.n', 'p.id as practitioner_id', 'o.id as organization_id'])
      .select(['k.profession', 'k.mode', 'k.sector', 'k.role', 'k.activity_kind'])
      .select(['k.pharmacist_section', 'k.registration_authority'])
      .where('r.n', 'in', numbers),
  );
  const mailboxes = prepareList((numbers: readonly number[]) =>
    db
      .selectFrom('practitioner_role as r')
      .innerJoin('organization as o', 'o.n', 'r.organization')
      .innerJoin('mailbox as m', (join) =>
        join.onRef('m.owner', '=', 'r.practitioner').onRef('m.structure', '=', 'o.former_id'),
      )
      .selectAll('m')
      .select('r.n as role')
      .where('r.n', 'in', numbers),
  );
  return async (rows: RoleRow[]): Promise<PractitionerRole[]> => {
    if (rows.length === 0) return [];
    const numbers = rows.map((row) => row.n);
    const detailsOf = new Map((await details(db, numbers)).map((detail) => [detail.n, detail]));
    const mailboxesOf = Map.groupBy(await mailboxes(db, numbers), ({ role }) => role);
    return rows.flatMap((row) => {
      const detail = detailsOf.get(row.n);
      return detail ? [toRole(row, detail, mailboxesOf.get(row.n) ?? [], labelOf)] : [];
    });
  };
}

type RoleCodes = Omit<RoleKindRow, 'n'>;

interface RoleDetails extends RoleCodes {
  practitioner_id: Uint8Array;
  organization_id: Uint8Array | null;
}

function toRole(
  row: RoleRow,
  detail: RoleDetails,
  mailboxes: MailboxRow[],
  labelOf: LabelOf,
): PractitionerRole {
  const { practitioner_id: practitioner, organization_id: organization } = detail;
  return {
    id: formatId('practitioner_role', row.id),
    practitionerId: formatId('practitioner', practitioner),
    organizationId: organization && formatId('organization', organization),
    active: row.active === 1,
    endedAt: row.ended_at,
    ...toCodes(detail, labelOf),
    registrationAuthority: orNull(detail.registration_authority),
    mailboxes: mailboxes.map(toMailbox),
    lastUpdatedAt: row.last_updated_at,
    versionId: row.version_id,
  };
}

function toCodes(codes: RoleCodes, labelOf: LabelOf) {
  const [profession, mode, sector] = [codes.profession, codes.mode, codes.sector].map(orNull);
  const [role, activityKind, section] = [codes.role, codes.activity_kind, codes.pharmacist_section].map(
    orNull,
  );
  const label = (terminology: string, code: string | null = null) => labelOf(terminology, code);
  return {
    profession: profession ?? null,
    professionLabel: label('profession', profession),
    mode: mode ?? null,
    modeLabel: label('mode', mode),
    sector: sector ?? null,
    sectorLabel: label('sector', sector),
    role: role ?? null,
    roleLabel: label('role', role),
    activityKind: activityKind ?? null,
    activityKindLabel: label('activityKind', activityKind),
    pharmacistSection: section ?? null,
    pharmacistSectionLabel: label('pharmacistSection', section),
  };
}

const orNull = (text: string): string | null => (text === '' ? null : text);
