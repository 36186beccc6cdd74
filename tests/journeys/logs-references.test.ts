import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { createConfig, parseEnvironment } from '#config';
import { openDatabase } from '#platform/database/open-database.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { usualEngine } from '../support/databases.ts';
import { headingOf, openChoice, press, readable, signInByCard } from '../support/http-walk.ts';
import { type LoggedServer, type LogLine, startLoggedServer } from '../support/logged-server.ts';
import { findWritten, meetSecrets } from '../support/met-secrets.ts';
import { openPhone } from '../support/repair-walk.ts';

const realm = '/auth/realms/esante-wallet/protocol/openid-connect';
const heading = 'Quelque chose n’a pas fonctionné chez nous';

/** What then fails; answers the text that shows the reference. */
type Failure = (server: LoggedServer) => Promise<string>;

/** By the table that is taken away from under the running server. */
const failures: Record<string, { table: string; prepare(server: LoggedServer): Promise<Failure> }> = {
  'a page, in both languages': {
    table: 'relying_party_session',
    async prepare({ urls }) {
      const browser = createCookieBrowser();
      const { url } = await signInByCard(browser, urls, 'infirmier-rpps');
      return async () => {
        const page = await browser.open(url);
        assert.deepEqual([page.status, headingOf(page)], [500, heading]);
        assert.match(readable(page.text), /Réessayez dans un instant\. Si cela se répète, .* Référence /);
        const english = await browser.open(new URL('?lang=en', url));
        assert.equal(headingOf(english), 'Something went wrong on our side');
        return readable(english.text);
      };
    },
  },
  'a call of the app': {
    table: 'authenticator_proof',
    async prepare(server) {
      return async () => {
        const answers: string[] = [];
        const plain = globalThis.fetch;
        globalThis.fetch = async (...call) => {
          const answer = await plain(...call);
          answers.push(await answer.clone().text());
          return answer;
        };
        const phone = await openPhone(server);
        await phone.requestEnrolment('99700012042', 'fr').catch(() => {});
        globalThis.fetch = plain;
        const problem = JSON.parse(answers.at(-1) ?? '');
        assert.deepEqual([problem.status, problem.code], [500, 'internal']);
        return problem.reference;
      };
    },
  },
  'a token request': {
    table: 'oidc_record',
    prepare:
      async () =>
      async ({ urls }) => {
        const client = { client_id: 'hygie-demo', client_secret: 'hygie-demo-secret' };
        const grant = { grant_type: 'refresh_token', refresh_token: 'lost-refresh-token-4711-abcdef' };
        const body = new URLSearchParams({ ...client, ...grant });
        const answer = await fetch(new URL(`${realm}/token`, urls.connect), { method: 'POST', body });
        const { error, error_description: description } = (await answer.json()) as Record<string, string>;
        assert.deepEqual([answer.status, error], [500, 'server_error']);
        return description ?? '';
      },
  },
  'an authorization request, in a browser': {
    table: 'oidc_record',
    prepare:
      async () =>
      async ({ urls }) => {
        const page = await openChoice(createCookieBrowser(), urls);
        assert.deepEqual([page.url.origin, headingOf(page)], [urls.wallet, heading]);
        return readable(page.text);
      },
  },
  'a card in a reader': {
    table: 'card_attempt',
    async prepare({ urls }) {
      const browser = createCookieBrowser();
      const reader = await press(browser, await openChoice(browser, urls), '/carte');
      const inserted = await press(browser, reader, '/carte', { persona: 'infirmier-rpps' });
      return async () => {
        const page = await press(browser, inserted, '/code', { code: '1234' });
        assert.equal(headingOf(page), heading);
        return readable(page.text);
      };
    },
  },
};

/** While `run` goes on the table has another name. */
async function withoutTable<Done>(
  { env }: LoggedServer,
  table: string,
  run: () => Promise<Done>,
): Promise<Done> {
  const database = await openDatabase(createConfig(parseEnvironment(env)).database);
  const rename = (from: string, to: string) =>
    database.write((unit) =>
      sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(unit.as()),
    );
  await rename(table, `${table}_gone`);
  try {
    return await run();
  } finally {
    await rename(`${table}_gone`, table);
    await database.close();
  }
}

test('whatever fails shows a reference, under which the log tells where', async (t) => {
  const secrets = meetSecrets(t);
  const server = await startLoggedServer(t);
  const shown: string[] = [];
  for (const [sentence, { table, prepare }] of Object.entries(failures)) {
    await t.test(sentence, async () => {
      const failure = await prepare(server);
      const text = await withoutTable(server, table, () => failure(server));
      const [reference] = /\b[A-Z2-7]{3}-[A-Z2-7]{3}\b/.exec(text) ?? [];
      assert.ok(reference, text);
      shown.push(reference);
    });
  }
  await server.stop();
  const lines = server.lines();
  for (const reference of shown) {
    const [line, ...others] = lines.filter((one) => one.reference === reference);
    assert.ok(line && others.length === 0, reference);
    assertPlace(line);
    assert.ok(lines.some(({ msg, requestId }) => msg === 'request' && requestId === line.requestId));
  }
  assert.deepEqual(findWritten(server.output(), secrets.words), []);
});

/** Name and code of the error where a table is not there. */
const missingTable = { sqlite: ['Error', 'ERR_SQLITE_ERROR'], postgres: ['error', '42P01'] };

function assertPlace({ level, msg, err }: LogLine): void {
  const { name, code, at, message } = err as Record<string, unknown>;
  assert.deepEqual(
    [level, msg, name, code, message],
    [50, 'request failed', ...missingTable[usualEngine], undefined],
  );
  assert.match(String(at), /\/src\/[\w/-]+\.ts:\d+/);
}
