import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { startTestServer } from '../support/start-test-server.ts';

// What the open-data profiles of the Annuaire Santé ask beyond FHIR R4 (ansforge/IG-fhir-annuaire, input/fsh/profiles-dp,
// 1.2.0-snapshot-2), restated: our validator does not know the base profiles of FR Core that they slice.

interface Extension {
  url: string;
  extension?: Extension[];
  valueCode?: string;
}
interface Identifier {
  system: string;
  value: string;
  use: string;
  type: { coding: { code: string }[] };
}
interface Resource {
  resourceType: string;
  id: string;
  meta: { versionId: unknown; source: string; profile: string[]; extension?: Extension[] };
  active: unknown;
  language?: string;
  identifier?: Identifier[];
  extension?: Extension[];
  name?: unknown;
  telecom?: { system: string; extension?: Extension[] }[];
  qualification?: object[];
  type?: { extension?: Extension[] }[];
  practitioner?: { reference: string };
  organization?: { reference: string };
}

const annuaire = 'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition';
const frCore = 'https://hl7.fr/ig/fhir/core/StructureDefinition';

const rules = {
  Practitioner: {
    profiles: [`${frCore}/fr-core-practitioner`, `${annuaire}/as-dp-practitioner`],
    forbidden: ['gender', 'birthDate', 'photo', 'address', 'communication'],
    extensions: [`${annuaire}/as-ext-smartcard`, `${annuaire}/as-ext-practitioner-authorization`],
    ended: ['identifier'],
  },
  PractitionerRole: {
    profiles: [`${frCore}/fr-core-practitioner-role`, `${annuaire}/as-dp-practitionerrole`],
    forbidden: ['period', 'specialty', 'location', 'healthcareService', 'availableTime', 'notAvailable'],
    extensions: [],
    ended: ['practitioner', 'organization'],
  },
  Organization: {
    profiles: [`${frCore}/fr-core-organization`, `${annuaire}/as-dp-organization`],
    forbidden: ['contact'],
    extensions: ['http://hl7.org/fhir/StructureDefinition/organization-period'],
    ended: ['identifier', 'name'],
  },
} as const;
type Type = keyof typeof rules;

const systems: Record<string, string> = {
  IDNPS: 'urn:oid:1.2.250.1.71.4.2.1',
  RPPS: 'https://rpps.esante.gouv.fr',
  IDNST: 'urn:oid:1.2.250.1.71.4.2.2',
  FINEJ: 'https://finess.esante.gouv.fr',
  FINEG: 'https://finess.esante.gouv.fr',
  SIREN: 'https://sirene.fr',
  SIRET: 'https://sirene.fr',
  RPPSRG: 'https://rppsrang.esante.gouv.fr',
};

const read: Record<Type, Resource[]> = { Practitioner: [], PractitionerRole: [], Organization: [] };

before(async (t) => {
  const { urls } = await startTestServer(t as never);
  for (const type of Object.keys(rules) as Type[]) {
    const answer = await fetch(`${urls.directory}/fhir/v2/${type}?_count=2500`);
    const { entry } = (await answer.json()) as { entry: { resource: Resource }[] };
    read[type] = entry.map(({ resource }) => resource);
  }
});

const everyone = (): [Type, Resource][] =>
  (Object.keys(rules) as Type[]).flatMap((type) =>
    read[type].map((resource): [Type, Resource] => [type, resource]),
  );
const nameOf = ({ resourceType, id }: Resource) => `${resourceType}/${id}`;
const codesOf = (resource: Resource) =>
  (resource.identifier ?? []).map(({ type }) => type.coding.map(({ code }) => code).join());

test('each resource names its profiles, where it is from, and what it must not hold it does not', () => {
  for (const [type, resource] of everyone()) {
    const { profiles, forbidden, extensions } = rules[type];
    assert.deepEqual(resource.meta.profile, profiles, nameOf(resource));
    assert.equal(typeof resource.meta.versionId, 'string', nameOf(resource));
    assert.equal(resource.meta.source, 'https://annuaire.sante.fr');
    assert.equal(typeof resource.active, 'boolean', nameOf(resource));
    for (const element of [...forbidden, 'endpoint', 'contained', 'text'])
      assert.ok(!(element in resource), `${nameOf(resource)}: ${element}`);
    for (const { url } of resource.extension ?? [])
      assert.ok((extensions as readonly string[]).includes(url), `${nameOf(resource)}: ${url}`);
  }
});

test('what is active tells its source system, what has ended only who it was', () => {
  let ended = 0;
  for (const [type, resource] of everyone()) {
    if (resource.active) {
      const [trace, ...more] = resource.meta.extension ?? [];
      assert.equal(trace?.url, `${annuaire}/as-ext-data-trace`, nameOf(resource));
      assert.equal(more.length, 0);
      const system = trace.extension?.find(({ url }) => url === 'systeme-information')?.valueCode ?? '';
      assert.ok(['RPPS', 'FINESS'].includes(system), nameOf(resource));
      assert.equal(resource.language, 'fr');
      continue;
    }
    ended++;
    const allowed = new Set(['resourceType', 'id', 'meta', 'active', ...rules[type].ended]);
    assert.deepEqual(
      Object.keys(resource).filter((element) => !allowed.has(element)),
      [],
      nameOf(resource),
    );
  }
  assert.ok(ended > 0);
});

test('identifiers have the system of their type, each type once', () => {
  for (const [type, resource] of everyone()) {
    const codes = codesOf(resource);
    assert.equal(new Set(codes).size, codes.length, nameOf(resource));
    for (const [at, identifier] of (resource.identifier ?? []).entries()) {
      assert.equal(identifier.system, systems[codes[at] ?? ''], `${nameOf(resource)}: ${codes[at]}`);
      assert.equal(identifier.use, 'official');
      assert.deepEqual(
        Object.keys(identifier).filter((key) => ['period', 'assigner'].includes(key)),
        [],
      );
    }
    if (type === 'Practitioner') assertNumbers(resource, codes);
  }
});

/** The profile asks for an RPPS number too: whoever is known by another number has none. */
function assertNumbers(resource: Resource, codes: string[]): void {
  const numberOf = (code: string) => resource.identifier?.[codes.indexOf(code)]?.value ?? '';
  assert.equal(codes.filter((code) => code === 'IDNPS').length, 1, nameOf(resource));
  const isRpps = numberOf('IDNPS').startsWith('8');
  assert.equal(numberOf('RPPS'), isRpps ? numberOf('IDNPS').slice(1) : '', nameOf(resource));
  if (isRpps) assert.match(numberOf('RPPS'), /^\d{11}$/);
}

test('people and roles are reached by secure mailboxes alone; names and qualifications have no period', () => {
  for (const resource of [...read.Practitioner, ...read.PractitionerRole]) {
    for (const { system, extension } of resource.telecom ?? []) {
      assert.equal(system, 'email');
      assert.deepEqual(
        extension?.map(({ url }) => url),
        [`${frCore}/fr-core-contact-point-email-type`, `${annuaire}/as-ext-mailbox-mss-metadata`],
      );
      const told = extension?.[1]?.extension?.map(({ url }) => url) ?? [];
      assert.ok(!told.some((url) => ['responsible', 'listeRouge', 'phone'].includes(url)), nameOf(resource));
    }
  }
  for (const { name, qualification, extension } of read.Practitioner) {
    assert.ok(name === undefined || (Array.isArray(name) && name.length === 1 && !('period' in name[0])));
    assert.ok((qualification ?? []).every((one) => !('period' in one)));
    assert.ok(!JSON.stringify(extension ?? []).includes('oppositionDate'));
  }
});

test('a role has one practitioner and at most one place, both of which are there', () => {
  const ids = new Set(everyone().map(([, resource]) => nameOf(resource)));
  for (const { practitioner, organization, identifier } of read.PractitionerRole) {
    // The profile asks for the number of the "situation d'exercice", which the open extracts do not tell.
    assert.equal(identifier, undefined);
    assert.ok(ids.has(practitioner?.reference ?? ''));
    assert.ok(organization === undefined || ids.has(organization.reference));
  }
});

test('each kind of an organization says which kind it is', () => {
  const kinds = ['organizationType', 'secteurActiviteRASS'];
  for (const resource of read.Organization)
    for (const { extension } of resource.type ?? []) {
      assert.equal(extension?.[0]?.url, `${annuaire}/as-ext-organization-types`);
      assert.ok(kinds.includes(extension?.[0]?.valueCode ?? ''), nameOf(resource));
    }
});
