import { collectGarbage } from '#platform/collect-garbage.ts';

/** A collection takes some 80 ms: twenty of them for a national extract, two or three for what a day changes of it. */
const tidyEvery = { loading: 100_000, comparing: 10_000 };

/**
 * Hears how many records are done, and takes away what they left: V8 would let it grow by what is free on the
 * machine, a hundred mebibytes and more. A record that is compared with what was there leaves more than one that is loaded.
 */
export function createTidying(work: keyof typeof tidyEvery): (records: number) => void {
  let since = 0;
  return (records) => {
    since += records;
    if (since < tidyEvery[work]) return;
    since = 0;
    collectGarbage();
  };
}
