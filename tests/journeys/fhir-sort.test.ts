import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Engine, forEachEngine } from '../support/databases.ts';
import { liberal, person, practice } from '../support/directory-rows.ts';
import { type DirectorySite, type FhirBody, startDirectorySite } from '../support/directory-site.ts';

const names = ['LE GOFF', 'Étienne', 'ABGRALL', 'FONTAINE', 'étienne', 'ZOLA'];
const towns = ['Vannes', 'Lorient', 'Auray', 'Lorient', 'Quimper', 'Auray'];
const postalCodes = ['56000', '56100', '56400', '56100', '', '56400'];

const rows = names.map((familyName, at) => ({
  ...person(`9970000000${at}`, { familyName, givenName: `GIVEN ${5 - at}` }),
  ...liberal,
  ...practice(`R1000000000000${at}`, {
    communeName: towns[at] ?? '',
    postalCode: postalCodes[at] ?? '',
    name: `CABINET ${at}`,
  }),
}));

forEachEngine((engine) => {
  test('people are sorted by name without regard to case and accents, both ways, page after page', async (t) => {
    const site = await open(t, engine);
    const sorted = ['ABGRALL', 'étienne', 'Étienne', 'FONTAINE', 'LE GOFF', 'ZOLA'];
    for (const count of [1, 2, 4, 50]) {
      assert.deepEqual(await walk(site, `/Practitioner?_sort=family&_count=${count}`, familyOf), sorted);
      const reversed = await walk(site, `/Practitioner?_sort=-family&_count=${count}`, familyOf);
      assert.deepEqual(reversed, sorted.toReversed());
    }
  });

  test('a second rule orders what the first leaves equal, in its own direction', async (t) => {
    const site = await open(t, engine);
    const byTown = (sort: string) =>
      walk(site, `/Organization?_sort=${sort}&_count=1`, ({ name }) => String(name));
    const expected = [2, 5, 1, 3, 4, 0].map((at) => `CABINET ${at}`);
    assert.deepEqual(await byTown('address-city,name'), expected);
    assert.deepEqual(await byTown('-address-city,-name'), expected.toReversed());
    assert.deepEqual(
      await byTown('address-city,-name'),
      [5, 2, 3, 1, 4, 0].map((at) => `CABINET ${at}`),
    );
    assert.deepEqual(
      await byTown('-address-postalcode,name'),
      [2, 5, 1, 3, 0, 4].map((at) => `CABINET ${at}`),
    );
  });

  test('links keep the order and every filter, forwards and back', async (t) => {
    const site = await open(t, engine);
    const query = '/Practitioner?_sort=-given&active=true&family=e,f,z&_count=2';
    const first = (await site.request(query)).body;
    assert.deepEqual(
      first.entry?.map(({ resource }) => familyOf(resource)),
      ['Étienne', 'FONTAINE'],
    );
    assert.equal(first.total, 4);
    const second = (await site.request(linkOf(first, 'next'))).body;
    assert.deepEqual(
      second.entry?.map(({ resource }) => familyOf(resource)),
      ['étienne', 'ZOLA'],
    );
    const back = (await site.request(linkOf(second, 'previous'))).body;
    assert.deepEqual(back.entry, first.entry);
    assert.equal(back.total, 4);
    assert.deepEqual(linksOf(back), ['next', 'self']);
  });

  test('ids and dates have an order, and so has every type', async (t) => {
    const site = await open(t, engine);
    const ids = await walk(site, '/PractitionerRole?_sort=_id&_count=2', ({ id }) => id);
    assert.deepEqual(ids, ids.toSorted());
    await site.importRows([...rows.slice(0, 5), { ...rows[5], familyName: 'ZOLTAN' }], '202611240300');
    const changed = await site.request('/Practitioner?_sort=-_lastUpdated&_count=1');
    assert.deepEqual(
      changed.body.entry?.map(({ resource }) => familyOf(resource)),
      ['ZOLTAN'],
    );
    assert.equal((await site.request('/Device?_sort=-_lastUpdated')).status, 200);
    const refused = await site.request('/PractitionerRole?_sort=family');
    assert.equal(refused.status, 400);
    assert.deepEqual(refused.body.issue?.[0], {
      severity: 'error',
      code: 'value',
      diagnostics:
        'Parameter _sort must be one or more of _id, _lastUpdated, with - before it for descending',
      location: ['http._sort'],
    });
  });
});

async function open(t: TestContext, engine: Engine): Promise<DirectorySite> {
  const site = await startDirectorySite(t, engine);
  await site.importRows(rows, '202611230300');
  return site;
}

const familyOf = ({ name }: FhirBody): string | undefined =>
  (name as { family: string }[] | undefined)?.[0]?.family;

/** One thing of every resource, to the last page, and then back to the first. */
async function walk<T>(site: DirectorySite, path: string, of: (resource: FhirBody) => T): Promise<T[]> {
  const forwards = await follow(site, path, 'next');
  const backwards = await follow(site, linkOf(forwards.at(-1), 'self'), 'previous');
  const read = (pages: FhirBody[]) =>
    pages.map((page) => (page.entry ?? []).map(({ resource }) => of(resource)));
  assert.deepEqual(read(backwards).toReversed(), read(forwards));
  return read(forwards).flat();
}

async function follow(site: DirectorySite, path: string, relation: string): Promise<FhirBody[]> {
  const pages: FhirBody[] = [];
  for (let address = path; address; address = linkOf(pages.at(-1), relation)) {
    const { status, body } = await site.request(address);
    assert.equal(status, 200);
    pages.push(body);
  }
  return pages;
}

const linksOf = (page: FhirBody): string[] => (page.link ?? []).map(({ relation }) => relation);

function linkOf(page: FhirBody | undefined, relation: string): string {
  return page?.link?.find((link) => link.relation === relation)?.url ?? '';
}
