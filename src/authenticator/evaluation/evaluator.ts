import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

export interface EvaluationJob {
  id: number;
  key: Uint8Array;
  blinded: Uint8Array;
}

/** Without `evaluated` the element was none of the curve. */
export interface EvaluationResult {
  id: number;
  evaluated?: Uint8Array;
}

export interface Evaluator extends AsyncDisposable {
  /** `key · blinded`. Rejects where a worker fails. */
  evaluate(key: Uint8Array, blinded: Uint8Array): Promise<Uint8Array>;
}

/** The event loop keeps one processor. */
const mostWorkers = Math.max(1, Math.min(4, availableParallelism() - 1));

/** Evaluations in worker threads, started with the first one and ended on dispose. */
export function createEvaluator(size = mostWorkers): Evaluator {
  const workers: EvaluationWorker[] = [];
  let turn = 0;
  const pick = (): EvaluationWorker => {
    const index = turn++ % size;
    const worker = workers[index];
    if (worker && !worker.ended()) return worker;
    const fresh = startWorker();
    workers[index] = fresh;
    return fresh;
  };
  return {
    evaluate: (key, blinded) => pick().evaluate(key, blinded),
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

type EvaluationWorker = ReturnType<typeof startWorker>;

function startWorker() {
  const worker = new Worker(new URL('./evaluate-worker.ts', import.meta.url));
  // A process that has nothing else to do ends: the thread holds no state.
  worker.unref();
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array>>();
  let nextId = 0;
  let over = false;

  function end(error: unknown): void {
    over = true;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  worker.on('message', ({ id, evaluated }: EvaluationResult) => {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (evaluated) waiter?.resolve(evaluated);
    else waiter?.reject(new Error('The element is not on the curve.'));
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('The evaluation worker has ended.')));

  return {
    ended: () => over,
    evaluate(key: Uint8Array, blinded: Uint8Array): Promise<Uint8Array> {
      const id = nextId++;
      const waiter = Promise.withResolvers<Uint8Array>();
      waiting.set(id, waiter);
      worker.ref();
      const job: EvaluationJob = { id, key, blinded };
      worker.postMessage(job);
      return waiter.promise;
    },
    close: () => worker.terminate(),
  };
}
