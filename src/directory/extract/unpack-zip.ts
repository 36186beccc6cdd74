import { basename } from 'node:path';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { ExtractError } from './extract-error.ts';
import { createBombGuard, writeUnpacked } from './unpack-stream.ts';
import { createUnpackedFile, type Member, type Packed, type UnpackOptions } from './unpacked-file.ts';

/** There are fewer kinds of file than this. */
const mostMembers = 20;

/** The files in a `.zip`, each unpacked and its check sum verified. */
export async function unpackZip(packed: Packed, options: UnpackOptions): Promise<Member[]> {
  try {
    const zip = await fromFdPromise(packed.file.fd, { autoClose: false });
    const entries = await listFiles(zip);
    const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
    const guard = createBombGuard(packed.bytes);
    guard(total);
    return await unpackAll(zip, entries, options, total);
  } catch (error) {
    throw isOfTheArchive(error) ? new ExtractError('it is damaged or cut off: it cannot be unpacked') : error;
  }
}

/** What the reader of archives throws has no code; what inflates them has one of its own. */
function isOfTheArchive(error: unknown): boolean {
  if (error instanceof ExtractError || !(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error.name === 'Error' : code.startsWith('Z_');
}

/** Without folders, and without what a Mac or an editor puts beside files. */
async function listFiles(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/') || entry.fileName.startsWith('__MACOSX/')) continue;
    if (basename(entry.fileName).startsWith('.')) continue;
    entries.push(entry);
    if (entries.length > mostMembers) throw new ExtractError(`it holds over ${mostMembers} files`);
  }
  if (entries.length === 0) throw new ExtractError('it holds no file');
  return entries;
}

async function unpackAll(
  zip: ZipFile,
  entries: readonly Entry[],
  { folder, report, onOpen }: UnpackOptions,
  total: number,
): Promise<Member[]> {
  const members: Member[] = [];
  let done = 0;
  for (const entry of entries) {
    refuseUnreadable(entry);
    const file = await createUnpackedFile(folder);
    onOpen(file);
    const chunks: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
    const sum = await writeUnpacked(chunks, file, (bytes) => {
      done += bytes;
      report(done / total);
    });
    if (sum !== entry.crc32)
      throw new ExtractError(`${nameOf(entry)} in it is damaged: its check sum is wrong`);
    members.push({ name: nameOf(entry), file, modifiedAt: entry.getLastModDate().getTime() });
  }
  return members;
}

function refuseUnreadable(entry: Entry): void {
  if (entry.isEncrypted())
    throw new ExtractError(`${nameOf(entry)} in it is encrypted: unpack it with its password first`);
  if (!entry.canDecodeFileData())
    throw new ExtractError(
      `${nameOf(entry)} in it is compressed by method ${entry.compressionMethod}, and only "deflate" can be unpacked`,
    );
}

const nameOf = ({ fileName }: Entry): string => basename(fileName);
