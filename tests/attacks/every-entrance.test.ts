import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { listenerNames } from '#platform/http/site.ts';
import { assertDecent } from '../support/bad-input/assert-decent.ts';
import { addressOf, entrances, nameOf } from '../support/bad-input/entrances.ts';
import { sendBadly, sendTo } from '../support/bad-input/send-badly.ts';
import { countRows } from '../support/bad-input/state-rows.ts';
import { startTestServer } from '../support/start-test-server.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'ALL']);
const server = await startTestServer({ after });

test('every route that takes something is in the table of what is attacked here', () => {
  const routes = [...server.apps].flatMap(([listener, { routes: all }]) =>
    all.filter(({ method }) => !safe.has(method)).map(({ method, path }) => `${listener} ${method} ${path}`),
  );
  const listed = entrances.filter(({ listener }) => listener !== 'connect').map(nameOf);
  assert.deepEqual([...new Set(routes)].toSorted(), listed.toSorted());
});

for (const listener of listenerNames) {
  const own = entrances.filter((entrance) => entrance.listener === listener && !entrance.always);
  if (own.length === 0) continue;
  test(`nobody known sends rubbish to ${listener}: each is answered, and no row changes`, async () => {
    const rows = countRows(server.dataDir);
    for (const entrance of own) {
      await sendBadly(server, entrance);
      assert.deepEqual(countRows(server.dataDir), rows, nameOf(entrance));
    }
  });
}

test('what does its work for everybody takes no notice of what is sent along', async () => {
  for (const entrance of entrances.filter(({ always }) => always)) {
    for (const type of [undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/json']) {
      const answer = await sendTo(server, entrance, { type, body: type ? '{' : '' });
      assertDecent(answer, entrance.tells, `${nameOf(entrance)} ${type}`);
    }
  }
});

test('a body that is too large is refused everywhere, told or not', async () => {
  for (const entrance of entrances) {
    const type = entrance.takes === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
    const answer = await sendTo(server, entrance, { type, body: 'x'.repeat(300 * 1024) });
    assertDecent(answer, entrance.tells, nameOf(entrance));
    const expected = entrance.listener === 'connect' ? [400, 413] : [413];
    assert.ok(expected.includes(answer.status), `${nameOf(entrance)} ${answer.status}`);
  }
});

test('a form of another site gets nowhere, but where other sites and programs may ask', async () => {
  const fromElsewhere = /^\/(api|fhir|auth\/realms)\/|^\/connexion\/initier$|^\/deconnexion\/recue$/;
  for (const entrance of entrances.filter(({ path }) => !fromElsewhere.test(path))) {
    const answer = await fetch(new URL(addressOf(entrance), server.urls[entrance.listener]), {
      method: entrance.method,
      headers: { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' },
      body: new URLSearchParams(entrance.fields.map((field) => [field, '1'])),
    });
    assert.equal(answer.status, 403, nameOf(entrance));
  }
});
