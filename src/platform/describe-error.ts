import { AppError } from './errors.ts';

/** What the log keeps of an error. */
export interface ErrorDescription {
  name: string;
  code?: string;
  /** Of our own refusals alone: messages of libraries and of the runtime may repeat what they were given. */
  message?: string;
  /** Where it was thrown, innermost first. */
  at: string[];
  cause?: ErrorDescription;
}

const mostPlaces = 8;
const mostCauses = 3;
/** A place as V8 writes it: a function, a file and a position. */
const place = /^ {4}at (?:(?:async |new )?[\w$.<>#[\] ]+ \()?(?:file:\/\/|node:|\/)[^\s()]+:\d+:\d+\)?$/;

/** Kind, code and places, which hold no values. */
export function describeError(error: unknown, causes = mostCauses): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const { name, code, cause } = error as { name: string; code?: unknown; cause?: unknown };
  return {
    name: isWord(name) ? name : 'Error',
    ...(isWord(code) ? { code } : {}),
    ...(error instanceof AppError ? { message: error.message } : {}),
    at: placesOf(error),
    ...(cause instanceof Error && causes > 0 ? { cause: describeError(cause, causes - 1) } : {}),
  };
}

/** An identifier, such as `ERR_SQLITE_ERROR` or `23505`, and no text. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.]{1,40}$/.test(value);
}

function placesOf({ stack = '', message }: Error): string[] {
  const lines = stack.replace(message, '').split('\n');
  return lines
    .filter((line) => place.test(line))
    .map((line) => line.slice(7))
    .slice(0, mostPlaces);
}
