import { RefusedError } from '#platform/command/define-command.ts';

/** Why a file as a whole cannot be imported: one sentence, which names columns and lines, never values. */
export class ExtractError extends RefusedError {
  override name = 'ExtractError';
}

const systemReasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a directory',
  EIO: 'the disk cannot read it',
  ENOSPC: 'there is no room left on the disk of the data to unpack it',
  EDQUOT: 'there is no room left for this user on the disk of the data to unpack it',
  EFBIG: 'it unpacks to a file larger than this process may write',
};

/** An error of reading, unpacking or recognising the file `title`, as one sentence; other errors as they are. */
export function describeFileError(error: unknown, title: string): unknown {
  if (error instanceof ExtractError) return new ExtractError(`${title}: ${error.message}`);
  const reason = systemReasons[(error as NodeJS.ErrnoException).code ?? ''];
  return reason ? new ExtractError(`${title}: ${reason}`) : error;
}
