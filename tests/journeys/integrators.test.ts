import assert from 'node:assert/strict';
import { type DemoTokens, readUserInfo, redeemDemoCode, signInByApi } from '../support/demo-client.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

// What docs/integrators.md tells to try, tried as it says.

const minute = 60_000;

const age = (server: TestServer, minutes: number) =>
  server.api('POST', '/api/clock', { advanceMs: minutes * minute });

const at = ({ urls }: TestServer, path: string) =>
  new URL(`/auth/realms/esante-wallet/protocol/openid-connect/${path}`, urls.connect);

const userinfo = async (server: TestServer, { access_token }: DemoTokens): Promise<number> =>
  (await fetch(at(server, 'userinfo'), { headers: { authorization: `Bearer ${access_token}` } })).status;

async function post(server: TestServer, path: string, fields: Record<string, string>) {
  const body = new URLSearchParams({
    client_id: 'hygie-demo',
    client_secret: 'hygie-demo-secret',
    ...fields,
  });
  const answer = await fetch(at(server, path), { method: 'POST', body });
  return { status: answer.status, body: await answer.json() };
}

const refresh = (server: TestServer, { refresh_token }: DemoTokens) =>
  post(server, 'token', { grant_type: 'refresh_token', refresh_token });

async function refreshError(server: TestServer, tokens: DemoTokens): Promise<unknown[]> {
  const { status, body } = await refresh(server, tokens);
  return [status, body.error];
}

testOnOneServer('what integrators stumble over can be tried', {
  'userinfo answers 401 after two minutes; a refresh helps'(server) {
    return testExpiry(server);
  },
  async 'a refresh is refused the second time, and after half an hour'(server) {
    const first = await redeemDemoCode(server, 'infirmier-rpps');
    const { body: second } = await refresh(server, first);
    assert.deepEqual(await refreshError(server, first), [400, 'invalid_grant']);
    await age(server, 31);
    assert.deepEqual(await refreshError(server, second), [400, 'invalid_grant']);
  },
  async 'a logout by an ID token that has expired ends what was given'(server) {
    const tokens = await redeemDemoCode(server, 'infirmier-rpps');
    await age(server, 10);
    const { body: renewed } = await refresh(server, tokens);
    assert.equal(await userinfo(server, renewed), 200);
    const logout = at(server, 'logout');
    logout.search = String(new URLSearchParams({ id_token_hint: tokens.id_token }));
    assert.equal((await fetch(logout)).status, 200);
    assert.equal(await userinfo(server, renewed), 401);
    assert.deepEqual(await refreshError(server, renewed), [400, 'invalid_grant']);
  },
  async 'an identifier has its prefix: 8 for RPPS, 0 for ADELI, a structure for an employee'(server) {
    const identifierOf = async (persona: string) => (await readUserInfo(server, persona)).SubjectNameID;
    assert.match(await identifierOf('infirmier-rpps'), /^8\d{11}$/);
    assert.match(await identifierOf('infirmiere-adeli'), /^0[0-9A-Z]{9}$/);
    assert.match(await identifierOf('employe-cpe'), /^[345]\d+\/.+$/);
  },
  async 'whom a service does not expect signs in too: of another profession, or unknown to the directory'(
    server,
  ) {
    const professionOf = async (persona: string) =>
      readProfession((await readUserInfo(server, persona)).SubjectRefPro);
    assert.equal(await professionOf('pharmacienne'), '21');
    assert.equal(await professionOf('sage-femme'), '50');
    assert.equal(await professionOf('infirmiere-non-inscrite'), undefined, 'the short form');
  },
  async 'a person who refuses on her phone gives the service access_denied'(server) {
    await server.api('POST', '/api/ecps', { persona: 'medecin-deux-lieux', behaviour: 'refuse' });
    const { status, body } = await signInByApi(server, 'medecin-deux-lieux', { method: 'ecps' });
    assert.deepEqual([status, new URL(body.location).searchParams.get('error')], [200, 'access_denied']);
  },
});

/** The first one told, of TRE_G15 (pro-sante-connect.md 2.6). */
function readProfession(record: unknown): string | undefined {
  const { exercices = [] } = (record ?? {}) as { exercices?: { codeProfession: string }[] };
  return exercices[0]?.codeProfession;
}

async function testExpiry(server: TestServer): Promise<void> {
  const tokens = await redeemDemoCode(server, 'infirmier-rpps');
  assert.equal(await userinfo(server, tokens), 200);
  await age(server, 2);
  assert.equal(await userinfo(server, tokens), 401);
  const { body } = await post(server, 'token/introspect', { token: tokens.access_token });
  assert.deepEqual(body, { active: false });
  assert.equal(await userinfo(server, (await refresh(server, tokens)).body), 200);
}
