const small = new Set('a à au aux d de des du en et l la le les lès ou sous sur'.split(' '));

/**
 * A line of a postal address as people write it: the directory has most in capitals (`9 RUE DES FRERES LE ROY` →
 * `9 rue des Freres le Roy`). A line that has small letters is left as it is, a word with a digit too.
 */
export function calmLine(line: string): string {
  if (line !== line.toUpperCase()) return line;
  let words = 0;
  return line.replace(/[\p{L}\d]+/gu, (word) => {
    if (/\d/.test(word)) return word;
    words += 1;
    const lower = word.toLowerCase();
    const numbered = words === 1 && /\d/.test(line);
    return numbered || small.has(lower) ? lower : word.slice(0, 1) + lower.slice(1);
  });
}
