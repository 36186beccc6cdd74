import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { countCommits } from './count-commits.ts';

/** What a process has used since it began. */
export interface Usage {
  /** User and system time of all threads. */
  cpuMs: number;
  /** Transactions committed, each with one fsync of the log. */
  commits: number;
}

export interface Measured<Ready> {
  ready: Ready;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

type Question<Task> = { ask: 'start'; task: Task } | { ask: 'usage' } | { ask: 'stop' };

/** Runs one of the bench's own server programs in a process of its own, so that its CPU time is its own too. */
export async function startMeasured<Task, Ready>(
  program: string,
  task: Task,
  { env = process.env, profileDir }: { env?: NodeJS.ProcessEnv; profileDir?: string | undefined } = {},
): Promise<Measured<Ready>> {
  const profiling = profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : [];
  const child = fork(new URL(program, import.meta.url), { env, execArgv: profiling });
  return {
    ready: await ask<Task, Ready>(child, { ask: 'start', task }),
    usage: () => ask<Task, Usage>(child, { ask: 'usage' }),
    async stop() {
      const exit = once(child, 'exit');
      child.send({ ask: 'stop' } satisfies Question<Task>);
      await exit;
    },
  };
}

function ask<Task, Answer>(child: ChildProcess, question: Question<Task>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`The measured server ended early (${code}).`));
    child.once('exit', onExit);
    child.once('message', (answer) => {
      child.off('exit', onExit);
      resolve(answer as Answer);
    });
    child.send(question);
  });
}

/** The other side: `start` serves its task and tells what the bench needs to know. */
export function answerBench<Task, Ready>(
  start: (task: Task) => Promise<{ ready: Ready; close(): Promise<void> }>,
): void {
  const commits = countCommits();
  let close: () => Promise<void> = async () => {};
  process.on('disconnect', () => process.exit());
  process.on('message', async (question: Question<Task>) => {
    if (question.ask === 'usage') {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpuMs: (user + system) / 1000, commits: commits() } satisfies Usage);
    } else if (question.ask === 'start') {
      const started = await start(question.task);
      close = started.close;
      process.send?.(started.ready);
    } else {
      await close();
      process.disconnect?.();
    }
  });
}
