import type { RoleField } from '../directory-store.ts';
import { codeSystems, pharmacistSectionFamilies, roleFamilies } from './code-systems.ts';
import {
  always,
  dateParameter,
  referenceParameter,
  type SearchParameter,
  stringParameter,
} from './search-parameter.ts';
import { booleanParameter, tokenParameter } from './token-parameter.ts';
import { codes, derived, families, firstOfTriplet } from './token-source.ts';

/** Search parameters of PractitionerRole: as the open national API declares them. */
export const practitionerRoleParameters: readonly SearchParameter<RoleField>[] = [
  tokenParameter('_id', codes('id')),
  dateParameter('_lastUpdated', 'lastUpdatedAt'),
  booleanParameter('active', 'active'),
  tokenParameter('data-information-system', derived({ RPPS: always })),
  tokenParameter(
    'data-registration-authority',
    firstOfTriplet('registrationAuthority', codeSystems.registrationAuthority),
  ),
  // The number of a situation d'exercice is not in the open extracts.
  tokenParameter<RoleField>('identifier'),
  stringParameter('mailbox-mss', 'mailbox'),
  referenceParameter('organization', 'Organization', 'organizationId'),
  referenceParameter('practitioner', 'Practitioner', 'practitionerId'),
  tokenParameter(
    'role',
    codes('activityKind', codeSystems.activityKind),
    codes('mode', codeSystems.exerciseMode),
    families('role', roleFamilies),
    families('pharmacistSection', pharmacistSectionFamilies),
  ),
];
