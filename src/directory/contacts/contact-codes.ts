import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { codeDigits } from './policy.ts';

export type CodeChannel = 'mail' | 'sms';
export type ContactCodes = ReturnType<typeof createContactCodes>;

/**
 * The codes that prove a new address and a new mobile. At rest each is an HMAC-SHA-256 over its change and channel,
 * under a key of the secrets (32 bytes, base64url): a copy of the database does not tell them.
 */
export function createContactCodes(hmacKey: string) {
  const key = Buffer.from(hmacKey, 'base64url');
  const mac = (...parts: readonly string[]) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['directory contact', ...parts]))
      .digest();
  return {
    create: (): string => String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0'),
    seal: (changeId: string, channel: CodeChannel, code: string): string =>
      mac('code', changeId, channel, code).toString('base64url'),
    /** In constant time. */
    matches(sealed: string, changeId: string, channel: CodeChannel, typed: string): boolean {
      const given = Buffer.from(sealed, 'base64url');
      return timingSafeEqual(given, mac('code', changeId, channel, typed.replace(/[\s.-]/g, '')));
    },
    /** Names a recipient in a count of messages without telling who that is. */
    recipientKey: (recipient: string): string => mac('recipient', recipient).toString('base64url'),
  };
}
