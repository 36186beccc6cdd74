// `npm run bench -- NAME [--json]`: measures against a named peer or limit in the same run. Never part of the tests.
import { parseArgs } from 'node:util';
import { measureApproval } from './approval.ts';
import { type BenchOptions, parseEngine } from './bench-options.ts';
import { measureBoot } from './boot.ts';
import { measureImport } from './import.ts';
import { measureLogin } from './login.ts';
import { measureSearch } from './search.ts';
import { measureToken } from './token.ts';

const benches: Record<string, (options: BenchOptions) => Promise<object>> = {
  approval: measureApproval,
  boot: measureBoot,
  import: measureImport,
  login: measureLogin,
  search: measureSearch,
  token: measureToken,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    engine: { type: 'string' },
    profile: { type: 'string' },
    rows: { type: 'string' },
  },
});
const measure = benches[positionals[0] ?? ''];
const engine = parseEngine(values.engine);
const rows = values.rows === undefined ? undefined : Number(values.rows);
if (measure && engine) {
  const result = await measure({ engine, profileDir: values.profile, rows });
  if (values.json) console.log(JSON.stringify(result));
  else console.dir(result, { depth: null });
} else {
  console.error(`The benches are: ${Object.keys(benches).join(', ')}; --engine is sqlite or postgres.`);
  process.exitCode = 2;
}
