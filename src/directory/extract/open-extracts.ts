import { describeFileError, ExtractError } from './extract-error.ts';
import { isLinkHeader } from './link-columns.ts';
import { type Extract, openExtract } from './open-extract.ts';
import { type InputFile, type OpenFilesOptions, openFiles } from './open-files.ts';
import { readHeaderLine } from './read-header-line.ts';

/** The files of one import, told apart by their headers: at most one of a kind. */
export interface OpenedExtracts extends AsyncDisposable {
  extracts: Extract[];
  /** The ADELI to RPPS correspondence. */
  links: InputFile | undefined;
}

/** Opens several files and what archives hold. Throws `ExtractError`. */
export async function openExtracts(
  paths: readonly string[],
  options?: Partial<OpenFilesOptions>,
): Promise<OpenedExtracts> {
  await using opened = new AsyncDisposableStack();
  const { files } = opened.use(await openFiles(paths, options));
  const sorted = await sortFiles(files);
  const kept = opened.move();
  return { ...sorted, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function sortFiles(files: readonly InputFile[]): Promise<Pick<OpenedExtracts, 'extracts' | 'links'>> {
  const extracts: Extract[] = [];
  let links: InputFile | undefined;
  for (const file of files) {
    if (await isLinkFile(file)) {
      refuseSecond(file, links, 'the ADELI to RPPS correspondence');
      links = file;
    } else extracts.push(await openOther(file, extracts));
  }
  return { extracts, links };
}

async function isLinkFile({ file, title }: InputFile): Promise<boolean> {
  try {
    return isLinkHeader((await readHeaderLine(file)).text);
  } catch (error) {
    throw describeFileError(error, title);
  }
}

async function openOther(file: InputFile, others: readonly Extract[]): Promise<Extract> {
  const extract = await openExtract(file);
  const { kind } = extract.header;
  const first = others.find((other) => other.header.kind === kind);
  refuseSecond(extract, first, kind);
  return extract;
}

function refuseSecond({ title }: InputFile, first: InputFile | undefined, kind: string): void {
  if (!first) return;
  throw new ExtractError(`${first.title} and ${title} are both ${kind}: import them one after the other`);
}
