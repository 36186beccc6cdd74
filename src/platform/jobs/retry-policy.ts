import { FinalFailure, JobFailure } from './job-handler.ts';

const firstDelayMs = 5_000;
const longestDelayMs = 3_600_000;
const retryForMs = 5 * 24 * 3_600_000;

interface Tried {
  attempt: number;
  enqueuedAt: number;
}

/** When to try again, tripling from five seconds to an hour; `undefined`: never. */
export function nextTry(
  { attempt, enqueuedAt }: Tried,
  error: unknown,
  now: number,
  limitMs = retryForMs,
): number | undefined {
  if (error instanceof FinalFailure) return undefined;
  const at = now + Math.min(longestDelayMs, firstDelayMs * 3 ** (attempt - 1));
  return at > enqueuedAt + limitMs ? undefined : at;
}

/** What may be kept of an error: messages of libraries may hold addresses and values, names and codes do not. */
export function describeFailure(error: unknown): string {
  if (error instanceof JobFailure) return error.message;
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
