import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { rpps } from '#national-id';
import { openSqlite } from '#platform/database/sqlite.ts';
import { liberal, person, practice } from '../../../tests/support/directory-rows.ts';
import { openTestDirectory } from '../../../tests/support/test-directory.ts';
import { indexesOf } from './schema.ts';

const row = { ...person('99700000013'), ...liberal, ...practice('R10000000000001') };

test('an import brings the indexes of a generation that an older program made up to date', async (t) => {
  const { directory, data, importRows } = await openTestDirectory(t, 'sqlite');
  await importRows([row], '202611230300');
  const older = openSqlite(join(data, 'directory-1.sqlite'));
  older.exec('drop index practitioner_by_id; create index practitioner_by_content on practitioner (content)');
  older.close();
  assert.ok(await directory.findPractitioner(rpps('99700000013')), 'it is read as it is');
  await importRows([{ ...row, familyName: 'GARNIER' }], '202611240300');
  using newer = openSqlite(join(data, 'directory-2.sqlite'), { readOnly: true });
  const names = newer
    .prepare(`select name from sqlite_schema where type = 'index' and sql is not null order by name`)
    .all();
  const wanted = indexesOf('sqlite', 'main').map(({ name }) => name);
  assert.deepEqual(
    names.map(({ name }) => name),
    wanted.sort(),
  );
});
