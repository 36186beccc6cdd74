/** Paths to ask for, by operation. */
export type Samples = Record<SearchOperation, string[]>;
export const searchOperations = ['read', 'nameTownProfession', 'oneWrongLetter', 'page'] as const;
export type SearchOperation = (typeof searchOperations)[number];

interface Resource {
  resourceType: string;
  id: string;
  name?: { family?: string }[];
  qualification?: { code: { coding: { system?: string; code: string }[] } }[];
  address?: { city?: string }[];
  practitioner?: { reference: string };
  organization?: { reference: string };
}

/** Reads people with their places, and makes of each a question of every kind. */
export async function readSamples(url: string, count: number): Promise<Samples> {
  const query = `active=true&_include=*&_total=none&_count=${count}`;
  const answer = await fetch(`${url}/fhir/v2/PractitionerRole?${query}`);
  const { entry = [] } = (await answer.json()) as { entry?: { resource: Resource }[] };
  const found = new Map(entry.map(({ resource }) => [`${resource.resourceType}/${resource.id}`, resource]));
  const samples: Samples = { read: [], nameTownProfession: [], oneWrongLetter: [], page: [] };
  for (const role of found.values()) {
    const person = found.get(role.practitioner?.reference ?? '');
    const city = found.get(role.organization?.reference ?? '')?.address?.[0]?.city;
    if (person && city) addQuestions(samples, person, city);
  }
  return samples;
}

function addQuestions(samples: Samples, person: Resource, city: string): void {
  const [{ family = '' } = {}] = person.name ?? [];
  const codings = (person.qualification ?? []).flatMap(({ code }) => code.coding);
  const profession = codings.find(({ system }) => system?.includes('TRE-G15'))?.code ?? '60';
  const [name, town, wrong] = [family, city, `${family}x`].map(encodeURIComponent);
  const near = `near-town=${town}&near-profession=${profession}`;
  samples.read.push(`/fhir/v2/Practitioner/${person.id}`);
  samples.nameTownProfession.push(`/fhir/v2/Practitioner?near-name=${name}&${near}`);
  samples.oneWrongLetter.push(`/fhir/v2/Practitioner?near-name=${wrong}&${near}`);
  samples.page.push(`/professionnels?nom=${name}&ville=${town}&profession=${profession}`);
}
