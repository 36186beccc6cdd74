import { type Kysely, sql } from 'kysely';
import { prepareList } from '#platform/database/prepare.ts';
import type { GenerationTables, MailboxRow, OrganizationRow } from '../generation/tables.ts';
import type { Address, Organization } from '../organization.ts';
import type { LabelOf } from './labels.ts';
import { toMailbox } from './map-mailbox.ts';

/** Completes rows of `organization` by the mailboxes of the place. */
export function createOrganizationCompleter(db: Kysely<GenerationTables>, labelOf: LabelOf) {
  const mailboxesOf = prepareList((formerIds) =>
    db
      .selectFrom('mailbox')
      .selectAll()
      .where('practitioner_id', '=', sql.lit(''))
      .where('structure', 'in', formerIds),
  );
  return async (rows: OrganizationRow[]): Promise<Organization[]> => {
    const formerIds = rows.map((row) => row.former_id).filter((id) => id !== null);
    const mailboxes = await mailboxesOf(db, [...formerIds, '-']);
    const byStructure = Map.groupBy(mailboxes, (mailbox) => mailbox.structure);
    return rows.map((row) => toOrganization(row, byStructure.get(row.former_id ?? '') ?? [], labelOf));
  };
}

function toOrganization(row: OrganizationRow, mailboxes: MailboxRow[], labelOf: LabelOf): Organization {
  return {
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
    mailboxes: mailboxes.map(toMailbox),
    lastUpdatedAt: row.last_updated_at,
    versionId: row.version_id,
  };
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
