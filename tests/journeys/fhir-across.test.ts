import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Engine, forEachEngine } from '../support/databases.ts';
import { liberal, person, practice } from '../support/directory-rows.ts';
import { type DirectorySite, startDirectorySite } from '../support/directory-site.ts';

const claire = person('99700000013', { familyName: 'FONTAINE' });
const eloi = person('99700000021', { familyName: 'MARTIN' });
const anne = person('99700000039', { familyName: 'MARTIN', profession: '70' });
const halles = practice('R10000000000001');
const port = practice('R10000000000002', { postalCode: '35400', communeName: 'Saint-Malo' });
const rows = [
  { ...claire, ...liberal, ...halles },
  { ...claire, ...liberal, ...port, mode: 'S' },
  { ...eloi, ...liberal, ...port },
  { ...anne, ...liberal, ...halles },
];

const nos = 'https://mos.esante.gouv.fr/NOS';

/** As the documentation of the national API quotes them. */
const quoted = [
  'Practitioner?qualification-code=10&active=true',
  `Practitioner?qualification-code=${nos}/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante%7C10&active=true`,
  'Practitioner?qualification-code=10&_lastUpdated=ge2025-09-27',
  'Practitioner?identifier=10001766123&_elements=name',
  'Practitioner?mailbox-mss:contains=@medecin.mssante.fr',
  'Practitioner?mailbox-mss:contains=%40',
  'Practitioner?_revinclude=PractitionerRole:practitioner',
  'PractitionerRole?_include=PractitionerRole:organization',
  `PractitionerRole?role=${nos}/TRE_R85-RolePriseCharge/FHIR/TRE-R85-RolePriseCharge%7C318`,
  'Organization?identifier=https%3A%2F%2Ffiness.esante.gouv.fr%7C&type=SA01,SA02&type:not=159,165',
  'Organization?name:contains=ANDRE&name:contains=MIGNOT',
  'Organization?name%3Acontains=ANDRE%2CMIGNOT',
  'Organization?_lastUpdated=ge2022-08-05T14%3A51%3A04',
  'Device?_count=10000',
  'HealthcareService?_include=*&active=true',
];

forEachEngine((engine) => {
  async function startSearch(t: TestContext) {
    const site = await open(t, engine);
    return async (path: string): Promise<unknown[]> => {
      const { status, body } = await site.request(`/${path}`);
      assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
      assert.equal(body.total, body.entry?.length ?? 0, path);
      return (body.entry ?? []).map(({ resource }) => numberOf(resource)).sort();
    };
  }

  test('a search follows references forwards, and asks for who refers', async (t) => {
    const search = await startSearch(t);
    assert.equal((await search('PractitionerRole?practitioner.family=fontaine')).length, 2);
    assert.equal((await search('PractitionerRole?practitioner:Practitioner.family:exact=MARTIN')).length, 2);
    assert.equal((await search('PractitionerRole?organization.address-city=lorient')).length, 2);
    assert.equal((await search('PractitionerRole?practitioner.qualification-code=70')).length, 1);
    const has = '_has:PractitionerRole:practitioner:';
    assert.deepEqual(await search(`Practitioner?${has}organization.address-city=saint-malo`), [
      '99700000013',
      '99700000021',
    ]);
    assert.deepEqual(await search(`Practitioner?${has}role=S`), ['99700000013']);
    const places = 'Organization?_has:PractitionerRole:organization:practitioner.qualification-code=70';
    assert.equal((await search(places)).length, 1);
  });

  test('one call finds people by name, town, profession and mode of one role', async (t) => {
    const search = await startSearch(t);
    const [first, second, third] = ['99700000013', '99700000021', '99700000039'];
    assert.deepEqual(await search('Practitioner?near-name=màrt'), [second, third]);
    assert.deepEqual(await search('Practitioner?near-name=martin&near-town=St Malo&near-profession=60'), [
      second,
    ]);
    assert.deepEqual(await search('Practitioner?near-town=saint-malo&near-mode=S'), [first]);
    assert.deepEqual(await search('Practitioner?near-town=lorient&near-mode=S'), []);
    assert.deepEqual(await search('Practitioner?near-name=fontaine&near-mode=S'), [first]);
  });

  test('a family name with one wrong letter is found where nobody has it so', async (t) => {
    const search = await startSearch(t);
    for (const name of ['fontainne', 'fontine', 'gontaine', 'fontaima', 'fontainx']) {
      const expected = name === 'fontaima' ? [] : ['99700000013'];
      assert.deepEqual(await search(`Practitioner?near-name=${name}`), expected, name);
    }
    assert.deepEqual(await search('Practitioner?near-name=martim&near-town=Lorient'), ['99700000039']);
  });
});

test('every search that the national documentation quotes is understood', async (t) => {
  const site = await open(t, 'sqlite');
  for (const query of quoted) {
    const { status, body } = await site.request(`/${query}`);
    assert.equal(status, 200, `${query}: ${JSON.stringify(body)}`);
    assert.equal(body.resourceType, 'Bundle');
  }
});

test('everything of a practitioner comes in one bundle', async (t) => {
  const site = await open(t, 'sqlite');
  const found = await site.request('/Practitioner?identifier=99700000013');
  const id = found.body.entry?.[0]?.resource.id;
  const { body } = await site.request(`/Practitioner/${id}/$everything`);
  const types = (body.entry ?? []).map(({ resource }) => resource.resourceType).sort();
  assert.deepEqual(types, [
    'Organization',
    'Organization',
    'Practitioner',
    'PractitionerRole',
    'PractitionerRole',
  ]);
  assert.equal((await site.request('/Practitioner/none/$everything')).status, 404);
});

test('a resource that is known already is not sent again, and a long answer is sent compressed', async (t) => {
  const site = await open(t, 'sqlite');
  const found = await site.request('/Practitioner');
  const address = found.body.entry?.[0]?.fullUrl ?? '';
  const known = await fetch(address, { headers: { 'If-None-Match': 'W/"1"' } });
  assert.equal(known.status, 304);
  assert.equal((await fetch(address, { headers: { 'If-None-Match': 'W/"2"' } })).status, 200);
  for (const encoding of ['br', 'gzip']) {
    const answer = await fetch(`${site.url}/fhir/v2/Practitioner`, {
      headers: { 'Accept-Encoding': encoding },
    });
    assert.equal(answer.headers.get('content-encoding'), encoding);
    assert.deepEqual(((await answer.json()) as { entry: unknown }).entry, found.body.entry);
  }
  const plain = await fetch(`${site.url}/fhir/v2/Practitioner`, {
    headers: { 'Accept-Encoding': 'identity' },
  });
  assert.equal(plain.headers.get('content-encoding'), null);
});

test('the statement of capabilities says what of it is our own', async (t) => {
  const site = await open(t, 'sqlite');
  const { body } = await site.request('/metadata');
  const [rest] = body.rest as { resource: { type: string; searchParam: { name: string }[] }[] }[];
  const types = rest?.resource.map(({ type }) => type);
  assert.deepEqual(types, [
    'Practitioner',
    'PractitionerRole',
    'Organization',
    'Device',
    'HealthcareService',
  ]);
  assert.match(JSON.stringify(rest?.resource[0]), /near-town.*everything/);
});

test('what is wrong in a chain is said by its parameter', async (t) => {
  const site = await open(t, 'sqlite');
  const wrong: [string, string][] = [
    ['PractitionerRole?practitioner.colour=x', 'colour'],
    ['PractitionerRole?location.name=x', 'location.name'],
    ['Practitioner?_has:Device:organization:type=x', '_has'],
    ['Practitioner?_has=x', '_has'],
    ['Practitioner?near-town:exact=x', 'near-town'],
    ['Practitioner?near-town=a&near-town=b', 'near-town'],
  ];
  for (const [path, parameter] of wrong) {
    const { status, body } = await site.request(`/${path}`);
    assert.equal(status, 400, path);
    assert.deepEqual(body.issue?.[0]?.location, [`http.${parameter}`], path);
  }
});

async function open(t: TestContext, engine: Engine): Promise<DirectorySite> {
  const site = await startDirectorySite(t, engine);
  await site.importRows(rows, '202611230300');
  return site;
}

function numberOf(resource: { identifier?: unknown; id: string }): unknown {
  const identifiers = resource.identifier as { system: string; value: string }[] | undefined;
  return identifiers?.find(({ system }) => system === 'https://rpps.esante.gouv.fr')?.value ?? resource.id;
}
