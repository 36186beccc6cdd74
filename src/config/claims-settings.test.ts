import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConfig } from './config.ts';
import { parseEnvironment } from './env.ts';

const configOf = (env: Record<string, string>) => createConfig(parseEnvironment(env));

test('claims are those of today and bridging is off, unless an operator says otherwise', () => {
  for (const env of [{}, { HYGIE_PSC_ERA: '', HYGIE_BRIDGING: '' }, { HYGIE_BRIDGING: 'off' }]) {
    const { pscEra, bridging } = configOf(env);
    assert.deepEqual([pscEra, bridging], ['2026', false]);
  }
  const { pscEra, bridging } = configOf({ HYGIE_PSC_ERA: '2023-04', HYGIE_BRIDGING: 'on' });
  assert.deepEqual([pscEra, bridging], ['2023-04', true]);
});

test('an era that was not, and a bridging that is neither on nor off, stop the start by their name', () => {
  assert.throws(() => configOf({ HYGIE_PSC_ERA: '2019' }), /^Error: HYGIE_PSC_ERA: /);
  assert.throws(() => configOf({ HYGIE_BRIDGING: 'yes' }), /^Error: HYGIE_BRIDGING: /);
});
