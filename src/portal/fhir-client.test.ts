import assert from 'node:assert/strict';
import { test } from 'node:test';
import { organization, practitioner, role, startFhirDirectory } from '../../tests/support/fhir-directory.ts';
import { createFhirClient, DirectoryUnavailable } from './fhir-client.ts';

test('a practitioner is found by the identifier with its system and prefix', async (t) => {
  const directory = await startFhirDirectory(t);
  directory.answer(() => [practitioner()]);
  const client = createFhirClient({ baseUrl: directory.url, apiKey: 'key-1' });
  assert.equal((await client.findPractitioner('899700000013'))?.id, 'p1');
  const [request] = directory.requests;
  assert.equal(request?.pathname, '/fhir/v2/Practitioner');
  assert.equal(request?.searchParams.get('identifier'), 'urn:oid:1.2.250.1.71.4.2.1|899700000013');
  assert.equal(directory.headers()['esante-api-key'], 'key-1');
});

test('nobody is found where the bundle has no entry', async (t) => {
  const directory = await startFhirDirectory(t);
  assert.equal(
    await createFhirClient({ baseUrl: directory.url }).findPractitioner('899700000013'),
    undefined,
  );
  assert.equal(directory.headers()['esante-api-key'], undefined);
});

test('roles come with their organizations, over all pages, by the links of a public address', async (t) => {
  const directory = await startFhirDirectory(t, {
    pageSize: 1,
    publicUrl: 'https://annuaire.example/fhir/v2',
  });
  directory.answer(() => [
    role('r1', 'o1'),
    role('r2', 'o2'),
    organization('o2', 'Deux'),
    organization('o1', 'Un'),
  ]);
  const roles = await createFhirClient({ baseUrl: directory.url }).findRoles('p1');
  assert.deepEqual(
    roles.map((item) => [item.role.id, item.organization?.name]),
    [
      ['r1', 'Un'],
      ['r2', 'Deux'],
    ],
  );
  assert.equal(directory.requests.length, 4);
  assert.equal(directory.requests[0]?.searchParams.get('practitioner'), 'Practitioner/p1');
  assert.equal(directory.requests[0]?.searchParams.get('_include'), 'PractitionerRole:organization');
});

test('organizations are joined by relative and by whole references; what cannot be joined is left open', async (t) => {
  const directory = await startFhirDirectory(t);
  const whole = { organization: { reference: 'https://annuaire.example/fhir/v2/Organization/o1' } };
  directory.answer(() => [
    role('r1', 'o1', whole),
    role('r2', 'gone'),
    role('r3', undefined),
    organization('o1', 'Un'),
  ]);
  const roles = await createFhirClient({ baseUrl: directory.url }).findRoles('p1');
  assert.deepEqual(
    roles.map((item) => item.organization?.name),
    ['Un', undefined, undefined],
  );
});

test('real quirks are read: an integer versionId, resources that nobody asked for, elements left out', async (t) => {
  const directory = await startFhirDirectory(t);
  directory.answer(() => [
    { resourceType: 'Device', id: 'd1' },
    { resourceType: 'Practitioner', id: 'p1', meta: { versionId: 2 }, active: false },
  ]);
  const found = await createFhirClient({ baseUrl: directory.url }).findPractitioner('899700000013');
  assert.deepEqual(found, { resourceType: 'Practitioner', id: 'p1', active: false, qualification: [] });
});

test('a link that leads out of the API is not followed', async (t) => {
  const directory = await startFhirDirectory(t, { pageSize: 1, publicUrl: 'https://mal.example/other' });
  directory.answer(() => [role('r1', 'o1'), role('r2', 'o1')]);
  await assert.rejects(createFhirClient({ baseUrl: directory.url }).findRoles('p1'), DirectoryUnavailable);
});

test('paging that never ends is left after ten pages', async (t) => {
  const directory = await startFhirDirectory(t, { pageSize: 1 });
  directory.answer(() => Array.from({ length: 50 }, (_, index) => role(`r${index}`, 'o1')));
  await createFhirClient({ baseUrl: directory.url }).findRoles('p1');
  assert.equal(directory.requests.length, 10);
});

test('errors, other formats, silence and absence are all "unavailable"', async (t) => {
  const directory = await startFhirDirectory(t);
  const client = createFhirClient({ baseUrl: directory.url, timeoutMs: 2_000 });
  const reasonOf = async () => {
    const error = await client.findPractitioner('899700000013').catch((reason: unknown) => reason);
    return error instanceof DirectoryUnavailable ? error.reason : 'none';
  };
  directory.answer(() => ({ status: 500, body: '{}' }));
  assert.equal(await reasonOf(), 'status 500');
  directory.answer(() => ({ status: 429, body: '' }));
  assert.equal(await reasonOf(), 'status 429');
  directory.answer(() => ({ status: 200, body: '<html>' }));
  assert.equal(await reasonOf(), 'unreadable');
  directory.answer(() => ({ status: 200, body: '{"resourceType":"OperationOutcome"}' }));
  assert.equal(await reasonOf(), 'unreadable');
  await directory.stop();
  assert.equal(await reasonOf(), 'unreachable');
});
