import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { formatIdNatPs, rpps } from '#national-id';
import { createSite, requestListener } from '#platform/http/create-site.ts';
import { openListener } from '#platform/http/listener.ts';
import { createLogger } from '#platform/logger.ts';
import { createFhirClient, type FhirClient } from '#portal';
import { parsePerson } from '../../src/portal/person.ts';
import { professionsOf } from '../../src/portal/places.ts';
import { decideSituation } from '../../src/portal/situation.ts';
import { personas } from '../../src/sandbox/personas.ts';
import { personaRows } from '../../src/sandbox/seed/persona-rows.ts';
import { usualEngine } from '../support/databases.ts';
import { openTestDirectory } from '../support/test-directory.ts';

/** Our own directory with the sandbox's people, yesterday's extract and today's, read over HTTP. */
async function startDirectory(t: TestContext): Promise<FhirClient> {
  const logger = createLogger('silent');
  const { fhir, importRows } = await openTestDirectory(t, usualEngine);
  const { yesterday, today } = personaRows();
  await importRows(yesterday, '202611220300');
  await importRows(today, '202611230300');
  const listener = await openListener({ port: 0, bind: '127.0.0.1' });
  t.after(() => listener.close());
  const url = new URL(`http://localhost:${listener.port}`);
  const site = {
    name: 'directory',
    url,
    title: { fr: 'Annuaire', en: 'Directory' },
    sandbox: false,
  } as const;
  const app = createSite(site, { logger });
  app.route('/', fhir.routes);
  listener.serve(requestListener(site, app));
  return createFhirClient({ baseUrl: new URL('/fhir/v2', url) });
}

test('the people of the sandbox find over FHIR what their records say, without any diagnosis', async (t) => {
  const client = await startDirectory(t);
  const told = new Map<string, string>();
  for (const { slug, rpps: number } of personas) {
    if (!number) continue;
    const SubjectNameID = formatIdNatPs(rpps(number));
    const practitioner = await client.findPractitioner(SubjectNameID);
    const record = practitioner && { practitioner, roles: await client.findRoles(practitioner.id) };
    const situation = decideSituation(parsePerson({ SubjectNameID }), record);
    if (situation.kind === 'places') {
      assert.ok(practitioner && professionsOf(practitioner).length > 0, slug);
      for (const place of situation.places) assert.ok(place.name && place.address && place.phone, slug);
    }
    told.set(slug, tell(situation));
  }
  assert.equal(told.get('infirmier-sans-lieu'), 'no_place_of_practice');
  assert.equal(told.get('infirmier-lieu-ferme'), 'place_closed');
  assert.equal(told.get('infirmiere-radiee'), 'record_inactive');
  assert.equal(told.get('infirmiere-remplacante'), 'locum');
  assert.equal(told.get('infirmier-rpps'), '2');
  assert.equal(told.get('infirmiere-adeli'), '2', 'what she sees once she comes in by her RPPS number');
  assert.equal(told.get('pharmacienne'), '1');
});

function tell(situation: ReturnType<typeof decideSituation>): string {
  if (situation.kind === 'places') return String(situation.places.length);
  return situation.kind === 'cause' ? situation.cause : situation.reason;
}
