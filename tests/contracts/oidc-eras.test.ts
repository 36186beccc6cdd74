import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { rpps } from '#national-id';
import { type OidcPolicy, type PscEra, pscPolicyOf } from '#oidc';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import {
  assertFields,
  type FieldTable,
  fullUserinfo,
  shortUserinfo,
  without,
} from '../support/golden-claims.ts';
import { authorize, introspect, redeem, signIn, userinfo } from '../support/oidc-client.ts';
import { nurseRecord } from '../support/practitioner-record.ts';
import { startProviderSite } from '../support/provider-site.ts';
import { type Person, prefix, signInAs, userinfoOf } from '../support/sign-in-as.ts';

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
