/** Why a file as a whole cannot be imported: one sentence, which names columns and lines, never values. */
export class ExtractError extends Error {
  override name = 'ExtractError';
}

const systemReasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a directory',
};

/** An error of reading or recognising the file `name`, as one sentence; other errors as they are. */
export function describeFileError(error: unknown, name: string): unknown {
  if (error instanceof ExtractError) return new ExtractError(`${name}: ${error.message}`);
  const reason = systemReasons[(error as NodeJS.ErrnoException).code ?? ''];
  return reason ? new ExtractError(`${name}: ${reason}`) : error;
}
