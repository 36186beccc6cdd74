import { AsyncLocalStorage } from 'node:async_hooks';
import { type DestinationStream, pino } from 'pino';
import { describeError } from './describe-error.ts';

/** `err` may be whatever was thrown: it is described without its message. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  error(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
}

const surroundings = new AsyncLocalStorage<LogFields>();

/** Every line that `work` writes, however deep, begins with these fields. */
export function withLogFields<Result>(fields: LogFields, work: () => Result): Result {
  return surroundings.run(fields, work);
}

/**
 * The log: one JSON object a line on standard output. What is logged is what a caller names field by field: numbers,
 * truth values and short texts. An object is never logged, so that nothing it happens to hold can be; of an error its
 * kind, its code and its places are. No caller names a claim, a code, a secret, an address or a telephone number.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const lines = destination ? pino(options, destination) : pino(options);
  const write = (at: keyof Logger) => (fields: LogFields, message: string) => {
    if (lines.isLevelEnabled(at)) lines[at](plain({ ...surroundings.getStore(), ...fields }), message);
  };
  return { error: write('error'), warn: write('warn'), info: write('info') };
}

function plain({ err, ...fields }: LogFields): Record<string, unknown> {
  const kept = Object.entries(fields).filter(([, value]) => isPlain(value));
  return { ...Object.fromEntries(kept), ...(err === undefined ? {} : { err: describeError(err) }) };
}

const plainTypes = new Set(['string', 'number', 'boolean']);
const isPlain = (value: unknown): boolean => value === null || plainTypes.has(typeof value);
