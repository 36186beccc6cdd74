import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { openSandboxSite, type SandboxSite } from '../support/sandbox-site.ts';

function call(site: SandboxSite, path: string, init?: RequestInit): Promise<Response> {
  return fetch(new URL(path, site.url), init);
}

function post(site: SandboxSite, path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return call(site, path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function assertProblem(answer: Response, status: number, field?: string): Promise<void> {
  assert.equal(answer.status, status);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  const problem = (await answer.json()) as { status: number; title: string; field?: string };
  assert.equal(problem.status, status);
  assert.ok(problem.title);
  assert.equal(problem.field, field);
}

interface PersonaJson {
  slug: string;
  idNatPs: string;
  nationalId: string;
  means: string[];
  cause: string | null;
  card: { certificatePem: string; privateKeyPem: string; caPem: string; p12Url: string; pin: string } | null;
  ecps: { status: string };
  places: string[];
}

test('personas are told with what they sign in with', async (t) => {
  const site = await openSandboxSite(t);
  const personas = (await (await call(site, '/api/personas')).json()) as PersonaJson[];
  assert.equal(personas.length, 16);
  const find = (slug: string) => personas.find((persona) => persona.slug === slug);

  const nurse = find('infirmiere-adeli');
  assert.ok(nurse?.card);
  assert.equal(nurse.idNatPs, `0${nurse.nationalId}`);
  assert.deepEqual(nurse.means, ['card']);
  assert.equal(nurse.cause, 'legacy_adeli_identity');
  assert.equal(nurse.ecps.status, 'none');
  assert.deepEqual(nurse.places, ['Cabinet infirmier des Halles', 'Maison de santé de Ploemeur']);

  const certificate = new X509Certificate(nurse.card.certificatePem);
  assert.match(certificate.subject, new RegExp(`CN=${nurse.idNatPs}`));
  assert.ok(certificate.checkPrivateKey(createPrivateKey(nurse.card.privateKeyPem)));
  assert.match(new X509Certificate(nurse.card.caPem).subject, /RACINE/);
  const p12 = await fetch(nurse.card.p12Url);
  assert.equal(p12.headers.get('content-type'), 'application/x-pkcs12');
  assert.ok((await p12.arrayBuffer()).byteLength > 500);

  const expired = find('infirmier-carte-expiree');
  assert.ok(expired?.card);
  assert.ok(new X509Certificate(expired.card.certificatePem).validToDate.getTime() < Date.now());
  assert.deepEqual([find('infirmier-ecps-expiree')?.card, find('infirmier-ecps-expiree')?.means], [null, []]);
});

test('demo clients are told with their keys, which stay the same', async (t) => {
  const site = await openSandboxSite(t);
  const read = async () => (await (await call(site, '/api/clients')).json()) as Record<string, unknown>[];
  const clients = await read();
  const find = (id: string) => clients.find(({ clientId }) => clientId === id);
  const [demo, pkjwt, mtls] = ['hygie-demo', 'hygie-demo-pkjwt', 'hygie-demo-mtls'].map(find);
  for (const client of clients)
    assert.deepEqual(Object.keys(client).sort(), [
      'authMethod',
      'certificatePem',
      'clientId',
      'clientSecret',
      'privateJwk',
      'privateKeyPem',
    ]);
  assert.deepEqual([demo?.clientId, demo?.clientSecret], ['hygie-demo', 'hygie-demo-secret']);
  assert.deepEqual([pkjwt?.clientId, pkjwt?.authMethod], ['hygie-demo-pkjwt', 'private_key_jwt']);
  assert.equal(createPrivateKey(String(pkjwt?.privateKeyPem)).asymmetricKeyType, 'ec');
  const certificate = new X509Certificate(String(mtls?.certificatePem));
  assert.ok(certificate.checkPrivateKey(createPrivateKey(String(mtls?.privateKeyPem))));
  assert.deepEqual(await read(), clients);
});

test('mails and messages are read newest first, by recipient, with links and code, and emptied', async (t) => {
  const site = await openSandboxSite(t);
  await site.database.write(async (unit) => {
    const html = '<a href="http://localhost:4003/#t">Démarrer l’activation</a>';
    await site.mails.send(unit, { to: 'a@example.fr', subject: 'Un', text: 'Code 482913', html });
    await site.mails.send(unit, { to: 'b@example.fr', subject: 'Deux', text: 'Bonjour', html: '' });
    await site.sms.send(unit, { to: '0639980142', text: 'Code 123456' });
  });
  const mails = (await (await call(site, '/api/mails?to=a@example.fr')).json()) as Record<string, unknown>[];
  assert.equal(mails.length, 1);
  const [mail] = mails;
  assert.deepEqual(
    [mail?.subject, mail?.code, mail?.links],
    ['Un', '482913', [{ text: 'Démarrer l’activation', href: 'http://localhost:4003/#t' }]],
  );
  assert.match(String(mail?.sentAt), /^\d{4}-\d\d-\d\dT.*Z$/);
  const [sms] = (await (await call(site, '/api/sms?to=0639980142')).json()) as Record<string, unknown>[];
  assert.equal(sms?.code, '123456');
  assert.equal((await call(site, '/api/mails', { method: 'DELETE' })).status, 204);
  assert.equal((await call(site, '/api/sms', { method: 'DELETE' })).status, 204);
  assert.deepEqual(await (await call(site, '/api/mails')).json(), []);
  assert.deepEqual(await (await call(site, '/api/sms')).json(), []);
});

test('the clock answers its time, before and after an advance', async (t) => {
  const site = await openSandboxSite(t);
  const before = (await (await call(site, '/api/clock')).json()) as { now: number; aheadMs: number };
  assert.equal(before.aheadMs, 0);
  assert.ok(Math.abs(before.now - Date.now()) < 60_000);
  const after = (await (await post(site, '/api/clock', { advanceMs: 120_000 })).json()) as typeof before;
  assert.equal(after.aheadMs, 120_000);
  assert.ok(after.now - before.now >= 120_000);
});

test('a reset ends in under a second and brings real time back', async (t) => {
  const site = await openSandboxSite(t);
  await post(site, '/api/clock', { advanceMs: 120_000 });
  await site.database.write((unit) => site.sms.send(unit, { to: '0', text: 'x' }));
  assert.equal((await call(site, '/api/reset', { method: 'POST' })).status, 204);
  assert.equal(site.clock.aheadMs, 0);
  assert.deepEqual(await (await call(site, '/api/sms')).json(), []);
});

test('what is wrong is a problem that names the field, never its value', async (t) => {
  const site = await openSandboxSite(t);
  await assertProblem(await post(site, '/api/clock', { advanceMs: 'SECRET' }), 400, 'advanceMs');
  await assertProblem(await post(site, '/api/clock', { advanceMs: -1 }), 400, 'advanceMs');
  await assertProblem(await post(site, '/api/clock', { advanceMs: 1, more: 1 }), 400, 'more');
  await assertProblem(await post(site, '/api/clock', []), 400, 'body');
  await assertProblem(await post(site, '/api/cards/revoke', {}), 400, 'persona');
  await assertProblem(await post(site, '/api/cards/revoke', { persona: 'nobody' }), 404, 'persona');
  await assertProblem(
    await post(site, '/api/cards/revoke', { persona: 'infirmier-ecps-expiree' }),
    409,
    'persona',
  );
  await assertProblem(await post(site, '/api/sign-in', { persona: 'sage-femme' }), 400, 'clientId');
  await assertProblem(await post(site, '/api/ecps', { persona: 'sage-femme' }), 400, 'behaviour');
  const order = { persona: 'sage-femme', behaviour: 'approve' };
  await assertProblem(await post(site, '/api/ecps', { ...order, delayMs: -1 }), 400, 'delayMs');
  await assertProblem(await post(site, '/api/ecps', { ...order, times: 0 }), 400, 'times');
  await assertProblem(await post(site, '/api/ecps', { ...order, persona: 'nobody' }), 404, 'persona');
  await assertProblem(await call(site, '/api/ecps?persona=nobody', { method: 'DELETE' }), 404, 'persona');
  await assertProblem(await call(site, '/api/personas/nobody/card.p12'), 404, 'persona');
  await assertProblem(await call(site, '/api/nothing'), 404);
  const headers = { 'content-type': 'application/json' };
  const torn = await call(site, '/api/clock', { method: 'POST', headers, body: '{"advanceMs": SECRET' });
  assert.doesNotMatch(await torn.clone().text(), /SECRET/);
  await assertProblem(torn, 400, 'body');
});
