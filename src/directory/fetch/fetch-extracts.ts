import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ExtractError } from '../extract/extract-error.ts';
import { lockFile } from '../lock-file.ts';
import { type FetchedExtract, type FetchOptions, fetchExtract } from './fetch-extract.ts';
import { parseExtractUrl } from './parse-extract-url.ts';

/** Fetches a file from each address into the folder `extracts` of the data directory. Throws `ExtractError`. */
export async function fetchExtracts(
  addresses: readonly string[],
  { dataDir, ...options }: Omit<FetchOptions, 'folder'> & { dataDir: string },
): Promise<FetchedExtract[]> {
  const urls = addresses.map(parseExtractUrl);
  const folder = join(dataDir, 'extracts');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  using _lock = lockFile(join(folder, 'fetch.lock'), 'extracts are being fetched: wait until that has ended');
  const fetched: FetchedExtract[] = [];
  for (const url of urls) {
    const one = await fetchExtract(url, { folder, ...options });
    if (fetched.some(({ file }) => file === one.file))
      throw new ExtractError('two addresses give files of one name: fetch them under one address each');
    fetched.push(one);
  }
  return fetched;
}
