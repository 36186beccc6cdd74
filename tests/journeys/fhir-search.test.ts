import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Engine, forEachEngine } from '../support/databases.ts';
import { hospital, liberal, person, practice } from '../support/directory-rows.ts';
import { type DirectorySite, startDirectorySite } from '../support/directory-site.ts';

const nos = (folder: string) =>
  `https://mos.esante.gouv.fr/NOS/${folder}/FHIR/${folder.replace('TRE_', 'TRE-')}`;

const claire = person('99700000013');
const eloi = person('99700000021', { familyName: "D'ÉLOÏ", givenName: 'ZOÉ', civility: 'M' });
const percent = person('99700123450', { familyName: '100%_PUR', givenName: 'ANNE' });
const doctor = person('99999000013', {
  ...{ familyName: 'MARTIN', givenName: 'PAUL', civility: 'M', exerciseCivility: 'DR' },
  ...{ profession: '10', professionLabel: 'Médecin' },
  ...{
    expertiseType: 'S',
    expertiseTypeLabel: 'Spécialité ordinale',
    expertise: 'SM54',
    expertiseLabel: 'Médecine générale',
  },
});
const psychologist = person('99700000039', {
  familyName: 'MARTINEZ',
  profession: '93',
  professionLabel: 'Psychologue',
});
const halles = practice('R10000000000001');
const port = practice('R10000000000002', {
  name: 'CABINET DU PORT',
  postalCode: '35400',
  communeName: 'Saint-Malo',
  communeCode: '35288',
});

const rows = [
  { ...claire, ...liberal, ...halles },
  { ...claire, ...liberal, ...port, role: 'FON-17' },
  { ...eloi, ...liberal, activityKind: 'GENR02' },
  { ...percent, ...liberal, ...halles, role: '318' },
  { ...doctor, ...liberal, ...hospital, mode: 'S', registrationAuthority: 'CNOM/CNOM/ARS' },
  { ...psychologist, ...liberal, ...port, registrationAuthority: '' },
];

forEachEngine((engine) => {
  /** Names of the practitioners, organizations or codes of roles that a search finds. */
  async function startSearch(t: TestContext) {
    const site = await open(t, engine);
    return async (path: string): Promise<string[]> => {
      const { status, body } = await site.request(`/${path}`);
      assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
      const found = (body.entry ?? []).map(({ resource }) => nameOf(resource));
      assert.equal(body.total, found.length, path);
      return found.sort();
    };
  }

  test('strings begin, contain or equal, without regard to case and accents unless exact', async (t) => {
    const search = await startSearch(t);
    assert.deepEqual(await search('Practitioner?family=martin'), ['MARTIN', 'MARTINEZ']);
    assert.deepEqual(await search('Practitioner?family=mÀrtinez'), ['MARTINEZ']);
    assert.deepEqual(await search('Practitioner?family=artin'), []);
    assert.deepEqual(await search('Practitioner?family:contains=artin'), ['MARTIN', 'MARTINEZ']);
    assert.deepEqual(await search('Practitioner?family:exact=MARTIN'), ['MARTIN']);
    assert.deepEqual(await search('Practitioner?family:exact=martin'), []);
    assert.deepEqual(await search('Practitioner?given=zoe'), ["D'ÉLOÏ"]);
    assert.deepEqual(await search('Practitioner?name=paul'), ['MARTIN']);
    assert.deepEqual(await search("Practitioner?family=d'eloi"), ["D'ÉLOÏ"]);
  });

  test('percent and underscore are letters', async (t) => {
    const search = await startSearch(t);
    assert.deepEqual(await search('Practitioner?family=100%25_'), ['100%_PUR']);
    assert.deepEqual(await search('Practitioner?family:contains=%25_p'), ['100%_PUR']);
    assert.deepEqual(await search('Practitioner?family:contains=%25'), ['100%_PUR']);
    assert.deepEqual(await search('Practitioner?family:contains=M_RTIN'), []);
    assert.deepEqual(await search('Practitioner?family=%25'), []);
    assert.deepEqual(await search('Practitioner?family:contains=%5C%5C'), []);
  });

  test('a repeated parameter is an and, a comma an or, and an escaped comma a letter', async (t) => {
    const search = await startSearch(t);
    assert.deepEqual(await search('Organization?name:contains=CABINET&name:contains=PORT'), [
      'CABINET DU PORT',
    ]);
    assert.deepEqual(await search('Organization?name:contains=HALLES,PORT'), [
      'CABINET DU PORT',
      'CABINET INFIRMIER DES HALLES',
    ]);
    assert.deepEqual(await search('Organization?name:contains=HALLES%5C,PORT'), []);
  });

  test('tokens are a code, a system with its code, or any code of a system', async (t) => {
    const search = await startSearch(t);
    assert.deepEqual(await search('Practitioner?identifier=99700000013'), ['FONTAINE']);
    assert.deepEqual(await search('Practitioner?identifier=899700000013'), ['FONTAINE']);
    assert.deepEqual(await search('Practitioner?identifier=99700000013,99999000013'), ['FONTAINE', 'MARTIN']);
    assert.deepEqual(await search('Practitioner?identifier=https://rpps.esante.gouv.fr%7C99700000013'), [
      'FONTAINE',
    ]);
    assert.deepEqual(await search('Practitioner?identifier=urn:oid:1.2.250.1.71.4.2.1%7C99700000013'), []);
    assert.deepEqual(await search('Practitioner?identifier=%7C99700000013'), []);
    assert.equal((await search('Practitioner?identifier=urn:oid:1.2.250.1.71.4.2.1%7C')).length, 5);
    assert.equal((await search('Practitioner?identifier-type=RPPS')).length, 5);
    assert.deepEqual(await search('Practitioner?identifier-type=ADELI'), []);
  });

  test('professions belong to the terminology that holds their code', async (t) => {
    const search = await startSearch(t);
    const professions = nos('TRE_G15-ProfessionSante');
    assert.deepEqual(await search('Practitioner?qualification-code=10&active=true'), ['MARTIN']);
    assert.deepEqual(await search(`Practitioner?qualification-code=${professions}%7C10&active=true`), [
      'MARTIN',
    ]);
    assert.deepEqual(await search(`Practitioner?qualification-code=${professions}%7C93`), []);
    assert.deepEqual(await search(`Practitioner?qualification-code=${nos('TRE_R95-UsagerTitre')}%7C`), [
      'MARTINEZ',
    ]);
    assert.equal((await search(`Practitioner?qualification-code=${professions}%7C`)).length, 4);
    assert.deepEqual(await search('Practitioner?qualification-code=SM54'), ['MARTIN']);
    assert.deepEqual(
      await search(`Practitioner?qualification-code=${nos('TRE_R38-SpecialiteOrdinale')}%7CSM54`),
      ['MARTIN'],
    );
    assert.deepEqual(await search(`Practitioner?qualification-code=${nos('TRE_R39-Competence')}%7CSM54`), []);
  });

  test('"not" finds those too that have no code at all', async (t) => {
    const search = await startSearch(t);
    assert.deepEqual(await search('Practitioner?qualification-code:not=60,93'), ['MARTIN']);
    assert.deepEqual(await search('Practitioner?data-registration-authority:not=ONI'), [
      'MARTIN',
      'MARTINEZ',
    ]);
    assert.deepEqual(await search('Practitioner?qualification-code:not=SM54&qualification-code:not=60'), [
      'MARTINEZ',
    ]);
    assert.deepEqual(await search('Organization?identifier-type:not=FINEG&type:not=159,165'), [
      'CABINET DU PORT',
      'CABINET INFIRMIER DES HALLES',
    ]);
    assert.deepEqual(await search('Practitioner?active:not=true'), []);
  });

  test('organizations are found by number, kind and address', async (t) => {
    const search = await startSearch(t);
    const scorff = ['GH BRETAGNE SUD - SITE DU SCORFF'];
    assert.deepEqual(
      await search(
        'Organization?identifier=https%3A%2F%2Ffiness.esante.gouv.fr%7C&type=SA01,SA02&type:not=159,165',
      ),
      scorff,
    );
    assert.deepEqual(await search('Organization?identifier=99000000200016'), scorff);
    assert.deepEqual(await search('Organization?identifier=560023210'), []);
    assert.deepEqual(
      await search('Organization?partof:identifier=https://finess.esante.gouv.fr%7C560023210'),
      scorff,
    );
    assert.deepEqual(await search('Organization?partof=001-1'), []);
    assert.deepEqual(
      await search('Organization?identifier=https://rppsrang.esante.gouv.fr%7C10000000000001'),
      ['CABINET INFIRMIER DES HALLES'],
    );
    assert.deepEqual(await search('Organization?type=GEOGRAPHICAL-ENTITY'), scorff);
    assert.equal((await search('Organization?type=LEGAL-ENTITY')).length, 2);
    assert.deepEqual(await search('Organization?data-information-system=FINESS'), scorff);
    assert.deepEqual(await search('Organization?name=hopital'), scorff);
    assert.deepEqual(await search('Organization?address-postalcode=35'), ['CABINET DU PORT']);
    assert.deepEqual(await search('Organization?address-city=saint-malo'), ['CABINET DU PORT']);
    assert.equal((await search('Organization?address-city=LORIENT')).length, 2);
    assert.equal((await search('Organization?address-line=12 rue des')).length, 2);
    assert.deepEqual(await search('Organization?address=saint-m'), ['CABINET DU PORT']);
    assert.deepEqual(await search('Organization?address-insee=35288'), ['CABINET DU PORT']);
    assert.deepEqual(await search('Organization?pharmacy-licence=1'), []);
  });

  test('roles are found by what they are and what they refer to', async (t) => {
    const search = await startSearch(t);
    const site = await open(t, engine);
    const found = await site.request('/Practitioner?identifier=99700000013');
    const id = found.body.entry?.[0]?.resource.id;
    assert.deepEqual(await search(`PractitionerRole?practitioner=${id}`), ['FON-01', 'FON-17']);
    assert.deepEqual(await search(`PractitionerRole?practitioner=Practitioner/${id}`), ['FON-01', 'FON-17']);
    assert.deepEqual(await search(`PractitionerRole?practitioner:Practitioner=${id}`), ['FON-01', 'FON-17']);
    assert.deepEqual(await search(`PractitionerRole?practitioner=Organization/${id}`), []);
    assert.deepEqual(await search('PractitionerRole?practitioner=nobody'), []);
    assert.deepEqual(await search('PractitionerRole?role=GENR02'), ['FON-01']);
    assert.deepEqual(await search(`PractitionerRole?role=${nos('TRE_R85-RolePriseCharge')}%7C318`), ['318']);
    assert.deepEqual(await search(`PractitionerRole?role=${nos('TRE_R85-RolePriseCharge')}%7C`), ['318']);
    assert.equal((await search(`PractitionerRole?role=${nos('TRE_R21-Fonction')}%7C`)).length, 5);
    assert.deepEqual(await search(`PractitionerRole?role=${nos('TRE_R23-ModeExercice')}%7CS`), ['FON-01']);
    assert.deepEqual(await search('PractitionerRole?role=L&role=FON-17'), ['FON-17']);
    assert.deepEqual(await search('PractitionerRole?identifier=1013186038'), []);
    assert.deepEqual(await search('PractitionerRole?mailbox-mss:contains=%40'), []);
  });

  test('references written as addresses of this server are understood', async (t) => {
    const site = await open(t, engine);
    const { body } = await site.request('/Practitioner?identifier=99700000013');
    const address = body.entry?.[0]?.fullUrl ?? '';
    const roles = await site.request(`/PractitionerRole?practitioner=${encodeURIComponent(address)}`);
    assert.equal(roles.body.total, 2);
  });

  test('a delta holds what changed since, the ended with a reduced body', async (t) => {
    const site = await open(t, engine);
    const before = new Date().toISOString();
    await site.importRows(
      rows.filter((row) => row !== rows[4] && row !== rows[1]),
      '202611240300',
    );
    const delta = async (path: string) => {
      const { body } = await site.request(`/${path}_lastUpdated=ge${before}`);
      return (body.entry ?? []).map(({ resource }) => resource);
    };
    const [gone, ...others] = await delta('Practitioner?');
    assert.equal(others.length, 0);
    assert.deepEqual(Object.keys(gone ?? {}), ['resourceType', 'id', 'meta', 'identifier', 'active']);
    assert.equal(gone?.active, false);
    assert.equal((gone?.meta as { versionId: unknown } | undefined)?.versionId, '2');
    assert.deepEqual(
      (await delta('PractitionerRole?')).map(({ active, code }) => [active, code]),
      [
        [false, undefined],
        [false, undefined],
      ],
    );
    const [closed] = await delta('Organization?active=false&');
    assert.equal(closed?.name, 'GH BRETAGNE SUD - SITE DU SCORFF');
    assert.equal((await site.request('/Practitioner?active=true')).body.total, 4);
    assert.equal((await site.request(`/Practitioner?_lastUpdated=lt${before}`)).body.total, 4);
  });
});

async function open(t: TestContext, engine: Engine): Promise<DirectorySite> {
  const site = await startDirectorySite(t, engine);
  await site.importRows(rows, '202611230300');
  return site;
}

function nameOf(resource: { [element: string]: unknown }): string {
  const { name, code } = resource;
  if (typeof name === 'string') return name;
  if (Array.isArray(name)) return String(name[0].family);
  const codes = (code as { coding: { code: string }[] }[]).map(({ coding }) => coding[0]?.code ?? '');
  return codes[2] ?? '';
}
