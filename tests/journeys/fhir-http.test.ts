import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { usualEngine } from '../support/databases.ts';
import { liberal, person, practice } from '../support/directory-rows.ts';
import { type DirectorySite, startDirectorySite } from '../support/directory-site.ts';

const mediaType = 'application/fhir+json;charset=UTF-8';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

test('a bundle has the members of the national API in its order', async (t) => {
  const site = await open(t);
  const { status, headers, body } = await site.request('/Practitioner?identifier=99700000013', {
    headers: { 'ESANTE-API-KEY': 'any' },
  });
  assert.equal(status, 200);
  assert.equal(headers.get('content-type'), mediaType);
  assert.deepEqual(Object.keys(body), ['resourceType', 'type', 'id', 'total', 'entry', 'link']);
  assert.equal(body.type, 'searchset');
  assert.match(body.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const [entry] = body.entry ?? [];
  assert.deepEqual(Object.keys(entry ?? {}), ['fullUrl', 'resource']);
  assert.equal(entry?.fullUrl, `${site.url}/fhir/v2/Practitioner/${entry?.resource.id}`);
  assert.deepEqual(body.link, [
    { relation: 'self', url: `${site.url}/fhir/v2/Practitioner?identifier=99700000013` },
  ]);
});

test('an empty search has no entry', async (t) => {
  const site = await open(t);
  const { status, body } = await site.request('/Practitioner?identifier=1');
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ['resourceType', 'type', 'id', 'total', 'link']);
  assert.equal(body.total, 0);
});

test('a resource is read by its id, with its version as entity tag', async (t) => {
  const site = await open(t);
  const search = await site.request('/PractitionerRole');
  const [entry] = search.body.entry ?? [];
  const read = await site.request(entry?.fullUrl ?? '');
  assert.equal(read.status, 200);
  assert.equal(read.headers.get('content-type'), mediaType);
  assert.equal(read.headers.get('etag'), 'W/"1"');
  assert.deepEqual(read.body, entry?.resource);
  assert.equal((read.body.meta as { versionId: unknown }).versionId, '1');
  const head = await site.request(entry?.fullUrl ?? '', { method: 'HEAD' });
  assert.equal(head.status, 200);
});

test('a search by post reads its form and its address, and asks for no origin', async (t) => {
  const site = await open(t);
  const posted = await site.request('/Practitioner/_search?active=true', {
    method: 'POST',
    headers: form,
    body: 'family=font&_total=none',
  });
  assert.equal(posted.status, 200);
  assert.equal(posted.body.entry?.length, 1);
  assert.equal('total' in posted.body, false);
  const nobody = await site.request('/Practitioner/_search?active=false', { method: 'POST', headers: form });
  assert.equal(nobody.body.total, 0);
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
  assert.equal((await site.request('/Practitioner/_search', json)).status, 415);
});

test('asked elements come with those that always do, marked as a subset', async (t) => {
  const site = await open(t);
  const { body } = await site.request('/Practitioner?_elements=name');
  const resource = body.entry?.[0]?.resource;
  assert.deepEqual(Object.keys(resource ?? {}), [
    'resourceType',
    'id',
    'meta',
    'identifier',
    'active',
    'name',
  ]);
  assert.deepEqual((resource?.meta as { tag: unknown } | undefined)?.tag, [
    {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
      code: 'SUBSETTED',
      display: 'Resource encoded in summary mode',
    },
  ]);
  const lines = await site.request('/Organization?_elements=address,alias');
  assert.match(JSON.stringify(lines.body.entry?.[0]?.resource.address), /"_line".*streetNameBase/);
});

test('counts and totals do as they are told', async (t) => {
  const site = await open(t);
  const counted = await site.request('/Practitioner?_count=0');
  assert.equal(counted.body.total, 1);
  assert.equal('entry' in counted.body, false);
  assert.equal((await site.request('/Practitioner?_total=accurate')).body.total, 1);
  assert.equal((await site.request('/Practitioner?_total=estimate')).body.total, 1);
  assert.equal((await site.request('/Practitioner?_count=999999&_format=json&_pretty=true')).status, 200);
});

test('what is wrong is said as an outcome that names the parameter and not the value', async (t) => {
  const site = await open(t);
  const wrong: [string, string | undefined][] = [
    ['Practitioner?adress-city=Secret', 'adress-city'],
    ['Practitioner?_sort=Secret', '_sort'],
    ['Practitioner?name:family=Secret', 'name'],
    ['Practitioner?active:exact=true', 'active'],
    ['Practitioner?family:not=Secret', 'family'],
    ['Practitioner?_lastUpdated:exact=2026', '_lastUpdated'],
    ['Practitioner?_count:exact=1', '_count'],
    ['Practitioner?active=Secret', 'active'],
    ['Practitioner?_lastUpdated=Secret', '_lastUpdated'],
    ['Practitioner?_lastUpdated=ge2026-02-30', '_lastUpdated'],
    ['Practitioner?_lastUpdated=>2026', '_lastUpdated'],
    ['Practitioner?_count=-1', '_count'],
    ['Practitioner?_count=1.5', '_count'],
    ['Practitioner?_count=', '_count'],
    ['Practitioner?_count=Secret', '_count'],
    ['Practitioner?_count=1&_count=2', '_count'],
    ['Practitioner?_total=Secret', '_total'],
    ['Practitioner?_include=Secret', '_include'],
    ['Practitioner?_include=PractitionerRole:practitioner', '_include'],
    ['PractitionerRole?_include=PractitionerRole:location', '_include'],
    ['PractitionerRole?_include:iterate=PractitionerRole:practitioner', '_include'],
    ['Organization?_revinclude=PractitionerRole:practitioner', '_revinclude'],
    ['Practitioner?_elements=na/me', '_elements'],
    ['Practitioner?identifier=', 'identifier'],
    ['Practitioner?identifier=,', 'identifier'],
    [`Practitioner?name=${'x'.repeat(1025)}`, 'name'],
    [`Practitioner?${'name=x&'.repeat(101)}`, undefined],
    [`Practitioner?${`name=${'x,'.repeat(400)}&`.repeat(3)}`, undefined],
  ];
  for (const [path, parameter] of wrong) {
    const { status, headers, body } = await site.request(`/${path}`);
    assert.equal(status, 400, path);
    assert.equal(headers.get('content-type'), mediaType);
    assert.equal(body.resourceType, 'OperationOutcome');
    const [issue] = body.issue ?? [];
    assert.equal(issue?.severity, 'error');
    assert.deepEqual(issue?.location, parameter && [`http.${parameter}`], path);
    assert.doesNotMatch(JSON.stringify(body), /Secret|xxx/);
  }
  const unknown = await site.request('/Practitioner?address-city=Lorient');
  assert.equal(
    unknown.body.issue?.[0]?.diagnostics,
    'Parameter address-city not found for resource Practitioner',
  );
});

test('what does not exist is not found, and what would change something is not allowed', async (t) => {
  const site = await open(t);
  const missing = [
    '/Practitioner/003-0',
    '/Patient',
    '/Patient/1',
    '/Practitioner/1/_history',
    '/',
    '',
    '/Patient?a=1',
  ];
  for (const path of [...missing, '/Practitioner/_history', '/_search', '/_history']) {
    const { status, body } = await site.request(path);
    assert.equal(status, 404, path);
    assert.equal(body.resourceType, 'OperationOutcome');
  }
  const patient = await site.request('/Patient');
  assert.equal(
    patient.body.issue?.[0]?.diagnostics,
    "Unknown resource type 'Patient' - Server knows how to handle: [Practitioner, PractitionerRole, Organization, Device, HealthcareService]",
  );
  for (const [method, path] of [
    ['PUT', '/Practitioner/003-0'],
    ['DELETE', '/Practitioner/003-0'],
    ['PATCH', '/Practitioner/003-0'],
    ['POST', '/Practitioner'],
    ['POST', '/metadata'],
    ['DELETE', '/Practitioner/_search'],
  ] as const) {
    const { status, headers, body } = await site.request(path, { method });
    assert.equal(status, 405, `${method} ${path}`);
    assert.match(headers.get('allow') ?? '', /^GET, HEAD/);
    assert.equal(body.resourceType, 'OperationOutcome');
  }
});

test('the capability statement declares exactly what searches accept', async (t) => {
  const site = await open(t);
  const { status, body } = await site.request('/metadata');
  assert.equal(status, 200);
  assert.equal(body.resourceType, 'CapabilityStatement');
  assert.equal(body.fhirVersion, '4.0.1');
  assert.deepEqual(body.format, ['application/fhir+json', 'json']);
  const [rest] = body.rest as { resource: Declared[]; operation: Operation[] }[];
  assert.deepEqual(namesOf(rest?.operation), ['export']);
  const asked = await site.request('/$export', { headers: { prefer: 'respond-async' } });
  assert.equal(asked.status, 202);
  assert.deepEqual(
    rest?.resource.map(({ type }) => type),
    ['Practitioner', 'PractitionerRole', 'Organization', 'Device', 'HealthcareService'],
  );
  for (const {
    type,
    interaction,
    operation,
    searchParam,
    searchInclude = [],
    searchRevInclude = [],
  } of rest?.resource ?? []) {
    const codes = interaction.map(({ code }) => code);
    assert.deepEqual(codes, ['vread', 'history-instance', 'read', 'search-type']);
    assert.deepEqual(namesOf(operation), type === 'Practitioner' ? ['everything'] : []);
    const [found] = (await site.request(`/${type}?_count=1`)).body.entry ?? [];
    const below = found
      ? ['', '/_history', '/_history/1', ...(operation ?? []).map(({ name }) => `/$${name}`)]
      : [];
    for (const path of below)
      assert.equal((await site.request(`${found?.fullUrl}${path}`)).status, 200, `${type}${path}`);
    const sorts = searchParam.find(({ name }) => name === '_sort')?.documentation?.split(';')[0] ?? '';
    for (const sort of sorts.split(', '))
      assert.equal((await site.request(`/${type}?_sort=${sort},-${sort}`)).status, 200, `${type} by ${sort}`);
    for (const { name, type: kind } of searchParam) {
      const value = name === '_sort' ? '-_id' : name === 'active' ? 'true' : kind === 'date' ? '2026' : '1';
      assert.equal((await site.request(`/${type}?${name}=${value}`)).status, 200, `${type}.${name}`);
    }
    for (const include of searchInclude) {
      assert.equal((await site.request(`/${type}?_include=${include}`)).status, 200, include);
    }
    for (const include of searchRevInclude) {
      assert.equal((await site.request(`/${type}?_revinclude=${include}`)).status, 200, include);
    }
  }
});

const namesOf = (operations: Operation[] = []): string[] => operations.map(({ name }) => name);

interface Operation {
  name: string;
}

interface Declared {
  type: string;
  interaction: { code: string }[];
  operation?: Operation[];
  searchParam: { name: string; type: string; documentation?: string }[];
  searchInclude?: string[];
  searchRevInclude?: string[];
}

test('an empty directory is searched like any other', async (t) => {
  const site = await startDirectorySite(t, usualEngine);
  const { status, body } = await site.request('/Practitioner');
  assert.equal(status, 200);
  assert.equal(body.total, 0);
  assert.equal((await site.request('/Practitioner/003-0')).status, 404);
});

async function open(t: TestContext): Promise<DirectorySite> {
  const site = await startDirectorySite(t, usualEngine);
  await site.importRows(
    [{ ...person('99700000013'), ...liberal, ...practice('R10000000000001') }],
    '202611230300',
  );
  return site;
}
