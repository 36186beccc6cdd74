/** Work shorter than this shows no progress. */
const intervalMs = 1000;

/** Writes a line a second at most. The text is made only when it is shown. */
export function createProgress(output: Pick<NodeJS.WriteStream, 'write'>): (text: () => string) => void {
  let last = performance.now();
  return (text) => {
    if (performance.now() - last < intervalMs) return;
    last = performance.now();
    output.write(`${text()}\n`);
  };
}
