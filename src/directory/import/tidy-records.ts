import { collectGarbage } from '#platform/collect-garbage.ts';

/** A collection takes some 80 ms: twenty of them for a national extract. */
const tidyEvery = 100_000;

/**
 * Hears how many records are done, and takes away what they left: V8 would let it grow by what is free on the
 * machine, a hundred mebibytes and more.
 */
export function createTidying(): (records: number) => void {
  let since = 0;
  return (records) => {
    since += records;
    if (since < tidyEvery) return;
    since = 0;
    collectGarbage();
  };
}
