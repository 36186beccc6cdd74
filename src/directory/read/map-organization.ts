import type { Kysely } from 'kysely';
import type { GenerationTables, OrganizationRow } from '../generation/tables.ts';
import type { Address, Organization } from '../organization.ts';
import type { LabelOf } from './labels.ts';
import { toMailbox } from './map-mailbox.ts';

/** Completes rows of `organization` by the mailboxes of the place. */
export async function completeOrganizations(
  db: Kysely<GenerationTables>,
  rows: OrganizationRow[],
  labelOf: LabelOf,
): Promise<Organization[]> {
  const formerIds = rows.map((row) => row.former_id).filter((id) => id !== null);
  const mailboxes = await db
    .selectFrom('mailbox')
    .selectAll()
    .where('practitioner_id', '=', '')
    .where('structure', 'in', [...formerIds, '-'])
    .execute();
  const byStructure = Map.groupBy(mailboxes, (mailbox) => mailbox.structure);
  return rows.map((row) => ({
    id: row.id,
    technicalId: row.technical_id,
    formerId: row.former_id,
    siret: row.siret,
    siren: row.siren,
    finessSite: row.finess_site,
    finessLegalEntity: row.finess_legal_entity,
    name: row.name,
    tradeName: row.trade_name,
    address: toAddress(row),
    phone: row.phone,
    phone2: row.phone2,
    fax: row.fax,
    email: row.email,
    active: row.active === 1,
    endedAt: row.ended_at,
    sector: row.sector,
    sectorLabel: labelOf('sector', row.sector),
    registrationAuthority: row.registration_authority,
    mailboxes: (byStructure.get(row.former_id ?? '') ?? []).map(toMailbox),
    lastUpdatedAt: row.last_updated_at,
    versionId: row.version_id,
  }));
}

function toAddress(row: OrganizationRow): Address {
  return {
    recipientComplement: row.recipient_complement,
    locationComplement: row.location_complement,
    houseNumber: row.house_number,
    repetitionIndex: row.repetition_index,
    streetTypeCode: row.street_type_code,
    streetTypeLabel: row.street_type_label,
    streetName: row.street_name,
    distribution: row.distribution,
    cedex: row.cedex,
    postalCode: row.postal_code,
    communeCode: row.commune_code,
    communeName: row.commune_name,
    countryCode: row.country_code,
    countryName: row.country_name,
    departmentCode: row.department_code,
    departmentName: row.department_name,
  };
}
