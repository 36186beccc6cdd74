import { commonPasswords } from './common-passwords.ts';

/** Code points after NFKC. */
export const passwordLength = { min: 8, max: 64 } as const;

export type PasswordFault = 'too_short' | 'too_long' | 'common';

/**
 * Why a password may not be chosen. Its length and how common it is decide, nothing else: no rules of composition
 * (NIST SP 800-63B section 3.1.1.2). `context` holds words that an attacker would try first: number, names.
 */
export function passwordFault(password: string, context: readonly string[] = []): PasswordFault | undefined {
  const normalized = password.normalize('NFKC');
  const length = [...normalized].length;
  if (length < passwordLength.min) return 'too_short';
  if (length > passwordLength.max) return 'too_long';
  return isCommon(normalized, context) ? 'common' : undefined;
}

function isCommon(password: string, context: readonly string[]): boolean {
  const folded = fold(password);
  if (commonPasswords.has(folded) || isOneRun(folded)) return true;
  const bare = folded.replace(/[^a-z0-9]/g, '');
  const words = [...contextWords, ...context.map(fold)].filter((word) => word.length > 2);
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), bare);
  return rest.length < bare.length && rest.length <= 4;
}

/** Words of the place that, with a few digits, everybody tries. */
const contextWords = [
  'motdepasse',
  'password',
  'infirmiere',
  'infirmier',
  'medecin',
  'docteur',
  'pharmacien',
  'pharmacienne',
  'sagefemme',
  'sante',
  'hopital',
  'cabinet',
  'ecps',
  'hygie',
  'azerty',
  'qwerty',
  'bonjour',
  'soleil',
];

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** One letter repeated, or letters that follow each other: `aaaaaaaa`, `12345678`, `87654321`. */
function isOneRun(text: string): boolean {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  return steps.size === 1 && [...steps].every((step) => Math.abs(step) <= 1);
}
