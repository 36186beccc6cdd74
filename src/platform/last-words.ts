import { createLogger } from './logger.ts';

/**
 * A failure that nobody caught ends the process with a line of the log, in place of Node's own report, which prints
 * messages and whatever the error holds. What was not committed is not confirmed to anybody.
 */
export function logLastWords(logLevel: string): void {
  const logger = createLogger(logLevel);
  process.on('uncaughtException', (error) => {
    logger.error({ err: error }, 'the process ends');
    process.exit(1);
  });
}
