// `npm run bench -- NAME [--json]`: measures against a named peer or limit in the same run. Never part of the tests.
import { parseArgs } from 'node:util';
import { measureBoot } from './boot.ts';
import { measureLogin } from './login.ts';

const benches: Record<string, () => Promise<object>> = { boot: measureBoot, login: measureLogin };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const measure = benches[positionals[0] ?? ''];
if (measure) {
  const result = await measure();
  if (values.json) console.log(JSON.stringify(result));
  else console.dir(result, { depth: null });
} else {
  console.error(`The benches are: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
}
