import assert from 'node:assert/strict';
import { access, glob, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Defence } from './defence.ts';

test('every defence that the list takes out stands once in its file, and its tests exist', async () => {
  for await (const file of glob('tests/defences/*.ts')) {
    if (file.endsWith('/defence.ts') || file.endsWith('.test.ts')) continue;
    const { defences } = (await import(new URL(`../../${file}`, import.meta.url).pathname)) as {
      defences: Defence[];
    };
    for (const defence of defences) {
      const parts = (await readFile(defence.file, 'utf8')).split(defence.from);
      assert.equal(parts.length, 2, `${file}: ${defence.name}`);
      assert.notEqual(defence.from, defence.to, `${file}: ${defence.name}`);
      await Promise.all(defence.tests.map((path) => access(path)));
    }
  }
});
