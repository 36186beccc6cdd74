#!/usr/bin/env node
// Finds a Node that runs TypeScript as it is (24.12 or later) and hands over to it, or says in one sentence what is missing.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);

function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 12);
}

const bundled = fileURLToPath(
  new URL(`node_modules/node-${process.platform}-${process.arch}/bin/node`, root),
);

/** Whether the Node that `npm ci` brings for Linux x64 and arm64 is there and starts (musl or a missing library stop it). */
function bundledNodeStarts() {
  if (!existsSync(bundled)) return false;
  const { status, stdout } = spawnSync(bundled, ['--version'], { encoding: 'utf8' });
  return status === 0 && runsTypeScript(stdout.trim().slice(1));
}

function runBundledNode(args) {
  const child = spawn(bundled, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

function sayWhatIsMissing() {
  const other = existsSync(bundled)
    ? ', or on Debian the package libatomic1, which the Node that came with npm ci needs'
    : '';
  console.error(
    `Hygie needs Node 24.12 or later (https://nodejs.org/)${other}; this is ${process.versions.node}.`,
  );
  process.exitCode = 1;
}

/** `--run FILE …` runs one of the project's own programs (tests, bench) in place of the command line. */
function target(args) {
  const [first, file, ...rest] = args;
  if (first === '--run' && file) return [file, rest];
  return ['src/main.ts', args];
}

async function runHere() {
  // Later starts find the code without its types and compiled; a folder that cannot be written is no error.
  module.enableCompileCache(fileURLToPath(new URL('node_modules/.cache/compiled', root)));
  const [file, args] = target(process.argv.slice(2));
  const entry = new URL(file, root);
  process.argv = [process.execPath, fileURLToPath(entry), ...args];
  // It makes libraries print what they see: states, codes, tokens.
  delete process.env.DEBUG;
  await import(entry);
}

if (runsTypeScript(process.versions.node)) {
  await runHere();
} else if (bundledNodeStarts()) {
  runBundledNode([fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
} else {
  sayWhatIsMissing();
}
