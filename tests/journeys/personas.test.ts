import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readUserInfo } from '../support/demo-client.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { getPersona, listPersonas, type PersonaJson } from '../support/walk.ts';

/** The directory says nothing about the person: names of the card, its number, no activities. */
function shortForm({ idNatPs, givenName, familyName }: PersonaJson, origin: string) {
  return {
    sub: `f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:${idNatPs}`,
    preferred_username: idNatPs,
    SubjectNameID: idNatPs,
    given_name: givenName,
    family_name: familyName,
    authMode: 'CARD',
    otherIds: [{ identifiant: idNatPs, origine: origin, qualite: 1 }],
  };
}

/** The claim `repair`; aside its date, that of the extract, and the session's name in its address. */
function repairClaim(
  server: TestServer,
  cause: string | null,
  chain: { kind: string; rpps: string | null; places: number | null; ecps?: string },
  further: string[] = [],
) {
  const { kind, rpps, places, ecps = 'none' } = chain;
  return {
    cause,
    uri: `${server.urls.wallet}/reparation`,
    steps: cause ? [cause, ...further] : [],
    chain: { signedIn: { method: 'card', kind }, directory: { rpps, places }, ecps },
  };
}

type Claims = Record<string, unknown>;

async function readDatedUserInfo(server: TestServer, slug: string): Promise<Claims> {
  const userInfo = await readUserInfo(server, slug);
  const { asOf, ...directory } = userInfo.repair.chain.directory;
  assert.ok(asOf && Math.abs(Date.now() - Date.parse(asOf)) < 2 * 86_400_000, 'the extract is of these days');
  const { uri, chain } = userInfo.repair;
  assert.match(uri, /\/reparation\/[\w-]{24}$/);
  const repair = { ...userInfo.repair, uri: new URL('.', uri).href.slice(0, -1) };
  return { ...userInfo, repair: { ...repair, chain: { ...chain, directory } } };
}

test('an ADELI card gives its number alone, the names of the card, and what its link leads to', async (t) => {
  const server = await startTestServer(t);
  const linked: Record<string, { cause: string; known: boolean; further?: string[] }> = {
    'infirmiere-adeli': { cause: 'legacy_adeli_identity', known: true },
    'infirmiere-sans-coordonnees': {
      cause: 'legacy_adeli_identity',
      known: true,
      further: ['no_contact_details'],
    },
    'infirmiere-non-inscrite': { cause: 'no_rpps', known: false },
    'infirmiere-homonyme': { cause: 'identity_mismatch', known: false },
  };
  for (const [slug, { cause, known, further }] of Object.entries(linked)) {
    const persona = await getPersona(server, slug);
    const chain = {
      kind: 'adeli',
      rpps: known ? persona.rpps : null,
      places: known ? persona.places.length : null,
    };
    assert.deepEqual(await readDatedUserInfo(server, slug), {
      ...shortForm(persona, 'ADELI'),
      codeCivilite: '',
      repair: repairClaim(server, cause, chain, further),
    });
  }
});

test('an RPPS card of somebody without an activity gives the form without activities', async (t) => {
  const server = await startTestServer(t);
  const causes = {
    'infirmier-sans-lieu': ['M', 'no_place_of_practice'],
    'infirmier-lieu-ferme': ['M', 'place_closed'],
    'infirmiere-radiee': ['MME', 'record_inactive'],
  } as const;
  for (const [slug, [civility, cause]] of Object.entries(causes)) {
    const persona = await getPersona(server, slug);
    assert.deepEqual(await readDatedUserInfo(server, slug), {
      ...shortForm(persona, 'RPPS'),
      codeCivilite: civility,
      repair: repairClaim(server, cause, { kind: 'rpps', rpps: persona.rpps, places: 0 }),
    });
  }
});

interface Activity {
  [field: string]: string;
  raisonSocialeSite: string;
}

interface FullForm {
  SubjectOrganization: string;
  SubjectRole: string[];
  SubjectRefPro: { exercices: { codeProfession: string; activities: Activity[] }[] };
}

const activityFields = 30;

test('an RPPS card of somebody with places gives one activity a place, absent values as empty strings', async (t) => {
  const server = await startTestServer(t);
  const professions = {
    'infirmier-rpps': '60',
    'medecin-deux-lieux': '10',
    pharmacienne: '21',
    'sage-femme': '50',
  } as const;
  for (const [slug, profession] of Object.entries(professions)) {
    const persona = await getPersona(server, slug);
    const { repair, ...claims } = await readDatedUserInfo(server, slug);
    const { SubjectRefPro, SubjectOrganization, SubjectRole, ...form } = claims as Claims & FullForm;
    for (const [name, value] of Object.entries(shortForm(persona, 'RPPS'))) {
      assert.deepEqual(form[name], value, `${slug} ${name}`);
    }
    assert.deepEqual(SubjectRole, [`${profession}^1.2.250.1.213.1.1.5.5`]);
    const [exercise, ...others] = SubjectRefPro.exercices;
    assert.deepEqual(others, []);
    assert.equal(exercise?.codeProfession, profession);
    const activities = exercise.activities;
    assert.equal(activities.length, persona.places.length);
    assert.equal(SubjectOrganization, activities[0]?.raisonSocialeSite);
    for (const activity of activities) {
      assert.equal(Object.keys(activity).length, activityFields);
      for (const value of Object.values(activity)) assert.equal(typeof value, 'string');
    }
    const ecps = persona.means.includes('ecps') ? 'active' : 'none';
    const chain = { kind: 'rpps', rpps: persona.rpps, places: persona.places.length, ecps };
    assert.deepEqual(repair, repairClaim(server, null, chain));
  }
});

test('a locum and an employee have an activity, no place, and nothing to repair', async (t) => {
  const server = await startTestServer(t);
  const locum = await readDatedUserInfo(server, 'infirmiere-remplacante');
  const { rpps } = await getPersona(server, 'infirmiere-remplacante');
  assert.equal(locum.codeGenreActivite, 'GENR02');
  assert.deepEqual(
    locum.repair,
    repairClaim(server, null, { kind: 'rpps', rpps, places: 0, ecps: 'active' }),
  );

  const employee = await readDatedUserInfo(server, 'employe-cpe');
  assert.deepEqual(employee.SubjectRole, ['']);
  assert.deepEqual(employee.otherIds, [
    { identifiant: '599000189300017/0000000042', origine: 'SIRET', qualite: 1 },
  ]);
  assert.equal(employee.SubjectOrganizationID, 'C99000189300017');
  const chain = { kind: 'siretEmployee', rpps: null, places: null };
  assert.deepEqual(employee.repair, repairClaim(server, null, chain));
});

test('every persona’s numbers are invented and pass their check digits, and nobody is left out', async (t) => {
  const server = await startTestServer(t);
  const personas = await listPersonas(server);
  assert.equal(personas.length, 16);
  for (const { slug, rpps, adeli } of personas) {
    if (rpps) assert.match(rpps, /^9970\d{7}$/, slug);
    if (adeli) assert.match(adeli, /^99\d{7}$/, slug);
    for (const number of [rpps, adeli]) if (number) assert.ok(passesLuhn(number), slug);
  }
});

/** Written here anew: the product's own would agree with itself. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
