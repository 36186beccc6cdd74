import { openSqlite } from '#platform/database/sqlite.ts';
import { findStoreFault } from '#platform/database/store-fault.ts';
import { ExtractError } from './extract/extract-error.ts';

/**
 * Held until it is disposed of, or its process dies: a transaction on a file of its own. Throws `ExtractError` with
 * `refusal` where somebody else holds it.
 */
export function lockFile(file: string, refusal: string): Disposable {
  const lock = openSqlite(file);
  try {
    lock.exec('begin exclusive');
    return { [Symbol.dispose]: () => lock.close() };
  } catch (error) {
    lock.close();
    throw findStoreFault(error) === 'busy' ? new ExtractError(refusal) : error;
  }
}
