import { type Hash, hashText } from './extract/hash.ts';

/**
 * FHIR ids in the look of the Annuaire Santé (`003-3014698011-3057235123`), made from what makes a resource one, so
 * that they are the same in every generation and on every server. They tell nothing and must not be interpreted.
 */
export const formatPractitionerId = (hash: Hash): string => formatId('003', hash);
export const formatRoleId = (hash: Hash): string => formatId('005', hash);
export const formatOrganizationId = (hash: Hash): string => formatId('001', hash);

export const practitionerId = (idNatPs: string): string => formatPractitionerId(hashText(idNatPs));
export const organizationId = (technicalId: string): string => formatOrganizationId(hashText(technicalId));

function formatId(prefix: string, { high, low }: Hash): string {
  return `${prefix}-${String(high).padStart(10, '0')}-${String(low).padStart(10, '0')}`;
}
