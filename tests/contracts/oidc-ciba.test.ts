import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { decodeJwt } from 'jose';
import { adeli, formatIdNatPs, rpps } from '#national-id';
import { harden, type OidcOptions, type OidcPolicy, pscPolicy } from '#oidc';
import {
  type CibaPersonAnswer as Answer,
  createCibaPerson,
  type CibaPersonStatus as Status,
} from '../support/ciba-person.ts';
import { tokenRequest, userinfo } from '../support/oidc-client.ts';
import { adeliNurse, type ProviderSite, programId, startProviderSite } from '../support/provider-site.ts';

interface Opened extends ReturnType<typeof createCibaPerson> {
  site: ProviderSite;
}

async function open(
  t: TestContext,
  options: { policy?: OidcPolicy; bridging?: OidcOptions['bridging'] } = {},
): Promise<Opened> {
  const { person, approvals } = createCibaPerson();
  const site = await startProviderSite(t, undefined, undefined, {
    ...options,
    backchannelApprovals: approvals,
  });
  return { person, approvals, site };
}

async function ask({ site }: Opened, more: Record<string, string> = {}) {
  const form = { client_id: programId, scope: 'openid scope_all', binding_message: '12', ...more };
  const body = { login_hint: '899700000013', ...form };
  const answer = await tokenRequest(site, body, '/protocol/openid-connect/ext/ciba/auth');
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

async function poll({ site }: Opened, authReqId = '') {
  const answer = await tokenRequest(site, {
    client_id: programId,
    grant_type: 'urn:openid:params:grant-type:ciba',
    auth_req_id: authReqId,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

test('each way in which a question ends is an error of its name, and the second time an invalid grant', async (t) => {
  const opened = await open(t);
  const errors = {
    refused: 'access_denied',
    not_me: 'access_denied',
    wrong_number: 'access_denied',
    expired: 'expired_token',
    superseded: 'expired_token',
    cancelled: 'expired_token',
    consumed: 'invalid_grant',
  } as const;
  for (const [status, error] of Object.entries(errors)) {
    const { body } = await ask(opened);
    opened.person.status = status as Status;
    assert.equal((await poll(opened, body.auth_req_id)).body.error, error, status);
    opened.person.status = 'approved';
    const again = await poll(opened, body.auth_req_id);
    // Nothing was given yet where somebody else was faster.
    if (status !== 'consumed') assert.equal(again.body.error, 'invalid_grant', status);
  }
});

test('why a person is not asked is told, and the request is gone', async (t) => {
  const opened = await open(t);
  const until = Date.now() + 1_000;
  const refusals: [Answer, number, string][] = [
    [{ outcome: 'unknown' }, 400, 'unknown_user_id'],
    [{ outcome: 'expired' }, 403, 'access_denied'],
    [{ outcome: 'frozen' }, 403, 'access_denied'],
    [{ outcome: 'locked', until }, 403, 'access_denied'],
    [{ outcome: 'blocked', until }, 403, 'access_denied'],
    [{ outcome: 'limited', until }, 403, 'access_denied'],
  ];
  for (const [refusal, status, error] of refusals) {
    opened.person.refusal = refusal;
    const answer = await ask(opened);
    assert.deepEqual([answer.status, answer.body.error], [status, error], refusal.outcome);
    assert.equal(answer.body.auth_req_id, undefined);
  }
  const rows = await opened.site.database.as<{ oidc_record: { model: string } }>();
  const kept = await rows
    .selectFrom('oidc_record')
    .select('model')
    .where('model', '=', 'BackchannelAuthenticationRequest')
    .execute();
  assert.deepEqual(kept, []);
});

test('what is asked names the service, the number and the time; it does not tell what redeems the request', async (t) => {
  const opened = await open(t);
  const { body } = await ask(opened, { requested_expiry: '40' });
  const [{ signInId, ...question } = assert.fail()] = opened.person.questions;
  assert.deepEqual(question, {
    nationalId: rpps('99700000013'),
    service: { clientId: programId, name: 'Programme' },
    message: '12',
    lifetimeMs: 40_000,
  });
  assert.notEqual(signInId, body.auth_req_id);
});

test('an answer that somebody else took over meanwhile gives nothing, and nothing of it is kept', async (t) => {
  const opened = await open(t);
  const { body } = await ask(opened);
  Object.assign(opened.person, { status: 'approved', isTaken: true });
  assert.equal((await poll(opened, body.auth_req_id)).body.error, 'invalid_grant');
  assert.ok(
    !opened.site.events.some(({ name }) => name === 'oidc.signed_in' || name === 'oidc.tokens_issued'),
  );
  opened.person.isTaken = false;
  assert.equal((await poll(opened, body.auth_req_id)).status, 200, 'the request is still open');
});

test('a sign-in is in the trail, and its session ends everywhere', async (t) => {
  const opened = await open(t);
  const { body } = await ask(opened);
  opened.person.status = 'approved';
  const { body: tokens } = await poll(opened, body.auth_req_id);
  const names = opened.site.events.map(({ name }) => name);
  assert.ok(names.includes('oidc.signed_in') && names.includes('oidc.tokens_issued'));
  assert.equal((await userinfo(opened.site, tokens.access_token ?? '')).status, 200);
  await opened.site.oidc.endSessionsOf(rpps('99700000013'), 'means_removed', { method: 'ecps' });
  assert.equal((await userinfo(opened.site, tokens.access_token ?? '')).status, 401);
  const renewed = await tokenRequest(opened.site, {
    client_id: programId,
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh_token ?? '',
  });
  assert.equal(((await renewed.json()) as { error: string }).error, 'invalid_grant');
});

test('with bridging an ADELI login tells the RPPS number, as in a browser', async (t) => {
  const identity = rpps('99700000013');
  const uses: string[] = [];
  const bridging = {
    findIdentity: async () => identity,
    record: async (_unit: unknown, { service }: { service: { id: string } }) => void uses.push(service.id),
  };
  const opened = await open(t, { bridging });
  opened.person.verification = adeliNurse({ now: Date.now });
  const { body } = await ask(opened, { login_hint: formatIdNatPs(adeli('991234568')) });
  opened.person.status = 'approved';
  const { status, body: tokens } = await poll(opened, body.auth_req_id);
  assert.equal(status, 200, JSON.stringify(tokens));
  assert.equal(decodeJwt(tokens.id_token ?? '').SubjectNameID, formatIdNatPs(identity));
  assert.deepEqual(uses, [programId]);
});

test('functional identifiers and the profile hardened', async (t) => {
  const psi = '0190a1b2-0000-7000-8000-000000000001';
  const opened = await open(t, { policy: harden({ ...pscPolicy, psiOf: () => psi }) });
  const { body } = await ask(opened);
  opened.person.status = 'approved';
  const { body: tokens } = await poll(opened, body.auth_req_id);
  const claims = decodeJwt(tokens.id_token ?? '');
  assert.match(String(claims.sub), new RegExp(`:${psi}$`));
  assert.deepEqual(claims.amr, ['swk', 'pwd', 'mfa']);
});
