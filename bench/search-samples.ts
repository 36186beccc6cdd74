/** What people and programs ask of a directory. */
export const searchOperations = [
  'read',
  'nameTownProfession',
  'oneWrongLetter',
  'name',
  'nameProfession',
  'townProfession',
  'town',
  'profession',
  'professionMode',
  'firstLetters',
  'page',
  'pageByName',
  'changedSince',
  'changedNever',
  'rolesWithPlaces',
  'chain',
  'has',
  'organizations',
  'nextPage',
  'accurateTotal',
] as const;
export type SearchOperation = (typeof searchOperations)[number];

/** Paths to ask for, by operation. */
export type Samples = Record<SearchOperation, string[]>;

interface Resource {
  resourceType: string;
  id: string;
  meta: { lastUpdated: string };
  name?: { family?: string }[] | string;
  qualification?: { code: { coding: { system?: string; code: string }[] } }[];
  address?: { city?: string }[];
  practitioner?: { reference: string };
  organization?: { reference: string };
}

interface Bundle {
  entry?: { resource: Resource }[];
  link: { relation: string; url: string }[];
}

/** Reads people with their places, and makes of each a question of every kind. */
export async function readSamples(url: string, count: number): Promise<Samples> {
  const query = `active=true&_include=*&_total=none&_count=${count}`;
  const { entry = [] } = await load(`${url}/fhir/v2/PractitionerRole?${query}`);
  const found = new Map(entry.map(({ resource }) => [`${resource.resourceType}/${resource.id}`, resource]));
  const samples = Object.fromEntries(searchOperations.map((name) => [name, [] as string[]])) as Samples;
  for (const role of found.values()) {
    const person = found.get(role.practitioner?.reference ?? '');
    const place = found.get(role.organization?.reference ?? '');
    const city = place?.address?.[0]?.city;
    if (person && place && city) addQuestions(samples, person, place, city);
  }
  const { link } = await load(`${url}/fhir/v2/Practitioner?active=true&_total=none`);
  const next = link.find(({ relation }) => relation === 'next')?.url.slice(url.length);
  samples.nextPage.push(...samples.read.map((_, at) => `${next}&_=${at}`));
  return samples;
}

function addQuestions(samples: Samples, person: Resource, place: Resource, city: string): void {
  const { family, profession } = describe(person);
  const [name = '', town = '', wrong = ''] = [family, city, `${family}x`].map(encodeURIComponent);
  const practitioner = '/fhir/v2/Practitioner';
  const near = `near-town=${town}&near-profession=${profession}`;
  const letters = encodeURIComponent(family.slice(0, 3));
  const changed = `_lastUpdated=ge${person.meta.lastUpdated}`;
  const questions: Partial<Record<SearchOperation, string>> = {
    read: `${practitioner}/${person.id}`,
    nameTownProfession: `${practitioner}?near-name=${name}&${near}`,
    oneWrongLetter: `${practitioner}?near-name=${wrong}&${near}`,
    name: `${practitioner}?family=${name}`,
    nameProfession: `${practitioner}?near-name=${name}&near-profession=${profession}`,
    townProfession: `${practitioner}?${near}`,
    town: `${practitioner}?near-town=${town}`,
    profession: `${practitioner}?qualification-code=${profession}`,
    professionMode: `${practitioner}?near-profession=${profession}&near-mode=L`,
    firstLetters: `${practitioner}?family=${letters}&active=true`,
    page: `/professionnels?nom=${name}&ville=${town}&profession=${profession}`,
    pageByName: `/professionnels?nom=${name}`,
    changedSince: `${practitioner}?${changed}`,
    changedNever: `/fhir/v2/PractitionerRole?_lastUpdated=ge2100-01-01`,
    rolesWithPlaces: `/fhir/v2/PractitionerRole?practitioner=${person.id}&_include=*`,
    chain: `/fhir/v2/PractitionerRole?practitioner.family=${name}&organization.address-city=${town}`,
    has: `${practitioner}?family=${name}&_has:PractitionerRole:practitioner:organization.address-city=${town}`,
    organizations: `/fhir/v2/Organization?address-city=${town}&name=${nameOf(place)}`,
    accurateTotal: `${practitioner}?family=${letters}&_total=accurate`,
  };
  for (const [operation, path] of Object.entries(questions)) samples[operation as SearchOperation].push(path);
}

function describe({ name, qualification = [] }: Resource): { family: string; profession: string } {
  const [{ family = '' } = {}] = Array.isArray(name) ? name : [];
  const codings = qualification.flatMap(({ code }) => code.coding);
  const profession = codings.find(({ system }) => system?.includes('TRE-G15'))?.code ?? '60';
  return { family, profession };
}

/** The first word of its name. */
const nameOf = ({ name }: Resource): string => encodeURIComponent(String(name ?? '').split(' ')[0] ?? '');

async function load(url: string): Promise<Bundle> {
  const answer = await fetch(url);
  return (await answer.json()) as Bundle;
}
