import type { PractitionerField } from '../directory-store.ts';
import {
  codeSystems,
  diplomaSystems,
  expertiseSystems,
  identifierSystems,
  professionFamilies,
} from './code-systems.ts';
import { always, dateParameter, type SearchParameter, stringParameter } from './search-parameter.ts';
import { booleanParameter, tokenParameter } from './token-parameter.ts';
import { codes, derived, families, firstOfTriplet, typed, typesOf } from './token-source.ts';

/** Search parameters of Practitioner: as the open national API declares them. */
export const practitionerParameters: readonly SearchParameter<PractitionerField>[] = [
  tokenParameter('_id', codes('id')),
  dateParameter('_lastUpdated', 'lastUpdatedAt'),
  booleanParameter('active', 'active'),
  tokenParameter('data-information-system', derived({ RPPS: always })),
  tokenParameter(
    'data-registration-authority',
    firstOfTriplet('registrationAuthority', codeSystems.registrationAuthority),
  ),
  stringParameter('family', 'familyName'),
  stringParameter('given', 'givenName'),
  tokenParameter(
    'identifier',
    codes('idNatPs', identifierSystems.idNatPs),
    codes('rpps', identifierSystems.rpps),
  ),
  tokenParameter('identifier-type', typesOf({ IDNPS: 'idNatPs', RPPS: 'rpps' }, codeSystems.identifierType)),
  stringParameter('mailbox-mss', 'mailbox'),
  stringParameter('name', 'name'),
  stringParameter('number-smartcard', 'cardNumber'),
  tokenParameter(
    'qualification-code',
    families('profession', professionFamilies),
    codes('category', codeSystems.professionCategory),
    typed('expertise', 'expertiseType', expertiseSystems),
    codes('expertiseType', codeSystems.expertiseType),
    typed('diploma', 'diplomaType', diplomaSystems),
    codes('diplomaType', codeSystems.diplomaType),
  ),
  tokenParameter('type-smartcard', codes('cardType', codeSystems.cardType)),
];
