import type { Filter, OrganizationField } from '../directory-store.ts';
import { codeSystems, identifierSystems } from './code-systems.ts';
import { dateParameter, type SearchParameter, stringParameter } from './search-parameter.ts';
import { booleanParameter, logicalReferenceParameter, tokenParameter } from './token-parameter.ts';
import { codes, derived, firstOfTriplet, onlyWhere, prefixed, typesOf } from './token-source.ts';

const fromFiness: Filter<OrganizationField> = { field: 'technicalId', match: 'startsWith', values: ['F'] };
const isSite: Filter<OrganizationField> = { field: 'finessSite', match: 'present', values: [] };
const isPractice: Filter<OrganizationField> = { field: 'technicalId', match: 'startsWith', values: ['R'] };
const entityNumber = codes<OrganizationField>('finessLegalEntity', identifierSystems.finess);
/** The number of its legal entity is a site's `partOf`; it identifies what has no number as a site. */
const ownEntityNumber = onlyWhere({ noneOf: [isSite] }, entityNumber);
const isLegalEntity: Filter<OrganizationField> = {
  anyOf: [isPractice, ...Object.values(ownEntityNumber.systems).map(({ any }) => any)],
};

/** Search parameters of Organization: as the open national API declares them, and `address-insee` of its guide. */
export const organizationParameters: readonly SearchParameter<OrganizationField>[] = [
  tokenParameter('_id', codes('id')),
  dateParameter('_lastUpdated', 'lastUpdatedAt'),
  booleanParameter('active', 'active'),
  stringParameter('address', 'address'),
  stringParameter('address-city', 'city'),
  tokenParameter('address-insee', codes('communeCode', codeSystems.municipality)),
  stringParameter('address-line', 'addressLine'),
  stringParameter('address-postalcode', 'postalCode'),
  tokenParameter('data-information-system', derived({ FINESS: fromFiness, RPPS: { noneOf: [fromFiness] } })),
  tokenParameter(
    'data-registration-authority',
    firstOfTriplet('registrationAuthority', codeSystems.registrationAuthority),
  ),
  tokenParameter(
    'identifier',
    codes('formerId', identifierSystems.idNatStruct),
    codes('finessSite', identifierSystems.finess),
    ownEntityNumber,
    codes('siren', identifierSystems.sirene),
    codes('siret', identifierSystems.sirene),
    prefixed('formerId', '4', identifierSystems.rppsRank),
  ),
  tokenParameter(
    'identifier-type',
    typesOf(
      { IDNST: 'formerId', FINEG: 'finessSite', SIREN: 'siren', SIRET: 'siret' },
      codeSystems.identifierType,
    ),
    derived(
      {
        FINEJ: {
          allOf: [{ field: 'finessLegalEntity', match: 'present', values: [] }, { noneOf: [isSite] }],
        },
        RPPSRG: { field: 'formerId', match: 'startsWith', values: ['4'] },
      },
      codeSystems.identifierType,
    ),
  ),
  stringParameter('mailbox-mss', 'mailbox'),
  stringParameter('name', 'name', 'tradeName'),
  // The extracts name a site's legal entity by its number: only `partof:identifier` can find something.
  logicalReferenceParameter('partof', onlyWhere(isSite, entityNumber)),
  // Licence numbers are not in the open extracts.
  stringParameter<OrganizationField>('pharmacy-licence'),
  tokenParameter(
    'type',
    codes('sector', codeSystems.sector),
    derived(
      { 'LEGAL-ENTITY': isLegalEntity, 'GEOGRAPHICAL-ENTITY': { noneOf: [isLegalEntity] } },
      codeSystems.organizationType,
    ),
  ),
];
