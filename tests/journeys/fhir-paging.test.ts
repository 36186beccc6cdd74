import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Engine, forEachEngine } from '../support/databases.ts';
import { hospital, liberal, person, practice } from '../support/directory-rows.ts';
import { type DirectorySite, type FhirBody, startDirectorySite } from '../support/directory-site.ts';

const numbers = Array.from({ length: 7 }, (_, i) => `9970000000${i}`);
const halles = practice('R10000000000001');
const rows = [
  ...numbers.map((number) => ({ ...person(number), ...liberal, ...halles })),
  { ...person(numbers[0] ?? ''), ...liberal, ...hospital, mode: 'S' },
  { ...person(numbers[1] ?? ''), ...liberal, activityKind: 'GENR02' },
];

forEachEngine((engine) => {
  test('pages follow each other forwards and back, each resource once', async (t) => {
    const site = await open(t, engine);
    const forwards = await follow(site, '/Practitioner?family=font&_count=3', 'next');
    assert.deepEqual(
      forwards.map(idsOf).map((ids) => ids.length),
      [3, 3, 1],
    );
    const ids = forwards.flatMap(idsOf);
    assert.equal(new Set(ids).size, 7);
    assert.deepEqual(
      forwards.map((page) => page.total),
      [7, 7, 7],
    );
    assert.deepEqual(forwards.map(relationsOf), [
      ['next', 'self'],
      ['next', 'self', 'previous'],
      ['self', 'previous'],
    ]);
    const backwards = await follow(site, linkOf(forwards[2], 'self') ?? '', 'previous');
    assert.deepEqual(backwards.map(idsOf).reverse(), forwards.map(idsOf));
    assert.deepEqual(backwards.map(relationsOf).reverse(), forwards.map(relationsOf));
  });

  test('a full last page has no next link', async (t) => {
    const site = await open(t, engine);
    const { body } = await site.request('/Practitioner?_count=7');
    assert.equal(idsOf(body).length, 7);
    assert.deepEqual(relationsOf(body), ['self']);
  });

  test('a search goes on in the directory that it began in', async (t) => {
    const site = await open(t, engine);
    const first = await site.request('/Practitioner?_count=4');
    await site.importRows(rows.slice(5), '202611240300');
    const next = await site.request(linkOf(first.body, 'next') ?? '');
    assert.equal(next.status, 200);
    const resources = [first.body, next.body].flatMap((page) => page.entry ?? []);
    assert.deepEqual(
      resources.map(({ resource }) => resource.active),
      Array(7).fill(true),
    );
    const anew = await site.request('/Practitioner?active=false');
    assert.equal(anew.body.total, 3);
  });

  test('a link into a directory that is no longer kept is gone, a damaged one wrong', async (t) => {
    const site = await open(t, engine);
    const first = await site.request('/Practitioner?_count=4');
    const next = linkOf(first.body, 'next') ?? '';
    await site.importRows(rows.slice(4), '202611240300');
    assert.equal((await site.request(next)).status, 200);
    site.clock.setAhead(24 * 3_600_000);
    const gone = await site.request(next);
    assert.equal(gone.status, 410);
    assert.equal(gone.body.issue?.[0]?.code, 'expired');
    for (const damaged of [
      `${next}A`,
      next.slice(0, -1),
      next.replace('id=', 'id=A'),
      next.replace(/id=.*/, ''),
    ]) {
      const { status, body } = await site.request(damaged);
      assert.equal(status, 400, damaged);
      assert.equal(body.resourceType, 'OperationOutcome');
    }
  });

  test('included resources come once, after the matches, and a match is not included again', async (t) => {
    const site = await open(t, engine);
    const typesOf = (body: FhirBody) => body.entry?.map(({ resource }) => resource.resourceType);
    const roles = await site.request('/PractitionerRole?_include=PractitionerRole:organization&_count=20');
    assert.deepEqual(typesOf(roles.body), [
      ...Array(9).fill('PractitionerRole'),
      ...Array(2).fill('Organization'),
    ]);
    assert.equal(roles.body.total, 9);
    const all = await site.request('/PractitionerRole?_include=*&_count=20');
    assert.equal(typesOf(all.body)?.length, 9 + 7 + 2);
    const person0 = await site.request(
      `/Practitioner?identifier=${numbers[0]}&_revinclude=PractitionerRole:practitioner`,
    );
    assert.deepEqual(typesOf(person0.body), ['Practitioner', 'PractitionerRole', 'PractitionerRole']);
    const place = await site.request('/Organization?_revinclude=PractitionerRole:organization:Organization');
    assert.equal(typesOf(place.body)?.length, 2 + 8);
    const devices = await site.request(
      '/Organization?_revinclude=Device:organization&_include=Organization:partof&_revinclude=HealthcareService:organization',
    );
    assert.deepEqual(typesOf(devices.body), ['Organization', 'Organization']);
  });

  test('a page of more matches than a statement has levels can be followed', async (t) => {
    const site = await startDirectorySite(t, engine);
    const many = Array.from({ length: 1500 }, (_, i) => `98${String(i).padStart(9, '0')}`);
    await site.importRows(
      many.map((number, i) => ({
        ...person(number),
        ...liberal,
        ...practice(`R1${String(i).padStart(13, '0')}`),
      })),
      '202611230300',
    );
    const { status, body } = await site.request('/PractitionerRole?_count=1500&_include=*');
    assert.equal(status, 200);
    assert.equal(body.entry?.length, 3 * 1500);
  });
});

async function open(t: TestContext, engine: Engine): Promise<DirectorySite> {
  const site = await startDirectorySite(t, engine);
  await site.importRows(rows, '202611230300');
  return site;
}

/** Every page from `path` on, by that link. */
async function follow(site: DirectorySite, path: string, relation: string): Promise<FhirBody[]> {
  const pages: FhirBody[] = [];
  for (let address: string | undefined = path; address; address = linkOf(pages.at(-1), relation)) {
    const { status, body } = await site.request(address);
    assert.equal(status, 200);
    pages.push(body);
  }
  return pages;
}

function idsOf(page: FhirBody): string[] {
  return (page.entry ?? []).map(({ resource }) => resource.id);
}

function relationsOf(page: FhirBody): string[] {
  return (page.link ?? []).map(({ relation }) => relation);
}

function linkOf(page: FhirBody | undefined, relation: string): string | undefined {
  return page?.link?.find((link) => link.relation === relation)?.url;
}
