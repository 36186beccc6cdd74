import { ExtractError } from './extract-error.ts';
import { type Extract, openExtract } from './open-extract.ts';

export interface OpenedExtracts extends AsyncDisposable {
  extracts: Extract[];
}

/** Opens several files, at most one of a kind. Throws `ExtractError`. */
export async function openExtracts(paths: readonly string[]): Promise<OpenedExtracts> {
  await using opened = new AsyncDisposableStack();
  const extracts: Extract[] = [];
  for (const path of paths) {
    const extract = await openExtract(path);
    opened.defer(() => extract.file.close());
    refuseTwoOfAKind(extract, extracts);
    extracts.push(extract);
  }
  const kept = opened.move();
  return { extracts, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

function refuseTwoOfAKind({ name, header: { kind } }: Extract, others: readonly Extract[]): void {
  const other = others.find((extract) => extract.header.kind === kind);
  if (other)
    throw new ExtractError(`${other.name} and ${name} are both ${kind}: import them one after the other`);
}
