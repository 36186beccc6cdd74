import type { Kysely } from 'kysely';
import { prepareList } from '#platform/database/prepare.ts';
import type { GenerationTables, MailboxRow, OrganizationRow } from '../generation/tables.ts';
import { organizationContent } from '../import/read-places.ts';
import type { Address, Organization } from '../organization.ts';
import { formatId } from '../technical-id.ts';
import { splitValues } from '../tuples.ts';
import type { LabelOf } from './labels.ts';
import { toMailbox } from './map-mailbox.ts';

/** Completes rows of `organization` by the mailboxes of the place. */
export function createOrganizationCompleter(db: Kysely<GenerationTables>, labelOf: LabelOf) {
  const mailboxesOf = prepareList((formerIds: readonly string[]) =>
    db
      .selectFrom('mailbox')
      .selectAll()
      .where('practitioner', 'is', null)
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
  const shown = readContent(row);
  return {
    id: formatId('organization', row.id),
    technicalId: row.technical_id,
    formerId: row.former_id,
    siret: row.siret,
    siren: row.siren,
    finessSite: row.finess_site,
    finessLegalEntity: row.finess_legal_entity,
    ...{ name: shown.name, tradeName: shown.tradeName },
    address: toAddress(row, shown),
    ...{ phone: shown.phone, phone2: shown.phone2, fax: shown.fax, email: shown.email },
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

type Shown = Record<(typeof organizationContent)[number], string | null>;

function readContent({ content }: OrganizationRow): Shown {
  const values = splitValues(content);
  return Object.fromEntries(organizationContent.map((column, at) => [column, values[at] || null])) as Shown;
}

function toAddress(row: OrganizationRow, shown: Shown): Address {
  const { name: _, tradeName: _t, phone: _p, phone2: _q, fax: _f, email: _e, ...address } = shown;
  return { ...address, postalCode: row.postal_code, communeCode: row.commune_code };
}
