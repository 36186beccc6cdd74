import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { createConfig, parseEnvironment } from '#config';
import { drawNumbers } from '../../src/authenticator/approving/numbers.ts';
import { openState } from '../../src/command-context.ts';
import { hintOf, idOf, openDemoCiba } from '../support/ciba-client.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

test('a number of the other screen stands among two others, anywhere, none of which it stands out from', () => {
  const places = new Set<number>();
  let low = 0;
  for (let drawn = 0; drawn < 400; drawn++) {
    const { number, numbers } = drawNumbers(7);
    assert.equal(number, 7);
    assert.equal(new Set(numbers).size, 3);
    assert.ok(numbers.every((value) => value >= 0 && value <= 99));
    places.add(numbers.indexOf(7));
    low += numbers.filter((value) => value !== 7 && value < 10).length;
  }
  assert.deepEqual([...places].sort(), [0, 1, 2]);
  // One of eleven of the others is below ten too: 800 draws without any would be a rule.
  assert.ok(low > 0);
});

testOnOneServer('the two digits of the other screen', {
  'are the number that the phone must give': async (server) => {
    const client = await openDemoCiba(server);
    const login_hint = await hintOf(server, 'medecin-deux-lieux');
    for (const [digits, expected] of [
      ['00', 0],
      ['07', 7],
      ['99', 99],
    ] as const) {
      idOf(await client.ask({ login_hint, binding_message: digits }));
      assert.equal(await readNumber(server), expected);
    }
  },
});

/** Of the last question, as the phone's answer is compared to it. */
async function readNumber({ dataDir, env }: TestServer): Promise<number | undefined> {
  const state = await openState(createConfig(parseEnvironment({ HYGIE_DATA_DIR: dataDir, ...env })));
  try {
    const query = sql<{
      number: number;
    }>`select number from authenticator_approval order by requested_at desc limit 1`;
    return (await query.execute(state.as())).rows[0]?.number;
  } finally {
    await state.close();
  }
}
