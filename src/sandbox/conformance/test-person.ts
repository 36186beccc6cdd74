import { rpps, type Verification } from '#national-id';

/** Who signs in where the test plans of the OpenID Foundation are run; nobody in the directory. */
export const testPerson: Omit<Verification, 'verifiedAt'> = {
  nationalId: rpps('99700999990'),
  givenName: 'Camille',
  familyName: 'ESSAI',
  profession: '60',
  method: 'card',
};

/** Every claim of OpenID Connect Core 1.0 section 5.1 that Pro Santé Connect does not fill. */
export const standardClaims: Readonly<Record<string, unknown>> = {
  name: 'Camille Essai',
  middle_name: 'Dominique',
  nickname: 'Camille',
  profile: 'https://essai.example/camille',
  picture: 'https://essai.example/camille.png',
  website: 'https://essai.example',
  gender: 'unknown',
  birthdate: '1990-01-01',
  zoneinfo: 'Europe/Paris',
  locale: 'fr-FR',
  updated_at: 1_700_000_000,
  email: 'camille.essai@example.com',
  email_verified: true,
  address: {
    formatted: '1 rue de l’Essai\n75000 Paris\nFrance',
    street_address: '1 rue de l’Essai',
    locality: 'Paris',
    region: 'Île-de-France',
    postal_code: '75000',
    country: 'France',
  },
  phone_number: '+33639980000',
  phone_number_verified: true,
};
