import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { adeli, parseIdNatPs, rpps } from '#national-id';
import {
  accessToken,
  assertFields,
  authLevel,
  type FieldTable,
  fullUserinfo,
  idToken,
  introspectedAccessToken,
  introspectedRefreshToken,
  names,
  shortUserinfo,
  tokenResponse,
  withNonce,
} from '../support/golden-claims.ts';
import { introspect } from '../support/oidc-client.ts';
import { nurseRecord } from '../support/practitioner-record.ts';
import { startProviderSite } from '../support/provider-site.ts';
import { type Person, prefix, signInAs, userinfoOf } from '../support/sign-in-as.ts';

const parse = (text: string) => {
  const nationalId = parseIdNatPs(text);
  assert.ok(nationalId, text);
  return nationalId;
};

/** Everybody that reference section 2 has a sample of. */
const people: Record<string, Person & { origine: string }> = {
  'a card under RPPS': { nationalId: rpps('99700000013'), method: 'card', origine: 'RPPS' },
  'a card under ADELI': { nationalId: adeli('991234568'), method: 'card', origine: 'ADELI' },
  'an e-CPS': { nationalId: rpps('99700000013'), method: 'ecps', origine: 'RPPS' },
  'an employee of an establishment': {
    nationalId: parse('30B0168811/CPET00001'),
    method: 'card',
    origine: 'FINESS',
  },
  'an employee of a structure': {
    nationalId: parse('500000001815646/CPAT00045'),
    method: 'card',
    origine: 'SIRET',
  },
  'a test identity': { nationalId: parse('ANS20220720153812'), method: 'ecps', origine: 'EDIT' },
};

const level = ({ method }: Person): FieldTable => (method === 'card' ? authLevel : {});

test("every identity has PSC's tokens, field by field", async (t) => {
  const site = await startProviderSite(t);
  for (const [who, { origine, ...person }] of Object.entries(people)) {
    const tokens = await signInAs(site, person);
    const id = decodeJwt(tokens.id_token);
    const access = decodeJwt(tokens.access_token);
    assertFields(tokens, tokenResponse, `${who}, token response`);
    assertFields(id, { ...idToken, ...withNonce, ...names, ...level(person) }, `${who}, ID token`);
    assertFields(access, { ...accessToken, ...level(person) }, `${who}, access token`);
    const told = await introspect(site, tokens.access_token);
    assertFields(told, { ...introspectedAccessToken, ...level(person) }, `${who}, introspection`);
    const renewal = await introspect(site, tokens.refresh_token);
    assertFields(renewal, introspectedRefreshToken, `${who}, introspected refresh token`);
    const name = String(id.SubjectNameID);
    assert.equal(parseIdNatPs(name)?.kind, person.nationalId.kind);
    for (const claims of [id, access, told, renewal]) {
      assert.equal(claims.sub, prefix + name);
      assert.equal(claims.preferred_username, name);
      assert.equal(claims.session_state, tokens.session_state);
      assert.equal(claims.sid, tokens.session_state);
    }
    assert.deepEqual(access.otherIds, [{ identifiant: name, origine, qualite: 1 }]);
    assert.equal(id.authMode, person.method === 'card' ? 'CARD' : 'MOBILE');
  }
});

test("userinfo of every identity, field by field: employees' full form with an empty profession", async (t) => {
  const site = await startProviderSite(t);
  for (const [who, { nationalId, method }] of Object.entries(people)) {
    const claims = await userinfoOf(site, await signInAs(site, { nationalId, method }));
    const isEmployee = nationalId.value.includes('/');
    assertFields(claims, isEmployee ? fullUserinfo : shortUserinfo, who);
    if (isEmployee) assert.deepEqual(claims.SubjectRole, [''], who);
  }
  site.setRecord(nurseRecord());
  const claims = await userinfoOf(
    site,
    await signInAs(site, { nationalId: rpps('99700000013'), method: 'card' }),
  );
  assertFields(claims, fullUserinfo, 'a nurse with a place of practice');
});

test('the nonce is echoed; without one the access token holds an empty string, the ID token nothing', async (t) => {
  const site = await startProviderSite(t);
  const person: Person = { nationalId: rpps('99700000013'), method: 'card' };
  const tokens = await signInAs(site, person, { nonce: undefined });
  assertFields(decodeJwt(tokens.id_token), { ...idToken, ...names, ...authLevel }, 'ID token');
  assert.equal(decodeJwt(tokens.access_token).nonce, '');
  assert.equal((await introspect(site, tokens.access_token)).nonce, '');
  const echoed = await signInAs(site, person, { nonce: 'f'.repeat(64) });
  assert.equal(decodeJwt(echoed.id_token).nonce, 'f'.repeat(64));
  assert.equal(decodeJwt(echoed.access_token).nonce, 'f'.repeat(64));
});

const identity = ['sub', 'preferred_username', 'SubjectNameID', 'authMode'];
const organization = [
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

/** Section 2.1: what each scope adds to userinfo. */
const scopes: Record<string, string[]> = {
  openid: [],
  identity: Object.keys(names),
  profile: Object.keys(names),
  rpps: ['otherIds'],
  othersIds: ['otherIds'],
  interop: organization,
  referentiel: ['SubjectRefPro', 'codeCivilite', 'codeGenreActivite'],
  eidas1: [],
  eidas2: [],
  scope_all: Object.keys(fullUserinfo).filter((name) => !identity.includes(name)),
};

test('each scope alone tells its own, and is granted as asked', async (t) => {
  const site = await startProviderSite(t);
  site.setRecord(nurseRecord());
  const person: Person = { nationalId: rpps('99700000013'), method: 'card' };
  for (const [scope, adds] of Object.entries(scopes)) {
    const asked = scope === 'openid' ? scope : `openid ${scope}`;
    const tokens = await signInAs(site, person, { scope: asked });
    assert.equal(tokens.scope, scope === 'scope_all' ? `${asked} identity` : asked);
    assert.equal(decodeJwt(tokens.access_token).scope, tokens.scope);
    const claims = await userinfoOf(site, tokens);
    assert.deepEqual(Object.keys(claims).sort(), [...identity, ...adds].sort(), scope);
    const named = ['identity', 'profile', 'scope_all'].includes(scope) ? names : {};
    assertFields(
      decodeJwt(tokens.id_token),
      { ...idToken, ...withNonce, ...authLevel, ...named },
      `${scope}, ID token`,
    );
  }
});
