import { createHmac } from 'node:crypto';
import type { Secrets } from '#config';

/** The key by which our own portal reads our own directory: made from a secret that both parts have. */
export function portalKey({ hmacKey }: Pick<Secrets, 'hmacKey'>): string {
  return createHmac('sha256', Buffer.from(hmacKey, 'base64url'))
    .update('directory portal key')
    .digest('base64url');
}
