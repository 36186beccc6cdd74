import { type Logger, pino } from 'pino';

export type { Logger };

/** The log is standard output, one JSON object a line. It never holds a claim, a code, a secret or a phone number. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
