import { createHash } from 'node:crypto';
import { randomLabel } from '#platform/ids.ts';
import { codeBytes } from './policy.ts';

/** A one-time code; only its hash is kept. */
export function newOneTimeCode(): { code: string; codeHash: string } {
  const code = randomLabel(codeBytes);
  return { code, codeHash: hashCode(code) };
}

/** A code of full entropy needs no key or salt. */
export const hashCode = (code: string): string => createHash('sha256').update(code).digest('hex');
