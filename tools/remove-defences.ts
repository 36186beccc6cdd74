// `npm run test:defences [area] [words]`: takes each defence of tests/defences out of a copy of the tree, one at a
// time, and runs the tests that should hold it. A defence whose removal no test notices is reported and fails the run.
import { spawn } from 'node:child_process';
import { cp, glob, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Defence } from '../tests/defences/defence.ts';
import { openTestEnvironment } from './test-environment.ts';

const root = new URL('..', import.meta.url).pathname;
const copied = ['src', 'tests', 'web', 'bin', 'bench', 'tools', 'package.json', 'tsconfig.json'];
const linked = ['node_modules', 'public'];
/** Two at a time: each starts a server or two. */
const copies = 2;

async function findDefences(area: string | undefined, words: string): Promise<Defence[]> {
  const files = await Array.fromAsync(glob('tests/defences/*.ts', { cwd: root }));
  const lists = files.filter((file) => file !== 'tests/defences/defence.ts' && !file.endsWith('.test.ts'));
  const chosen = lists.filter((file) => area === undefined || basename(file, '.ts') === area).toSorted();
  const found = await Promise.all(
    chosen.map((file) => import(join(root, file)) as Promise<{ defences: Defence[] }>),
  );
  return found.flatMap(({ defences }) => defences).filter(({ name }) => name.includes(words));
}

async function copyTree(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'hygie-defences-'));
  for (const name of copied) await cp(join(root, name), join(copy, name), { recursive: true });
  for (const name of linked) await symlink(join(root, name), join(copy, name));
  return copy;
}

/** Whether a test failed without the defence. */
async function isHeld(copy: string, defence: Defence, env: NodeJS.ProcessEnv): Promise<boolean> {
  const file = join(copy, defence.file);
  const sound = await readFile(file, 'utf8');
  if (sound.split(defence.from).length !== 2)
    throw new Error(`${defence.name}: not found once in ${defence.file}`);
  await writeFile(
    file,
    sound.replace(defence.from, () => defence.to),
  );
  try {
    return !(await passes(copy, defence.tests, env));
  } finally {
    await writeFile(file, sound);
  }
}

function passes(cwd: string, tests: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  // What lacks a defence may wait for ever.
  const flags = ['--test', '--test-timeout=60000', '--test-force-exit', '--test-reporter=dot'];
  const child = spawn(process.execPath, [...flags, ...tests], {
    cwd,
    env: { ...env, NODE_COMPILE_CACHE: join(cwd, 'compiled') },
    stdio: 'ignore',
    timeout: 120_000,
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
}

async function removeEach(defences: readonly Defence[], env: NodeJS.ProcessEnv): Promise<string[]> {
  const waiting = [...defences];
  const notHeld: string[] = [];
  const work = async () => {
    const copy = await copyTree();
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const held = await isHeld(copy, next, env);
      if (!held) notHeld.push(next.name);
      console.log(`${held ? 'held' : 'NOT HELD'}  ${next.name}`);
    }
    await rm(copy, { recursive: true });
  };
  await Promise.all(Array.from({ length: copies }, work));
  return notHeld;
}

const [area, ...words] = process.argv.slice(2);
const defences = await findDefences(area, words.join(' '));
await using environment = await openTestEnvironment();
const notHeld = await removeEach(defences, environment.env);
console.log(`${defences.length - notHeld.length} of ${defences.length} defences are held by a test.`);
if (notHeld.length > 0 || defences.length === 0) process.exitCode = 1;
