import { type JWTPayload, errors as jose, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Issuer } from './issuer.ts';
import { logoutTokenLeewaySeconds, logoutTokenMaxAgeSeconds } from './policy.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';

const logoutClaims = z
  .object({
    jti: z.string().min(1),
    sid: z.string().min(1).optional(),
    sub: z.string().min(1).optional(),
    events: z.object({ [event]: z.object({}) }),
    nonce: z.never().optional(),
  })
  .refine(({ sid, sub }) => sid !== undefined || sub !== undefined);

export interface LogoutToken {
  jti: string;
  /** The provider's session, or every session of a subject. */
  ends: { sid: string } | { sub: string };
}

/**
 * Verifies a logout token: OpenID Connect Back-Channel Logout 1.0 section 2.6, but for the replay of its `jti`.
 * `undefined` where it is not one. An issuer whose keys cannot be read throws.
 */
export async function verifyLogoutToken(
  token: string,
  { issuer, audience }: { issuer: Issuer; audience: string },
): Promise<LogoutToken | undefined> {
  const payload = await verifySignature(token, issuer, audience);
  const { success, data } = logoutClaims.safeParse(payload);
  if (!success) return undefined;
  const { jti, sid, sub } = data;
  return { jti, ends: sid === undefined ? { sub: sub ?? '' } : { sid } };
}

async function verifySignature(
  token: string,
  issuer: Issuer,
  audience: string,
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, await issuer.keys(), {
      issuer: await issuer.identifier(),
      audience,
      requiredClaims: ['iat'],
      maxTokenAge: logoutTokenMaxAgeSeconds,
      clockTolerance: logoutTokenLeewaySeconds,
    });
    return payload;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** Whether the token is at fault: not where the issuer's keys could not be read. */
function isRefusal(error: unknown): boolean {
  const unread = error instanceof jose.JWKSTimeout || error instanceof jose.JWKSInvalid;
  return error instanceof jose.JOSEError && !unread && error.code !== jose.JOSEError.code;
}
