import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { formatPageId, type Page, parsePageId } from './page-id.ts';

const page: Page = {
  generation: 3,
  type: 'Practitioner',
  query: 'name=dupont&_count=2',
  after: '003-1',
  total: 12,
};

test('an id leads back to its page', () => {
  assert.deepEqual(parsePageId(formatPageId(page)), page);
});

test('a query too long for an address becomes a short id when it repeats itself', () => {
  const system = 'https://mos.esante.gouv.fr/NOS/TRE_R02-SecteurActivite/FHIR/TRE-R02-SecteurActivite';
  const query = Array.from({ length: 69 }, (_, i) => `type=${encodeURIComponent(`${system}|SA${i}`)}`).join(
    '&',
  );
  const id = formatPageId({ ...page, query });
  assert.ok(query.length > 7000 && id.length < 2000);
  assert.equal(parsePageId(id)?.query, query);
});

test('changing, adding or removing any single character is noticed', () => {
  const id = formatPageId(page);
  for (let i = 0; i < id.length; i++) {
    const other = id.charAt(i) === 'A' ? 'B' : 'A';
    assert.equal(parsePageId(id.slice(0, i) + other + id.slice(i + 1)), undefined);
    assert.equal(parsePageId(id.slice(0, i) + id.slice(i + 1)), undefined);
  }
  for (const damaged of ['', 'A', `${id}A`, `${id}=`, ` ${id}`])
    assert.equal(parsePageId(damaged), undefined);
});

test('an id made by somebody else is read as strictly as a query', () => {
  for (const content of [
    'null',
    '{}',
    'no json',
    JSON.stringify({ ...page, type: 'Patient' }),
    'x'.repeat(400_000),
  ]) {
    assert.equal(parsePageId(sign(deflateRawSync(content))), undefined);
  }
  assert.equal(parsePageId(sign(Buffer.from('not deflated'))), undefined);
});

function sign(body: Buffer): string {
  return Buffer.concat([createHash('sha256').update(body).digest().subarray(0, 12), body]).toString(
    'base64url',
  );
}
