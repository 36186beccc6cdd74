import type { Method } from '#national-id';
import type { MethodClaims, OidcPolicy } from '../policy.ts';

/** What each means is made of (RFC 8176): a card with its code, or a key on the phone that the password opens. */
const amr: Record<Method, readonly string[]> = {
  card: ['sc', 'pin', 'mfa', 'hwk'],
  ecps: ['swk', 'pwd', 'mfa'],
};

/**
 * The profile `hardened` (RFC 9700): the claims of `policy`, with `acr` and `amr` always; PKCE of every client; a refresh
 * token that comes back revokes its family.
 */
export function harden(policy: OidcPolicy): OidcPolicy {
  const claimsOf = (method: Method): MethodClaims => ({
    ...policy.methodClaims[method],
    acr: policy.levels[method],
    amr: amr[method],
  });
  return {
    ...policy,
    methodClaims: { card: claimsOf('card'), ecps: claimsOf('ecps') },
    refreshReuseRevokes: true,
    requirePkce: true,
  };
}
