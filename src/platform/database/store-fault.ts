/**
 * What is wrong with where data is kept, as far as somebody can do something about it: a disk that is full or
 * fails, no right to write, a damaged or foreign file, a server that does not answer or does not let us in, another
 * process in the way.
 */
export type StoreFault = 'disk' | 'read_only' | 'damaged' | 'unreachable' | 'refused' | 'busy';

/** Primary result codes of SQLite (sqlite.org/rescode.html); extended ones keep them in the low byte. */
const sqliteFaults: Readonly<Record<number, StoreFault>> = {
  3: 'read_only',
  5: 'busy',
  6: 'busy',
  8: 'read_only',
  10: 'disk',
  11: 'damaged',
  13: 'disk',
  14: 'read_only',
  26: 'damaged',
};

/** `errno` of files and sockets, and SQLSTATE classes or codes (postgresql.org/docs/current/errcodes-appendix.html). */
const codeFaults: readonly (readonly [RegExp, StoreFault])[] = [
  [/^(ENOSPC|EDQUOT|EFBIG|EIO|53100)$/, 'disk'],
  [/^(EROFS|EACCES|EPERM|ENOTDIR|EEXIST|25006)$/, 'read_only'],
  [/^(XX001|XX002|58P01)$/, 'damaged'],
  [/^(28...|3D000|42501)$/, 'refused'],
  [/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/, 'unreachable'],
  [/^(08...|53[23]..|57P0[1-5])$/, 'unreachable'],
];

/** How `pg` says that a connection broke or never came about, without a code. */
const brokenConnection = /^(Connection terminated|timeout expired|Client has encountered a connection error)/;

/** `undefined` for an error that is not the store's. */
export function findStoreFault(error: unknown): StoreFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode, errors, syscall } = error as Error & Partial<Record<string, unknown>>;
  if (syscall === 'listen') return undefined;
  if (typeof errcode === 'number') return sqliteFaults[errcode & 0xff];
  if (Array.isArray(errors)) return findStoreFault(errors[0]);
  const known = typeof code === 'string' && codeFaults.find(([pattern]) => pattern.test(code));
  if (known) return known[1];
  return brokenConnection.test(error.message) ? 'unreachable' : undefined;
}
