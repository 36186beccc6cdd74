const small = new Set('a à au aux bis d de des du en et l la le les lès ou sous sur ter'.split(' '));

/**
 * A line of a postal address as people write it: the directory has most in capitals (`9 RUE DES FRERES LE ROY` →
 * `9 rue des Freres le Roy`). After a number comes the kind of street. A line that has small letters is left as it
 * is, a word with a digit too.
 */
export function calmLine(line: string): string {
  if (line !== line.toUpperCase()) return line;
  let named = !/^\d/.test(line);
  return line.replace(/[\p{L}\d]+/gu, (word) => {
    const lower = word.toLowerCase();
    if (/\d/.test(word)) return word;
    if (small.has(lower)) return lower;
    const written = named ? word.slice(0, 1) + lower.slice(1) : lower;
    named = true;
    return written;
  });
}
