import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestServer } from '../support/start-test-server.ts';

interface Bundle {
  entry?: unknown[];
  link: { relation: string; url: string }[];
}

/** Every page of a search, as text. */
async function readAll(start: URL): Promise<string> {
  let text = '';
  let entries = 0;
  for (let url: string | undefined = start.href; url; ) {
    const page = await (await fetch(url)).text();
    const bundle = JSON.parse(page) as Bundle;
    text += page;
    entries += bundle.entry?.length ?? 0;
    url = bundle.link.find(({ relation }) => relation === 'next')?.url;
  }
  assert.ok(entries > 50, `${entries} entries`);
  return text;
}

test('who copies the whole directory over FHIR has nobody’s mail address or mobile of correspondence', async (t) => {
  const server = await startTestServer(t);
  const { body } = await server.api<{ email: string | null; phone: string | null }[]>('GET', '/api/personas');
  const details = body.flatMap(({ email, phone }) => [email ?? [], phone ?? []].flat());
  assert.ok(details.length > 10, `${details.length} details`);
  for (const type of ['Practitioner', 'PractitionerRole']) {
    const text = await readAll(new URL(`/fhir/v2/${type}?_count=50`, server.urls.directory));
    for (const detail of details) assert.equal(text.includes(detail), false, `${type}: ${detail}`);
  }
});
