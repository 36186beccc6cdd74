import type { OidcPolicy } from './policy.ts';

const identity = ['preferred_username', 'SubjectNameID', 'authMode'];
const names = ['given_name', 'family_name'];
const references = ['SubjectRefPro', 'codeCivilite', 'codeGenreActivite'];
const interoperability = [
  'Secteur_Activite',
  'SubjectOrganization',
  'SubjectOrganizationID',
  'SubjectRole',
  'Mode_Acces_Raison',
  'Acces_Regulation_Medicale',
  'UITVersion',
  'Palier_Authentification',
  'PSI_Locale',
];

/** OpenID Connect Core 1.0 section 5.4. */
const standardScopes: Record<string, string[]> = {
  profile: [
    ...names,
    'name',
    'middle_name',
    'nickname',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
};

/** What userinfo holds for each scope (pro-sante-connect.md 2.1); `repair` is ours. */
export function scopeClaimsOf({ claimsForm, standardClaims }: OidcPolicy): Record<string, string[]> {
  return {
    openid: ['sub', ...identity],
    scope_all: [...names, 'otherIds', ...references, ...interoperability],
    identity: names,
    profile: names,
    referentiel: references,
    interop: interoperability,
    rpps: ['otherIds'],
    othersIds: ['otherIds'],
    eidas1: [],
    eidas2: [],
    ...(claimsForm.emailVerified ? { email: ['email_verified'] } : {}),
    repair: ['repair'],
    ...(standardClaims ? standardScopes : {}),
  };
}

const signInScopes = new Set([
  ...['openid', 'scope_all', 'identity', 'referentiel', 'interop', 'rpps', 'othersIds', 'eidas1', 'eidas2'],
  ...['repair', 'offline_access'],
  ...Object.keys(standardScopes),
]);

/** Whether a scope asks about the person, in any profile or era, and is not of an API's business. */
export const isSignInScope = (name: string): boolean => signInScopes.has(name);

/** Scopes that need the directory's record. */
export function needsRecord(scope: string): boolean {
  return scope.split(' ').some((name) => ['scope_all', 'referentiel', 'interop'].includes(name));
}

export function needsNames(scope: string): boolean {
  return scope.split(' ').some((name) => ['scope_all', 'identity', 'profile'].includes(name));
}

/** PSC grants some scopes with `scope_all`, unasked; today `identity`. */
export function withImpliedScopes(scope: string, { claimsForm }: OidcPolicy): string {
  const asked = scope.split(' ');
  if (!asked.includes('scope_all')) return scope;
  return [...new Set([...asked, ...claimsForm.impliedScopes])].join(' ');
}
