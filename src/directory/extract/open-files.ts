import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { parseExtractDate } from './extract-date.ts';
import { describeFileError, ExtractError } from './extract-error.ts';
import { unpackGzip } from './unpack-gzip.ts';
import { unpackZip } from './unpack-zip.ts';
import { type Member, type Packed, removeLeftovers, type UnpackOptions } from './unpacked-file.ts';

/** A file to read: one that was named, or a member of an archive, unpacked. */
export interface InputFile {
  /** Without folders; of a member, as in its archive. */
  name: string;
  /** What messages call it: its name, and the archive that it is in. */
  title: string;
  file: FileHandle;
  bytes: number;
  /** Instant in its name or its archive's, else its modification time. */
  extractedAt: number;
}

/** How far unpacking is, 0 to 1. */
export type UnpackProgress = (progress: { file: string; part: number }) => void;

export interface OpenFilesOptions {
  /** Where archives are unpacked: that of the system's temporary files unless told. */
  folder: string;
  onProgress: UnpackProgress;
}

export interface OpenedFiles extends AsyncDisposable {
  files: InputFile[];
}

/** Opens files, and the members of `.zip` and `.gz` archives, told by their first bytes. Throws `ExtractError`. */
export async function openFiles(
  paths: readonly string[],
  { folder = tmpdir(), onProgress = () => {} }: Partial<OpenFilesOptions> = {},
): Promise<OpenedFiles> {
  await using opened = new AsyncDisposableStack();
  await removeLeftovers(folder);
  const files: InputFile[] = [];
  const onOpen = (file: FileHandle) => opened.defer(() => file.close());
  for (const path of paths) files.push(...(await openPath(path, { folder, onProgress }, onOpen)));
  const kept = opened.move();
  return { files, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** The one file of `path`. Throws `ExtractError` for an archive of several. */
export async function openOneFile(
  path: string,
  options?: Partial<OpenFilesOptions>,
): Promise<InputFile & AsyncDisposable> {
  await using opened = new AsyncDisposableStack();
  const { files } = opened.use(await openFiles([path], options));
  const [file] = files;
  if (!file || files.length > 1)
    throw new ExtractError(`${basename(path)}: it holds several files, and one is read`);
  const kept = opened.move();
  return { ...file, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function openPath(
  path: string,
  { folder, onProgress }: OpenFilesOptions,
  onOpen: (file: FileHandle) => void,
): Promise<InputFile[]> {
  const name = basename(path);
  try {
    const file = await open(path);
    onOpen(file);
    const { mtimeMs, size } = await file.stat();
    const found = { name, file, bytes: size, modifiedAt: Math.floor(mtimeMs) };
    const unpack = unpackers[await readFormat(file)];
    if (!unpack) return [await describeMember(found)];
    const report = (part: number) => onProgress({ file: name, part });
    const members = await unpack(found, { folder, report, onOpen });
    return await Promise.all(members.map((member) => describeMember(member, name)));
  } catch (error) {
    throw describeFileError(error, name);
  }
}

async function describeMember({ name, file, modifiedAt }: Member, archive?: string): Promise<InputFile> {
  const dated = [name, archive ?? ''].map(parseExtractDate).find((instant) => instant !== undefined);
  const title =
    archive === undefined || archive.startsWith(name) ? (archive ?? name) : `${name} in ${archive}`;
  return { name, title, file, bytes: (await file.stat()).size, extractedAt: dated ?? modifiedAt };
}

type Format = 'gzip' | 'zip' | 'plain';

const unpackers: Record<Format, ((packed: Packed, options: UnpackOptions) => Promise<Member[]>) | undefined> =
  {
    gzip: unpackGzip,
    zip: unpackZip,
    plain: undefined,
  };

/** RFC 1952 section 2.3.1; PKWARE APPNOTE sections 4.3.7, 4.3.16 and 8.5.3 (empty, spanned). */
const signatures: [Format, string][] = [
  ['gzip', '\x1f\x8b'],
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['zip', 'PK\x07\x08'],
];

async function readFormat(file: FileHandle): Promise<Format> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  const begin = buffer.toString('latin1', 0, bytesRead);
  return signatures.find(([, signature]) => begin.startsWith(signature))?.[0] ?? 'plain';
}
