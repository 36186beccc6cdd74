import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { redeem, signIn, userinfo } from '../support/oidc-client.ts';
import { nurseRecord } from '../support/practitioner-record.ts';
import { adeliNurse, type ProviderSite, rppsNurse, startProviderSite } from '../support/provider-site.ts';

async function claimsOf(site: ProviderSite, scope = 'openid scope_all'): Promise<Record<string, unknown>> {
  const tokens = await redeem(site, await signIn(createCookieBrowser(), site, { scope, prompt: 'login' }));
  const response = await userinfo(site, tokens.access_token);
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
  return (await response.json()) as Record<string, unknown>;
}

const person = {
  sub: 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:899700000013',
  preferred_username: '899700000013',
  SubjectNameID: '899700000013',
  given_name: 'Claire',
  family_name: 'MARTIN',
  authMode: 'CARD',
  otherIds: [{ identifiant: '899700000013', origine: 'RPPS', qualite: 1 }],
};

test('a nurse with a practice: the full form, absent values as empty strings', async (t) => {
  const site = await startProviderSite(t);
  site.setRecord(nurseRecord());
  const claims = await claimsOf(site);
  assert.deepEqual(claims, {
    ...person,
    codeCivilite: 'MME',
    codeGenreActivite: 'GENR01',
    Secteur_Activite: 'SA07^1.2.250.1.71.4.2.4',
    SubjectOrganization: 'CABINET INFIRMIER DU PORT',
    SubjectOrganizationID: 'R102671',
    SubjectRole: ['60^1.2.250.1.213.1.1.5.5'],
    Mode_Acces_Raison: '',
    Acces_Regulation_Medicale: 'FAUX',
    UITVersion: '1.0',
    Palier_Authentification: 'APPPRIP3^1.2.250.1.213.1.5.1.1.1',
    PSI_Locale: '1.2.250.1.213.1.3.1.1',
    SubjectRefPro: {
      codeCivilite: 'MME',
      exercices: [
        {
          codeProfession: '60',
          codeCategorieProfessionnelle: 'C',
          codeCiviliteDexercice: '',
          nomDexercice: 'MARTIN',
          prenomDexercice: 'Claire',
          codeTypeSavoirFaire: '',
          codeSavoirFaire: '',
          activities: [
            {
              codeModeExercice: 'L',
              codeSecteurDactivite: 'SA07',
              codeSectionPharmacien: '',
              codeRole: '',
              codeGenreActivite: 'GENR01',
              numeroSiretSite: '39806996300013',
              numeroSirenSite: '',
              numeroFinessSite: '',
              numeroFinessetablissementJuridique: '',
              identifiantTechniqueDeLaStructure: 'R102671',
              raisonSocialeSite: 'CABINET INFIRMIER DU PORT',
              enseigneCommercialeSite: '',
              complementDestinataire: '',
              complementPointGeographique: '',
              numeroVoie: '12',
              indiceRepetitionVoie: '',
              codeTypeDeVoie: 'QUAI',
              libelleVoie: 'DES INDES',
              mentionDistribution: '',
              bureauCedex: '56100 LORIENT',
              codePostal: '56100',
              codeCommune: '56121',
              codePays: '99000',
              telephone: '0297000012',
              telephone2: '',
              telecopie: '',
              adresseEMail: '',
              codeDepartement: '56',
              ancienIdentifiantDeLaStructure: '499700000013008',
              autoriteDenregistrement: 'CNOI/CNOI/CNOI',
            },
          ],
        },
      ],
    },
  });
});

test('an ADELI card: names of the certificate, its number alone, the form without activities', async (t) => {
  const site = await startProviderSite(t);
  site.card.answer = { verification: adeliNurse(site.clock) };
  assert.deepEqual(await claimsOf(site), {
    sub: 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:0991234568',
    preferred_username: '0991234568',
    SubjectNameID: '0991234568',
    given_name: 'Jeanne',
    family_name: 'MARTIN',
    authMode: 'CARD',
    codeCivilite: '',
    otherIds: [{ identifiant: '0991234568', origine: 'ADELI', qualite: 1 }],
  });
});

test('somebody without an activity gets the form without activities, ended roles count for nothing', async (t) => {
  const site = await startProviderSite(t);
  const record = nurseRecord();
  const [role] = record.roles;
  assert.ok(role);
  site.setRecord({ ...record, roles: [{ ...role, active: false }] });
  assert.deepEqual(await claimsOf(site), { ...person, codeCivilite: 'MME' });
  const empty = { mode: null, sector: null, role: null, activityKind: null, organization: null };
  site.setRecord({ ...record, roles: [{ ...role, ...empty }] });
  assert.deepEqual(await claimsOf(site), { ...person, codeCivilite: 'MME' });
});

test('an employee has an empty profession and the structure of the identifier', async (t) => {
  const site = await startProviderSite(t);
  const nationalId = { kind: 'finessEmployee', value: '990168811/CPET00001' } as const;
  site.card.answer = { verification: { ...rppsNurse(site.clock), nationalId, profession: null } };
  const claims = await claimsOf(site);
  assert.equal(claims.SubjectNameID, '3990168811/CPET00001');
  assert.equal(claims.SubjectOrganizationID, 'F990168811');
  assert.deepEqual(claims.SubjectRole, ['']);
  assert.deepEqual(claims.otherIds, [{ identifiant: '3990168811/CPET00001', origine: 'FINESS', qualite: 1 }]);
  const { exercices } = claims.SubjectRefPro as { exercices: Record<string, unknown>[] };
  assert.equal(exercices[0]?.codeProfession, '');
  site.setRecord(nurseRecord());
  assert.equal((await claimsOf(site)).SubjectOrganization, 'CABINET INFIRMIER DU PORT');
});

test('each scope tells its own, and the scope repair what is wrong', async (t) => {
  const site = await startProviderSite(t);
  site.setRecord(nurseRecord());
  const { sub, preferred_username, SubjectNameID, authMode, given_name, family_name, otherIds } = person;
  const identity = { sub, preferred_username, SubjectNameID, authMode };
  assert.deepEqual(await claimsOf(site, 'openid'), identity);
  assert.deepEqual(await claimsOf(site, 'openid profile'), { ...identity, given_name, family_name });
  assert.deepEqual(await claimsOf(site, 'openid rpps'), { ...identity, otherIds });
  const repaired = await claimsOf(site, 'openid repair');
  assert.deepEqual(repaired.repair, { cause: null, chain: { signedIn: { method: 'card' } } });
  assert.equal((await claimsOf(site, 'openid scope_all email unheard-of')).repair, undefined);
});

test('a claim asked for by name comes with whatever scope', async (t) => {
  const site = await startProviderSite(t);
  site.setRecord(nurseRecord());
  const code = await signIn(createCookieBrowser(), site, {
    scope: 'openid',
    claims: JSON.stringify({ userinfo: { SubjectOrganization: null } }),
  });
  const { access_token } = await redeem(site, code);
  const claims = await (await userinfo(site, access_token)).json();
  assert.equal(claims.SubjectOrganization, 'CABINET INFIRMIER DU PORT');
  assert.equal(claims.SubjectRefPro, undefined);
});
