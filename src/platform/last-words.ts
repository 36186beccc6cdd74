import { createLogger } from './logger.ts';

/**
 * A failure that nobody caught ends the process with a line of the log, in place of Node's own report, which prints
 * messages and whatever the error holds. What was not committed is not confirmed to anybody.
 */
export function logLastWords(logLevel: string): Disposable {
  const logger = createLogger(logLevel);
  const end = (error: unknown) => {
    logger.error({ err: error }, 'the process ends');
    process.exit(1);
  };
  process.on('uncaughtException', end);
  return { [Symbol.dispose]: () => void process.off('uncaughtException', end) };
}
