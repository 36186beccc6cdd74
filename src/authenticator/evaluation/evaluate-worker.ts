import { parentPort } from 'node:worker_threads';
import { p256_oprf } from '@noble/curves/nist.js';
import type { EvaluationJob, EvaluationResult } from './evaluator.ts';

/** A thread that does nothing but OPRF evaluations (RFC 9497 section 3.3.1): a millisecond each, off the event loop. */
parentPort?.on('message', ({ id, key, blinded }: EvaluationJob) => {
  parentPort?.postMessage(evaluate(id, key, blinded));
});

function evaluate(id: number, key: Uint8Array, blinded: Uint8Array): EvaluationResult {
  try {
    return { id, evaluated: p256_oprf.oprf.blindEvaluate(key, blinded) };
  } catch {
    return { id };
  }
}
