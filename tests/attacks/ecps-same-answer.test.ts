import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { withLuhnKey } from '#national-id';
import { openDatabase } from '#platform/database/open-database.ts';
import { type NumberForm, openNumberForms } from '../support/number-forms.ts';
import { activateByCard } from '../support/repair-walk.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const unknown = withLuhnKey('9970009999');
const hourMs = 3_600_000;
const factor = 1.5;
/** A busy machine may slow one series down, never each of them in the same direction. */
const series = 5;
const pairs = 12;

const lift = (server: TestServer) => server.api('POST', '/api/clock', { advanceMs: hourMs + 60_000 });

/** What differs between any two answers: digits, ids, keys of rows. */
const masked = (text: string) =>
  text.replaceAll(/[a-z]{3}_[a-z2-7]{32}|[\w-]{20,}|[A-Z2-7]{3}-[A-Z2-7]{3}|\d+/g, '…');

async function readAnswer(answer: Response) {
  const headers = [...answer.headers].filter(([name]) => !['date', 'etag', 'e-cps-nonce'].includes(name));
  return {
    status: answer.status,
    headers: headers.map(([name, value]) => `${name}: ${masked(value)}`).toSorted(),
    body: masked(await answer.text()),
  };
}

/** How many rows every table has; those of jobs and their outbox follow later. */
async function countRows(file: string): Promise<Record<string, number>> {
  const database = await openDatabase({ kind: 'sqlite', file });
  const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(
    database.as(),
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables.rows) {
    if (/^(job|outbox|sqlite)/.test(name)) continue;
    const counted = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(name)}`.execute(
      database.as(),
    );
    counts[name] = counted.rows[0]?.rows ?? 0;
  }
  await database.close();
  return counts;
}

const differences = (before: Record<string, number>, after: Record<string, number>) =>
  Object.fromEntries(Object.entries(after).map(([name, rows]) => [name, rows - (before[name] ?? 0)]));

/** What an answer takes when nothing else runs: of a busy machine's times the median is another program's. */
const lowerQuartileOf = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 2] ?? 0;

async function timeOnce({ prepare }: NumberForm, number: string): Promise<number> {
  const send = await prepare(number);
  const from = performance.now();
  await send();
  return performance.now() - from;
}

/** How many times longer one number's answers take than the other's, asked for by turns. */
async function compareTimes(
  server: TestServer,
  form: NumberForm,
  numbers: readonly [string, string],
): Promise<number> {
  const times = new Map<string, number[]>(numbers.map((number) => [number, []]));
  for (let pair = 0; pair < pairs; pair++) {
    if (pair % form.most === 0) await lift(server);
    for (const number of pair % 2 ? numbers : numbers.toReversed())
      times.get(number)?.push(await timeOnce(form, number));
  }
  const [one = 0, other = 0] = [...times.values()].map(lowerQuartileOf);
  return Math.max(one, other) / Math.min(one, other);
}

test('whoever types a number learns nothing of it', async (t) => {
  const server = await startTestServer(t);
  const { credential } = await activateByCard(server, 'infirmiere-adeli');
  const known = credential.nationalId.value;
  const file = join(server.dataDir, 'state.sqlite');

  for (const [name, form] of Object.entries(openNumberForms(server))) {
    await t.test(`${name}: one answer, and as many rows, for a known number and an unknown one`, async () => {
      // The first one makes the rows that count this address.
      await (await form.prepare(withLuhnKey('9970009998')))();
      const seen = [];
      for (const number of [known, unknown]) {
        const send = await form.prepare(number);
        const before = await countRows(file);
        const answer = await readAnswer(await send());
        seen.push({ answer, rows: differences(before, await countRows(file)) });
      }
      assert.ok([200, 202, 303].includes(seen[0]?.answer.status ?? 0));
      assert.deepEqual(seen[0], seen[1]);
    });

    await t.test(`${name}: it takes as long`, async () => {
      const ratios: number[] = [];
      while (ratios.length < series && !ratios.some((ratio) => ratio < factor))
        ratios.push(await compareTimes(server, form, [known, unknown]));
      assert.ok(
        ratios.some((ratio) => ratio < factor),
        ratios.map((ratio) => ratio.toFixed(2)).join(' '),
      );
    });
  }
});
