import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { parseIdNatPs } from '#national-id';
import type { PractitionerRecord } from '#oidc';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { assertFields, fullUserinfo, shortUserinfo } from '../support/golden-claims.ts';
import { redeem, signIn, userinfo } from '../support/oidc-client.ts';
import { nurseRecord, organization, role } from '../support/practitioner-record.ts';
import {
  demoSecret,
  type ProviderSite,
  rppsNurse,
  signedId,
  startProviderSite,
} from '../support/provider-site.ts';

interface RefPro {
  codeCivilite: string;
  exercices: { [field: string]: unknown; activities: Record<string, string>[] }[];
}

/** In JSON, and signed as well: both must say the same. */
async function claimsOf(site: ProviderSite): Promise<Record<string, unknown>> {
  const plain = await userinfo(site, await tokenOf(site));
  assert.match(plain.headers.get('content-type') ?? '', /^application\/json/);
  const claims = (await plain.json()) as Record<string, unknown>;
  const { iss, aud, exp, iat, ...signed } = await signedClaimsOf(site);
  assert.deepEqual(signed, claims);
  return claims;
}

async function tokenOf(site: ProviderSite, client: Record<string, string> = {}): Promise<string> {
  const { client_id: clientId } = client;
  const code = await signIn(createCookieBrowser(), site, {
    prompt: 'login',
    ...(clientId ? { clientId } : {}),
  });
  return (await redeem(site, code, client)).access_token;
}

async function signedClaimsOf(site: ProviderSite): Promise<Record<string, unknown>> {
  const client = { client_id: signedId, client_secret: demoSecret };
  const response = await userinfo(site, await tokenOf(site, client));
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^application\/jwt/);
  const keys = createRemoteJWKSet(new URL(`${site.issuer}/protocol/openid-connect/certs`));
  const { payload } = await jwtVerify(await response.text(), keys, {
    issuer: site.issuer,
    audience: signedId,
    algorithms: ['RS256'],
  });
  assert.equal(typeof payload.aud, 'string');
  return payload;
}

function refProOf(claims: Record<string, unknown>): RefPro {
  return claims.SubjectRefPro as RefPro;
}

test('a record with no activity gives the short form, signed for the service that asks so', async (t) => {
  const site = await startProviderSite(t);
  site.setRecord({ ...nurseRecord(), roles: [] });
  const claims = await claimsOf(site);
  assertFields(claims, shortUserinfo, 'no activity');
  assert.equal(claims.codeCivilite, 'MME');
});

test('a record that is unknown gives the short form with empty strings', async (t) => {
  const site = await startProviderSite(t);
  site.setRecord(undefined);
  const claims = await claimsOf(site);
  assertFields(claims, shortUserinfo, 'unknown record');
  assert.equal(claims.codeCivilite, '');
});

const specialist = { code: 'SM54', label: null, typeCode: 'S', typeLabel: null };

/** A physician and pharmacist: two professions, three activities, the second without a structure. */
function manyRecord(): PractitionerRecord {
  const { practitioner } = nurseRecord();
  const labels = { professionLabel: '', category: 'C', categoryLabel: 'Civil' };
  return {
    practitioner: {
      ...practitioner,
      exerciseCivility: 'DR',
      qualifications: [
        { ...labels, profession: '10', expertise: [specialist] },
        { ...labels, profession: '21', expertise: [] },
      ],
    },
    roles: [
      { ...role({ profession: '10', mode: 'S', sector: 'SA01' }), organization: organization() },
      { ...role({ profession: '10', mode: 'B', activityKind: null }), organization: null },
      {
        ...role({ profession: '21', pharmacistSection: 'A' }),
        organization: { ...organization(), name: 'PHARMACIE DU PORT', technicalId: 'R200002' },
      },
    ],
  };
}

test('several professions and activities all come, the first of them at the root', async (t) => {
  const site = await startProviderSite(t);
  site.setRecord(manyRecord());
  const claims = await claimsOf(site);
  assertFields(claims, fullUserinfo, 'several');
  assert.deepEqual(claims.SubjectRole, ['10^1.2.250.1.213.1.1.5.5', '21^1.2.250.1.213.1.1.5.5']);
  assert.equal(claims.Secteur_Activite, 'SA01^1.2.250.1.71.4.2.4');
  assert.equal(claims.SubjectOrganization, 'CABINET INFIRMIER DU PORT');
  const { exercices } = refProOf(claims);
  assert.deepEqual(
    exercices.map(
      ({ activities, codeProfession, codeCiviliteDexercice, codeTypeSavoirFaire, codeSavoirFaire }) => [
        codeProfession,
        codeCiviliteDexercice,
        codeTypeSavoirFaire,
        codeSavoirFaire,
        activities.map(({ raisonSocialeSite }) => raisonSocialeSite),
      ],
    ),
    [
      ['10', 'DR', 'S', 'SM54', ['CABINET INFIRMIER DU PORT', '']],
      ['21', 'DR', '', '', ['PHARMACIE DU PORT']],
    ],
  );
  const [, withoutStructure] = exercices[0]?.activities ?? [];
  assert.equal(withoutStructure?.codeModeExercice, 'B');
  assert.equal(withoutStructure?.codeGenreActivite, '');
  assert.equal(exercices[1]?.activities[0]?.codeSectionPharmacien, 'A');
});

/** Samples of pro-sante-connect.md 2.5, the structure as `activity` tells it. */
const employees = [
  [
    '30B0168811/CPET00001',
    'F0B0168811',
    { numeroFinessSite: '0B0168811', numeroSirenSite: '', numeroSiretSite: '' },
  ],
  [
    '500000001815646/CPAT00045',
    'C00000001815646',
    { numeroFinessSite: '', numeroSirenSite: '', numeroSiretSite: '00000001815646' },
  ],
  ['4000000018/CPAT00045', '', { numeroFinessSite: '', numeroSirenSite: '000000018', numeroSiretSite: '' }],
] as const;

test('an employee has an empty profession, and the structure of the identifier or of the directory', async (t) => {
  const site = await startProviderSite(t);
  for (const [idNatPs, technicalId, numbers] of employees) {
    const nationalId = parseIdNatPs(idNatPs);
    assert.ok(nationalId);
    site.card.answer = { verification: { ...rppsNurse(site.clock), nationalId, profession: null } };
    site.setRecord(undefined);
    const claims = await claimsOf(site);
    assertFields(claims, fullUserinfo, idNatPs);
    assert.equal(claims.SubjectOrganizationID, technicalId);
    const [exercice] = refProOf(claims).exercices;
    assert.equal(exercice?.codeProfession, '');
    const { numeroFinessSite, numeroSirenSite, numeroSiretSite } = exercice?.activities[0] ?? {};
    assert.deepEqual({ numeroFinessSite, numeroSirenSite, numeroSiretSite }, numbers);
    site.setRecord(nurseRecord());
    assert.equal((await claimsOf(site)).SubjectOrganization, 'CABINET INFIRMIER DU PORT');
  }
});

test('a test identity that no directory knows gets the short form, with its origin', async (t) => {
  const site = await startProviderSite(t);
  const nationalId = parseIdNatPs('ANS20220720153812');
  assert.ok(nationalId);
  site.card.answer = { verification: { ...rppsNurse(site.clock), nationalId, method: 'ecps' } };
  const claims = await claimsOf(site);
  assertFields(claims, shortUserinfo, 'EDIT');
  assert.deepEqual(claims.otherIds, [{ identifiant: 'ANS20220720153812', origine: 'EDIT', qualite: 1 }]);
});
