import assert from 'node:assert/strict';
import { marker } from './bad-bodies.ts';
import type { Telling } from './entrances.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

const types: Record<Telling, RegExp> = {
  page: /^text\/html/,
  problem: /^application\/problem\+json$/,
  // A rule of the whole site answers a program with a problem.
  oauth: /^application\/(problem\+)?json/,
  fhir: /^application\/fhir\+json/,
};

/** What holds of every answer to whatever was sent: no failure, no inner detail, in the form that is read there. */
export function assertDecent(answer: Answer, tells: Telling, what: string): void {
  const { status, headers, text } = answer;
  assert.ok(status >= 200 && status < 500, `${what}: ${status} ${text.slice(0, 300)}`);
  assert.doesNotMatch(text, /node:internal|node_modules|\.ts:\d|\bat async |SQLITE|Error:/, what);
  assertProtected(headers, what);
  if (status >= 400) assertRefusal(answer, tells, what);
}

/** The headers that keep an answer from being framed, guessed at or run. */
export function assertProtected(headers: Headers, what: string): void {
  assert.equal(headers.get('x-content-type-options'), 'nosniff', what);
  assert.equal(headers.get('x-frame-options'), 'DENY', what);
  // A sandbox's home shows the app in a phone.
  assert.match(
    headers.get('content-security-policy') ?? '',
    /frame-ancestors ('none'|http:\/\/localhost:\d+)(;|$)/,
    what,
  );
  assert.equal(headers.get('referrer-policy'), 'same-origin', what);
}

function assertRefusal({ status, headers, text }: Answer, tells: Telling, what: string): void {
  assert.match(headers.get('content-type') ?? '', types[tells], what);
  if (tells === 'page') assertPage(text, what);
  else assertTold({ status, headers, text }, tells, what);
}

function assertTold({ status, text }: Answer, tells: Telling, what: string): void {
  assert.ok(!text.includes(marker), `${what}: repeats what was sent: ${text}`);
  const body: Record<string, unknown> = JSON.parse(text);
  if (tells === 'fhir') assert.equal(body.resourceType, 'OperationOutcome', what);
  else if (tells === 'oauth') assert.ok(body.error ?? body.title, what);
  else {
    assert.deepEqual([body.status, typeof body.title], [status, 'string'], what);
    assert.ok(body.code, what);
  }
}

/** A page may keep what was typed where it was typed, and nowhere else. */
function assertPage(text: string, what: string): void {
  assert.match(text, /<h1[^>]*>.+<\/h1>/s, what);
  assert.ok(!text.replaceAll(/ value="[^"]*"/g, '').includes(marker), `${what}: repeats what was sent`);
}
