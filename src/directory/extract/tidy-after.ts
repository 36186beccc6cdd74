import { collectGarbage } from '#platform/collect-garbage.ts';

const largeFileBytes = 64 * 1024 * 1024;

/** What a step leaves behind of a large file is as large as what it keeps, and the next one needs the room. */
export function tidyAfter({ bytes }: { bytes: number }): void {
  if (bytes > largeFileBytes) collectGarbage();
}
