import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Engine, sandboxEnvironment } from './bench-options.ts';

export interface SandboxProcess {
  pid: number;
  /** From the spawn to the `ready` line. */
  readyMs: number;
  stop(): Promise<void>;
}

/** Starts the whole sandbox as `npm start` does, and waits until it says that it is ready. */
export async function startSandbox(dataDir: string, engine: Engine): Promise<SandboxProcess> {
  const startedAt = performance.now();
  const program = new URL('../bin/hygie.mjs', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, 'start'], {
    env: sandboxEnvironment(dataDir, engine),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await readyLine(child);
  return {
    pid: child.pid ?? 0,
    readyMs: performance.now() - startedAt,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function readyLine(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      if (/ready in \d+ ms\n/.test(said)) resolve();
    });
    child.stdout?.on('end', () => reject(new Error(`The start ended early (${child.exitCode}): ${said}`)));
  });
}
