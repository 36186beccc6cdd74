/** The basic characters of 3GPP TS 23.038 section 6.2.1, without those that take two places. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extension = '^{}\\[~]|€';

const alphabet = new Set(basic + extension);
const spellings: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  œ: 'oe',
  Œ: 'OE',
  '\u00a0': ' ',
  '\u202f': ' ',
};

/**
 * The text in the alphabet in which a message holds 160 characters; one character outside it, and a message holds 70.
 * What is not in it loses its accent, or becomes `?`.
 */
export function toGsmText(text: string): string {
  const quoted = text.normalize('NFC').replace(/«\s?|\s?»/g, '"');
  return [...quoted].map(toGsmCharacter).join('');
}

function toGsmCharacter(character: string): string {
  if (alphabet.has(character)) return character;
  const spelling = spellings[character] ?? character.normalize('NFD').replace(/\p{M}/gu, '');
  return [...spelling].every((letter) => alphabet.has(letter)) ? spelling : '?';
}
