import { hash } from 'node:crypto';
import type { Client } from 'oidc-provider';

/**
 * The subject that a client of `subject_type` `pairwise` is told: the same for all clients of one sector, and another for
 * every other (OpenID Connect Core 1.0 section 8.1). `key` is a secret: without it nobody can try numbers.
 */
export function pairwiseSubject(key: string, { sectorIdentifier }: Client, subject: string): string {
  return hash('sha256', `hygie pairwise\n${key}\n${sectorIdentifier ?? ''}\n${subject}`, 'base64url');
}
