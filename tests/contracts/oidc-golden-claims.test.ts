import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { adeli, parseIdNatPs, rpps, type Verification } from '#national-id';
import { type OidcPolicy, type PscEra, pscPolicyOf } from '#oidc';
import { createCookieBrowser } from '../support/cookie-browser.ts';
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
  without,
} from '../support/golden-claims.ts';
import {
  type AuthorizationOptions,
  authorize,
  introspect,
  redeem,
  signIn,
  type Tokens,
  userinfo,
} from '../support/oidc-client.ts';
import { nurseRecord } from '../support/practitioner-record.ts';
import { type ProviderSite, rppsNurse, startProviderSite } from '../support/provider-site.ts';

const prefix = 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:';

type Person = Pick<Verification, 'nationalId' | 'method'>;
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

async function signInAs(site: ProviderSite, person: Person, options: AuthorizationOptions = {}) {
  const { nationalId, method } = person;
  site.card.answer = { verification: { ...rppsNurse(site.clock), nationalId, method } };
  return redeem(site, await signIn(createCookieBrowser(), site, options));
}

async function userinfoOf(site: ProviderSite, { access_token }: Tokens): Promise<Record<string, unknown>> {
  return (await (await userinfo(site, access_token)).json()) as Record<string, unknown>;
}

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

interface EraSample {
  /** `acr`, `authMode`, `auth_level` of an access token. */
  card: (string | undefined)[];
  ecps: (string | undefined)[];
  scope: string;
  /** Of the full userinfo, what is not there, and what else is. */
  absent: string[];
  more?: FieldTable;
}

const rootCodes = ['codeCivilite', 'codeGenreActivite'];
const identityScope = 'openid scope_all identity';
/** Section 2.2, row by row. */
const eras: Record<Exclude<PscEra, '2026-psi'>, EraSample> = {
  '2021': {
    card: ['eidas3', undefined, undefined],
    ecps: ['eidas1', undefined, undefined],
    scope: 'openid scope_all profile email',
    absent: [...rootCodes, 'authMode'],
    more: { email_verified: [false] },
  },
  '2022': {
    card: ['eidas3', 'CARD', undefined],
    ecps: ['eidas1', 'MOBILE', undefined],
    scope: identityScope,
    absent: [...rootCodes, 'authMode'],
  },
  '2023': {
    card: ['eidas3', 'CARD', undefined],
    ecps: ['eidas1', 'MOBILE', undefined],
    scope: identityScope,
    absent: rootCodes,
  },
  '2023-04': {
    card: ['eidas3', 'CARD', undefined],
    ecps: [undefined, 'MOBILE', undefined],
    scope: identityScope,
    absent: rootCodes,
  },
  '2024': {
    card: ['eidas1', 'CARD', undefined],
    ecps: ['eidas1', 'MOBILE', undefined],
    scope: identityScope,
    absent: [],
  },
  '2026': {
    card: ['eidas2', 'CARD', '1'],
    ecps: ['eidas1', 'MOBILE', undefined],
    scope: identityScope,
    absent: [],
  },
};

const ofEra = (era: PscEra): { policy: OidcPolicy } => ({ policy: pscPolicyOf(era, 'a key for UUIDs') });

for (const [era, { card, ecps, scope, absent, more = {} }] of Object.entries(eras)) {
  test(`in the era ${era} tokens and userinfo are as they were then`, async (t) => {
    const site = await startProviderSite(t, 'sqlite', undefined, ofEra(era as PscEra));
    site.setRecord(nurseRecord());
    for (const [method, expected] of [
      ['card', card],
      ['ecps', ecps],
    ] as const) {
      const tokens = await signInAs(site, { nationalId: rpps('99700000013'), method });
      assert.equal(tokens.scope, scope);
      for (const token of [tokens.id_token, tokens.access_token]) {
        const { acr, authMode, auth_level } = decodeJwt(token);
        assert.deepEqual([acr, authMode, auth_level], expected, method);
      }
      const told = await introspect(site, tokens.access_token);
      assert.equal(told.acr, expected[0]);
      assert.equal(told.email_verified, era === '2021' ? false : undefined);
      const claims = await userinfoOf(site, tokens);
      assertFields(claims, { ...without(fullUserinfo, ...absent), ...more }, `${era}, ${method}`);
    }
  });
}

test('a level is reached and asked for the same in every era, whatever is told', async (t) => {
  for (const era of ['2021', '2023-04', '2024'] as const) {
    const site = await startProviderSite(t, 'sqlite', undefined, ofEra(era));
    const person: Person = { nationalId: rpps('99700000013'), method: 'card' };
    assert.ok((await signInAs(site, person, { acr_values: 'eidas2' })).id_token, era);
  }
});

test('with functional identifiers the subject is a UUID, always the same, and otherIds hold both numbers', async (t) => {
  const seen = new Set<unknown>();
  for (const _ of ['one installation', 'the same after a restart']) {
    const site = await startProviderSite(t, 'sqlite', undefined, ofEra('2026-psi'));
    site.setRecord(nurseRecord());
    for (const method of ['card', 'ecps'] as const) {
      const tokens = await signInAs(site, { nationalId: rpps('99700000013'), method });
      const claims = await userinfoOf(site, tokens);
      assertFields(claims, { ...fullUserinfo, preferred_username: 'uuid', SubjectNameID: 'uuid' }, method);
      const psi = String(claims.SubjectNameID);
      const access = decodeJwt(tokens.access_token);
      for (const told of [
        claims,
        access,
        decodeJwt(tokens.id_token),
        await introspect(site, tokens.access_token),
      ])
        assert.deepEqual([told.sub, told.SubjectNameID], [prefix + psi, psi]);
      for (const { otherIds } of [claims, access])
        assert.deepEqual(otherIds, [
          { identifiant: '899700000013', origine: 'RPPS', qualite: 1 },
          { identifiant: psi, origine: 'PSI', qualite: 2 },
        ]);
      seen.add(psi);
    }
    const other = await userinfoOf(
      site,
      await signInAs(site, { nationalId: rpps('99700000021'), method: 'card' }),
    );
    assert.equal(seen.has(other.SubjectNameID), false);
  }
  assert.equal(seen.size, 1);
});

test('a session under a functional identifier ends with its number', async (t) => {
  const site = await startProviderSite(t, 'sqlite', undefined, ofEra('2026-psi'));
  const nationalId = rpps('99700000013');
  const tokens = await signInAs(site, { nationalId, method: 'card' });
  await site.oidc.endSessionsOf(nationalId, 'superseded');
  assert.equal((await userinfo(site, tokens.access_token)).status, 401);
});

test('whoever signed in before the era changed signs in again', async (t) => {
  const policy = pscPolicyOf('2026', 'a key for UUIDs');
  const site = await startProviderSite(t, 'sqlite', undefined, { policy });
  const browser = createCookieBrowser();
  const tokens = await redeem(site, await signIn(browser, site));
  // As after a restart with the other setting.
  Object.assign(policy, pscPolicyOf('2026-psi', 'a key for UUIDs'));
  assert.equal((await userinfo(site, tokens.access_token)).status, 401);
  const silent = await authorize(browser, site, { prompt: 'none' });
  assert.equal(silent.url.searchParams.get('error'), 'login_required');
  const again = await redeem(site, await signIn(browser, site));
  assertFields(await userinfoOf(site, again), { ...shortUserinfo, SubjectNameID: 'uuid' }, 'after');
});
