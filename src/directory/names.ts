/** Letters that Unicode does not decompose. */
const ligatures: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' };

/** Lower case without accents: how texts are searched. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  if (/^[\x20-\x7e]*$/.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[œæßøłđ]/g, (letter) => ligatures[letter] ?? letter);
}

/** The letters of a name alone: hyphens, apostrophes and spaces are written in every way. */
const lettersOf = (name: string): string => foldText(name).replace(/[^a-z0-9]/g, '');

/** "de", "d'", "du", "des" before a family name come and go between registers. */
const withoutParticle = (name: string): string => foldText(name.trim()).replace(/^(de|du|des|d)[\s'’]+/, '');

/** Whether two family names are the same name, however spelled. */
export function sameFamilyName(one: string, other: string): boolean {
  const [first, second] = [lettersOf(one), lettersOf(other)];
  if (first === '' || second === '') return false;
  return first === second || lettersOf(withoutParticle(one)) === lettersOf(withoutParticle(other));
}

/**
 * Whether one given name is common to both texts. A text may hold several names; compound ones ("Marie-Claude") are
 * one name, also where a register wrote them with a space or without hyphen.
 */
export function shareGivenName(one: string, other: string): boolean {
  const names = givenNames(one);
  return [...givenNames(other)].some((name) => names.has(name));
}

function givenNames(text: string): Set<string> {
  const parts = text
    .split(/[\s,;']+/)
    .map(lettersOf)
    .filter((part) => part !== '');
  const runs = parts.flatMap((_, start) =>
    parts.slice(start).map((_, length) => parts.slice(start, start + length + 1).join('')),
  );
  return new Set(runs);
}
