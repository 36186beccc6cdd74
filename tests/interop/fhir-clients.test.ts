import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { MedplumClient } from '@medplum/core';
import { Client } from 'fhir-kit-client';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

interface Bundle {
  resourceType: string;
  total?: number;
  link?: { relation: string; url: string }[];
  entry?: { resource: { resourceType: string; id: string; meta?: { versionId?: string } } }[];
}

let server: TestServer;
before(async (t) => {
  server = await startTestServer(t as never);
});

const baseUrl = () => `${server.urls.directory}/fhir/v2`;

test('fhir-kit-client reads, searches to the last page and is told errors', async () => {
  const client = new Client({ baseUrl: baseUrl() });
  const capability = await client.capabilityStatement();
  assert.equal(capability.resourceType, 'CapabilityStatement');
  assert.equal(capability.fhirVersion, '4.0.1');

  let page = (await client.resourceSearch({
    resourceType: 'PractitionerRole',
    searchParams: { _count: 20, _total: 'accurate' },
  })) as Bundle;
  const total = page.total;
  const ids = new Set<string>();
  for (let count = 0; count < 100; count++) {
    for (const { resource } of page.entry ?? []) ids.add(resource.id);
    const next = (await client.nextPage({ bundle: page as never })) as Bundle | undefined;
    if (!next) break;
    page = next;
  }
  assert.equal(ids.size, total, 'every role once');
  const previous = (await client.prevPage({ bundle: page as never })) as Bundle;
  assert.ok(previous.entry?.length);

  const found = (await client.resourceSearch({
    resourceType: 'Practitioner',
    searchParams: { 'near-name': 'fontaine', 'near-profession': '60' },
  })) as Bundle;
  const id = found.entry?.[0]?.resource.id ?? '';
  const read = await client.read({ resourceType: 'Practitioner', id });
  assert.equal(read.id, id);
  const history = (await client.history({ resourceType: 'Practitioner', id })) as Bundle;
  const versions = history.entry?.map(({ resource }) => resource.meta?.versionId ?? '') ?? [];
  assert.equal(versions.at(-1), '1');
  const first = await client.vread({ resourceType: 'Practitioner', id, version: '1' });
  assert.deepEqual(first, history.entry?.at(-1)?.resource);
  const everything = (await client.operation({
    name: 'everything',
    resourceType: 'Practitioner',
    id,
    method: 'GET',
  })) as Bundle;
  const types = new Set(everything.entry?.map(({ resource }) => resource.resourceType));
  assert.deepEqual([...types].sort(), ['Organization', 'Practitioner', 'PractitionerRole']);

  const refused = client.resourceSearch({ resourceType: 'Practitioner', searchParams: { _count: 'many' } });
  await assert.rejects(refused, ({ response }: { response: { status: number; data: Bundle } }) => {
    assert.deepEqual([response.status, response.data.resourceType], [400, 'OperationOutcome']);
    return true;
  });
});

test('Medplum’s client reads, searches by chains and reads once what has not changed', async () => {
  const client = new MedplumClient({ baseUrl: `${server.urls.directory}/`, fhirUrlPath: 'fhir/v2', fetch });
  const roles = await client.search('PractitionerRole', {
    'organization.address-city': 'Lorient',
    _include: 'PractitionerRole:practitioner',
  });
  assert.equal(roles.resourceType, 'Bundle');
  const people = await client.searchResources('Practitioner', { family: 'FONTAINE' });
  const [person] = people;
  assert.ok(person?.id);
  const read = await client.readResource('Practitioner', person.id);
  assert.equal(read.meta?.versionId, person.meta?.versionId);
  const history = await client.readHistory('Practitioner', person.id);
  assert.deepEqual(history.entry?.[0]?.resource, read);
  const etag = `W/"${read.meta?.versionId}"`;
  const again = await fetch(`${baseUrl()}/Practitioner/${person.id}`, { headers: { 'if-none-match': etag } });
  assert.equal(again.status, 304);
  await assert.rejects(
    client.readResource('Practitioner', 'nobody'),
    /unknown|not found|inconnu|n'existe|Not/i,
  );
});
