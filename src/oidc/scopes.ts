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

/** What userinfo holds for each scope (pro-sante-connect.md 2.1); `repair` is ours. */
export const scopeClaims: Record<string, string[]> = {
  openid: ['sub', ...identity],
  scope_all: [...names, 'otherIds', ...references, ...interoperability],
  identity: names,
  profile: names,
  referentiel: references,
  interop: interoperability,
  rpps: ['otherIds'],
  eidas1: [],
  eidas2: [],
  repair: ['repair'],
};

export const scopes = Object.keys(scopeClaims);

/** Scopes that need the directory's record. */
export function needsRecord(scope: string): boolean {
  return scope.split(' ').some((name) => ['scope_all', 'referentiel', 'interop'].includes(name));
}

export function needsNames(scope: string): boolean {
  return scope.split(' ').some((name) => ['scope_all', 'identity', 'profile'].includes(name));
}

/** PSC grants `identity` with `scope_all`, unasked. */
export function withImpliedScopes(scope: string): string {
  const names = scope.split(' ');
  return names.includes('scope_all') && !names.includes('identity') ? `${scope} identity` : scope;
}
