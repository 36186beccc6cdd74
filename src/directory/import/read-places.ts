import type { ActivityColumn } from '../extract/columns.ts';
import type { ExtractHeader } from '../extract/extract-kind.ts';
import type { Fields } from '../extract/row-rules.ts';
import type { OrganizationRow } from '../generation/tables.ts';
import { foldText } from '../names.ts';
import { joinValues } from '../tuples.ts';
import { createFieldReader } from './field-reader.ts';

/** What `content` of an organization holds, in this order. */
export const organizationContent = [
  ...(['name', 'tradeName', 'recipientComplement', 'locationComplement', 'houseNumber'] as const),
  ...(['repetitionIndex', 'streetTypeCode', 'streetTypeLabel', 'streetName', 'distribution'] as const),
  ...(['cedex', 'communeName', 'countryCode', 'countryName', 'phone', 'phone2', 'fax', 'email'] as const),
  ...(['departmentCode', 'departmentName'] as const),
] as const satisfies ActivityColumn[];

const soughtAsTheyAre = [
  ...(['technicalId', 'formerId', 'siret', 'siren', 'finessSite', 'finessLegalEntity', 'sector'] as const),
  ...(['communeCode', 'postalCode'] as const),
] as const satisfies ActivityColumn[];

/** The columns of `organization` between its identity and its life, in their order. */
export const organizationColumns = [
  ...(['technical_id', 'former_id', 'siret', 'siren', 'finess_site', 'finess_legal_entity'] as const),
  ...(['sector', 'commune_code', 'postal_code', 'name_search', 'trade_name_search', 'city_search'] as const),
  ...(['line_search', 'registration_authority', 'content'] as const),
] as const;
export type OrganizationValues = (string | null)[];

export const townAt = organizationColumns.indexOf('city_search');
export const communeAt = organizationColumns.indexOf('commune_code');
export const postalCodeAt = organizationColumns.indexOf('postal_code');

/** Of the person whose row it is: no content of the place, whose version must not move with it. */
const authority = 'registration_authority';

/** Whether a place is told of as before. */
export function isSamePlace(old: OrganizationRow, values: OrganizationValues): boolean {
  return organizationColumns.every((column, at) => column === authority || old[column] === values[at]);
}

/** Turns a row of Personne_activite into the place that it tells of. */
export function createPlaceParser(header: ExtractHeader) {
  const read = createFieldReader<ActivityColumn>(header.positions);
  return (fields: Fields): OrganizationValues => [
    ...soughtAsTheyAre.map((column) => read(fields, column) || null),
    foldText(read(fields, 'name')),
    foldText(read(fields, 'tradeName')),
    townOf(read, fields),
    linesOf(read, fields),
    read(fields, 'registrationAuthority') || null,
    joinValues(organizationContent.map((column) => read(fields, column))),
  ];
}

type ReadField = (fields: Fields, column: ActivityColumn) => string;

/** In some rows the cedex office ("56324 LORIENT CEDEX") is the only town. */
function townOf(read: ReadField, fields: Fields): string {
  return foldText(read(fields, 'communeName') || read(fields, 'cedex').replace(/^\d{5}\s+/, ''));
}

/** Each line of the address begins by a newline. */
function linesOf(read: ReadField, fields: Fields): string {
  const street = (['houseNumber', 'repetitionIndex', 'streetTypeLabel', 'streetName'] as const)
    .map((column) => read(fields, column))
    .filter((part) => part !== '')
    .join(' ');
  const lines = [
    read(fields, 'recipientComplement'),
    read(fields, 'locationComplement'),
    street,
    read(fields, 'distribution'),
  ];
  return lines.map((line) => `\n${foldText(line)}`).join('');
}
