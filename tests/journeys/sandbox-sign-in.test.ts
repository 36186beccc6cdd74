import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readUserInfo, signInByApi as signIn } from '../support/demo-client.ts';
import { startTestServer } from '../support/start-test-server.ts';

interface Persona {
  slug: string;
  idNatPs: string;
  means: string[];
  cause: string | null;
  email: string | null;
  phone: string | null;
  familyName: string;
  givenName: string;
  places: string[];
}

test('everybody who has a card signs in with it and is told what the table of personas says', async (t) => {
  const server = await startTestServer(t);
  const { body: personas } = await server.api<Persona[]>('GET', '/api/personas');
  const expired = 'infirmier-carte-expiree';
  for (const persona of personas.filter(({ means, slug }) => means.includes('card') && slug !== expired)) {
    const userInfo = await readUserInfo(server, persona.slug);
    assert.equal(userInfo.SubjectNameID, persona.idNatPs, persona.slug);
    assert.deepEqual([userInfo.given_name, userInfo.family_name], [persona.givenName, persona.familyName]);
    assert.equal(userInfo.repair.cause, persona.cause, persona.slug);
    const places = userInfo.repair.chain.directory.places;
    if (places !== null) assert.equal(places, persona.places.length, persona.slug);
  }
});

test('who is in the directory can be written to, but the one whom it does not know how to reach', async (t) => {
  const server = await startTestServer(t);
  const { body: personas } = await server.api<Persona[]>('GET', '/api/personas');
  for (const { slug, email, phone } of personas) {
    const unreachable = ['infirmiere-sans-coordonnees', 'infirmiere-non-inscrite'].includes(slug);
    assert.deepEqual([email === null, phone === null], [unreachable, unreachable], slug);
  }
});

test('a failed card is 409 with its code, and what OAuth reports comes in the location', async (t) => {
  const server = await startTestServer(t);
  const failed = async (persona: string) => {
    const { status, body } = await signIn(server, persona);
    return [status, body.code];
  };
  assert.deepEqual(await failed('infirmier-carte-expiree'), [409, 'expired']);
  assert.deepEqual(await failed('infirmier-ecps-expiree'), [409, 'no_certificate']);
  await server.api('POST', '/api/cards/revoke', { persona: 'sage-femme' });
  assert.deepEqual(await failed('sage-femme'), [409, 'revoked']);
  await server.api('POST', '/api/reset');
  assert.equal((await signIn(server, 'sage-femme')).status, 200);

  const silent = await signIn(server, 'sage-femme', { prompt: 'none', state: 's' });
  assert.equal(new URL(silent.body.location).searchParams.get('error'), 'login_required');
});

test('unknown persona or client and a refused address are problems that name the field', async (t) => {
  const server = await startTestServer(t);
  const refused = async (more: object) => {
    const { status, body } = await signIn(server, 'sage-femme', more);
    return [status, body.field];
  };
  assert.deepEqual(await refused({ persona: 'nobody' }), [404, 'persona']);
  assert.deepEqual(await refused({ clientId: 'nobody' }), [400, 'clientId']);
  assert.deepEqual(await refused({ redirectUri: 'https://evil.example/' }), [400, 'redirectUri']);
  assert.deepEqual(await refused({ redirectUri: 'not an address' }), [400, 'redirectUri']);
  assert.deepEqual(await refused({ method: 'passkey' }), [400, 'method']);
});

test('after a reset the directory, its links and contact details are those of the seed', async (t) => {
  const server = await startTestServer(t);
  const { uri: _, ...before } = (await readUserInfo(server, 'infirmiere-adeli')).repair;
  assert.equal((await server.api('POST', '/api/reset')).status, 204);
  const { uri: __, ...after } = (await readUserInfo(server, 'infirmiere-adeli')).repair;
  assert.deepEqual(after, before);
  const { body: personas } = await server.api<Persona[]>('GET', '/api/personas');
  assert.equal(personas.find(({ slug }) => slug === 'infirmiere-adeli')?.email, 'claire.fontaine@example.fr');
});
