import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listenerNames } from '#platform/http/site.ts';
import { logWalks, typedSecrets } from '../support/log-walks.ts';
import { type LogLine, startLoggedServer } from '../support/logged-server.ts';
import { startMailServer } from '../support/mail-server.ts';
import { findWritten, meetSecrets } from '../support/met-secrets.ts';

const smtpPassword = 'mot-de-passe-du-relais-8';

interface PersonaNames {
  givenName: string;
  familyName: string;
}

const namesOf = ({ givenName, familyName }: PersonaNames) =>
  [givenName, familyName].flatMap((name) => [name, name.toUpperCase()]);

const expectedRoutes = [
  '/connexion/:uid',
  '/connexion/:uid/e-cps/demande',
  '/auth/:uid',
  '/protocol/openid-connect/token',
  '/api/approvals/:id/evaluation',
  '/professionnel/lieux',
  '/:attempt',
];

function assertRequestLine({ requestId, listener, method, route, status, ms, ...rest }: LogLine): void {
  assert.match(String(requestId), /^[a-z2-7]{16}$/);
  assert.match(String(method), /^(GET|POST|DELETE)$/);
  assert.ok(listenerNames.some((name) => name === listener));
  assert.ok(route === null || /^\/[a-z0-9/.:_*-]*$/i.test(String(route)), String(route));
  assert.ok(Number.isInteger(ms) && (status === null || (Number(status) >= 200 && Number(status) < 500)));
  assert.deepEqual(
    Object.keys(rest)
      .filter((key) => key !== 'givenUp')
      .sort(),
    ['level', 'msg', 'time'],
  );
}

test('what all walks met is in no line of the log, and the log tells what happened', async (t) => {
  const secrets = meetSecrets(t);
  const mailServer = await startMailServer(t, { refuse: { recipient: () => 550 } });
  const server = await startLoggedServer(t, {
    HYGIE_SMTP_URL: `smtp://hygie:${smtpPassword}@127.0.0.1:${mailServer.port}`,
    HYGIE_MAIL_FROM: 'Hygie <no-reply@hygie.test>',
  });
  secrets.meet(smtpPassword);
  const people = await server.api<PersonaNames[]>('GET', '/api/personas');
  for (const [sentence, walk] of Object.entries(logWalks)) await t.test(sentence, () => walk(server));
  await server.stop();

  await t.test('no secret, code, number, address or name', () => {
    assert.ok(secrets.words.size > 500, `met ${secrets.words.size}`);
    const never = [...secrets.words, ...people.body.flatMap(namesOf), ...typedSecrets];
    assert.deepEqual(findWritten(server.output(), never), []);
  });

  await t.test('one line a request: who, what, how it ended, how long', () => {
    const lines = server.lines().filter(({ msg }) => msg === 'request');
    assert.ok(lines.length > 200);
    for (const line of lines) assertRequestLine(line);
    assert.equal(new Set(lines.map(({ requestId }) => requestId)).size, lines.length);
    assert.deepEqual(
      [...new Set(lines.map(({ listener }) => String(listener)))].sort(),
      [...listenerNames].sort(),
    );
    const routes = new Set(lines.map(({ route }) => route));
    assert.deepEqual(
      expectedRoutes.filter((route) => !routes.has(route)),
      [],
    );
  });

  await t.test('what happened has its name, and its request', () => {
    const events = server.lines().filter(({ msg }) => msg === 'event');
    for (const { event } of events) assert.match(String(event), /^[a-z_]+(\.[a-z_]+)+$/);
    const named = new Set(events.map(({ event }) => event));
    for (const name of [
      'card.verified',
      'authenticator.password_failed',
      'authenticator.code_failed',
      'authenticator.foreign_redeem',
    ])
      assert.ok(named.has(name), name);
    const failed = events.find(({ event }) => event === 'authenticator.password_failed');
    const request = server
      .lines()
      .find(({ msg, requestId }) => msg === 'request' && requestId === failed?.requestId);
    assert.equal(request?.route, '/api/approvals/:id/evaluation');
  });
});
