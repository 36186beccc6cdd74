import assert from 'node:assert/strict';

/**
 * What Pro Santé Connect's tokens and answers hold, field by field, out of the field tables of public samples
 * (pro-sante-connect.md 2.3 to 2.8) and not out of our own: a kind, or the very values that may be there.
 */
type Kind =
  | 'uuid'
  | 'seconds'
  | 'text'
  /** Never empty. */
  | 'filled'
  | 'scopes'
  | 'otherIds'
  | 'roles'
  | 'refPro'
  | 'jwt'
  | 'opaque';
type Field = Kind | readonly (string | number | boolean)[];
export type FieldTable = Record<string, Field>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const jws = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const checks: Record<Kind, (value: unknown) => void> = {
  uuid: (value) => assert.match(String(value), uuid),
  seconds: (value) => assert.ok(Number.isInteger(value) && Number(value) > 1_600_000_000),
  text: (value) => assert.equal(typeof value, 'string'),
  filled: (value) => assert.ok(typeof value === 'string' && value !== ''),
  scopes: (value) => assert.match(String(value), /^openid( [\w-]+)*$/),
  otherIds: checkOtherIds,
  roles: (value) => {
    assert.ok(Array.isArray(value));
    for (const role of value) assert.match(role, /^(\d\d\^1\.2\.250\.1\.213\.1\.1\.5\.5)?$/);
  },
  refPro: checkRefPro,
  jwt: (value) => assert.match(String(value), jws),
  opaque: (value) => assert.match(String(value), /^[\w.~+/-]{22,}$/),
};

/** The fields of a table, all of them and no other; each of its kind. */
export function assertFields(actual: object, table: FieldTable, what: string): void {
  assert.deepEqual(Object.keys(actual).sort(), Object.keys(table).sort(), `${what}: its fields`);
  for (const [name, field] of Object.entries(table)) {
    const value: unknown = (actual as Record<string, unknown>)[name];
    try {
      if (typeof field === 'string') checks[field](value);
      else assert.ok((field as readonly unknown[]).includes(value));
    } catch {
      assert.fail(`${what}: ${name} is ${JSON.stringify(value)}, not ${JSON.stringify(field)}`);
    }
  }
}

const session: FieldTable = { session_state: 'uuid', sid: 'uuid' };
const times: FieldTable = { exp: 'seconds', iat: 'seconds', auth_time: 'seconds' };

/** Section 2.3, without `nonce` and names: see `withNonce`, `names`. */
export const idToken: FieldTable = {
  ...times,
  ...session,
  jti: 'uuid',
  iss: 'filled',
  aud: 'filled',
  sub: 'filled',
  typ: ['ID'],
  azp: 'filled',
  at_hash: 'filled',
  authMode: ['CARD', 'MOBILE'],
  acr: ['eidas1', 'eidas2', 'eidas3'],
  SubjectNameID: 'filled',
  preferred_username: 'filled',
};
export const withNonce: FieldTable = { nonce: 'filled' };
export const names: FieldTable = { given_name: 'filled', family_name: 'filled' };

/** Section 2.4: no `aud`. */
export const accessToken: FieldTable = {
  ...times,
  ...session,
  jti: 'uuid',
  iss: 'filled',
  sub: 'filled',
  typ: ['Bearer'],
  azp: 'filled',
  nonce: 'text',
  acr: ['eidas1', 'eidas2', 'eidas3'],
  scope: 'scopes',
  authMode: ['CARD', 'MOBILE'],
  otherIds: 'otherIds',
  SubjectNameID: 'filled',
  preferred_username: 'filled',
};

/** Section 2.2: cards since September 2026. */
export const authLevel: FieldTable = { auth_level: ['1'] };

/** Section 2.7, of an access token; `sid` is Keycloak's. */
export const introspectedAccessToken: FieldTable = {
  ...times,
  ...session,
  jti: 'uuid',
  iss: 'filled',
  sub: 'filled',
  typ: ['Bearer'],
  azp: 'filled',
  nonce: 'text',
  preferred_username: 'filled',
  SubjectNameID: 'filled',
  acr: ['eidas1', 'eidas2', 'eidas3'],
  scope: 'scopes',
  client_id: 'filled',
  username: 'filled',
  active: [true],
};

/** Section 2.7, of a refresh token: `SubjectNameID` does not come back. */
export const introspectedRefreshToken: FieldTable = without(
  { ...introspectedAccessToken, typ: ['Refresh'] },
  'SubjectNameID',
  'jti',
);

/** Section 2.8. */
export const tokenResponse: FieldTable = {
  token_type: ['Bearer'],
  access_token: 'jwt',
  expires_in: [120],
  refresh_token: 'opaque',
  refresh_expires_in: [1800],
  id_token: 'jwt',
  session_state: 'uuid',
  scope: 'scopes',
  'not-before-policy': [0],
};

/** Section 2.6, the top level of the form without activities. */
export const shortUserinfo: FieldTable = {
  sub: 'filled',
  preferred_username: 'filled',
  SubjectNameID: 'filled',
  ...names,
  authMode: ['CARD', 'MOBILE'],
  otherIds: 'otherIds',
  codeCivilite: 'text',
};

/** Section 2.6, the top level of the full form. */
export const fullUserinfo: FieldTable = {
  ...shortUserinfo,
  codeGenreActivite: 'text',
  Secteur_Activite: 'text',
  SubjectOrganization: 'text',
  SubjectOrganizationID: 'text',
  SubjectRole: 'roles',
  Mode_Acces_Raison: [''],
  Acces_Regulation_Medicale: ['FAUX'],
  UITVersion: ['1.0'],
  Palier_Authentification: ['APPPRIP3^1.2.250.1.213.1.5.1.1.1'],
  PSI_Locale: ['1.2.250.1.213.1.3.1.1'],
  SubjectRefPro: 'refPro',
};

/** Section 2.6, `exercice`. */
const exercise = [
  'codeProfession',
  'codeCategorieProfessionnelle',
  'codeCiviliteDexercice',
  'nomDexercice',
  'prenomDexercice',
  'codeTypeSavoirFaire',
  'codeSavoirFaire',
];

/** Section 2.6, `activity`, as it is spelt there. */
const activity =
  `codeModeExercice, codeSecteurDactivite, codeSectionPharmacien, codeRole, codeGenreActivite, numeroSiretSite,
  numeroSirenSite, numeroFinessSite, numeroFinessetablissementJuridique, identifiantTechniqueDeLaStructure,
  raisonSocialeSite, enseigneCommercialeSite, complementDestinataire, complementPointGeographique, numeroVoie,
  indiceRepetitionVoie, codeTypeDeVoie, libelleVoie, mentionDistribution, bureauCedex, codePostal, codeCommune,
  codePays, telephone, telephone2, telecopie, adresseEMail, codeDepartement, ancienIdentifiantDeLaStructure,
  autoriteDenregistrement`.split(/,\s+/);

function checkRefPro(value: unknown): void {
  const { exercices, ...rest } = value as { exercices: { activities: object[] }[] };
  assertTexts(rest, ['codeCivilite']);
  for (const { activities, ...exercice } of exercices) {
    assertTexts(exercice, exercise);
    for (const each of activities) assertTexts(each, activity);
  }
}

/** Every absent value is an empty string: none is null, none is left out. */
function assertTexts(actual: object, expected: string[]): void {
  assert.deepEqual(Object.keys(actual).sort(), [...expected].sort());
  for (const value of Object.values(actual)) assert.equal(typeof value, 'string');
}

/** Section 2.5 and 7.1: quality 1 for all but the PSI. */
function checkOtherIds(value: unknown): void {
  const origins = [
    'RPPS',
    'ADELI',
    'CAB_ADELI',
    'FINESS',
    'SIREN',
    'SIRET',
    'CAB_RPPS',
    'RASS',
    'EDIT',
    'PSI',
  ];
  assert.ok(Array.isArray(value) && value.length > 0);
  for (const each of value) {
    const { identifiant, origine, qualite, ...rest } = each;
    assert.deepEqual(rest, {});
    assert.ok(identifiant && origins.includes(origine));
    assert.equal(qualite, origine === 'PSI' ? 2 : 1);
  }
}

export function without(table: FieldTable, ...left: string[]): FieldTable {
  return Object.fromEntries(Object.entries(table).filter(([name]) => !left.includes(name)));
}
