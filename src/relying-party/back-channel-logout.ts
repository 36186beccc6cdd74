import type { Context } from 'hono';
import { z } from 'zod';
import type { AppEnv } from '#platform/http/site.ts';
import { failureCode } from './failure.ts';
import { type LogoutToken, verifyLogoutToken } from './logout-token.ts';
import type { Parts } from './parts.ts';
import { logoutTokenKeptMs } from './policy.ts';
import { hashSecret } from './secrets.ts';

const logoutRequest = z.object({ logout_token: z.string().min(1) });

/** OpenID Connect Back-Channel Logout 1.0 sections 2.5 to 2.8: the issuer ends sessions that it opened. */
export async function backChannelLogout(c: Context<AppEnv>, parts: Parts): Promise<Response> {
  const { success, data } = logoutRequest.safeParse(await c.req.parseBody());
  if (!success) return refuse(c, 'logout_token');
  try {
    const token = await verifyLogoutToken(data.logout_token, parts);
    if (!token) return refuse(c, 'logout_token');
    return (await endSessions(parts, token)) ? c.body(null, 200) : refuse(c, 'jti');
  } catch (error) {
    parts.logger.warn({ code: failureCode(error), site: c.var.site.name }, 'logout token not verified');
    return c.json({ error: 'temporarily_unavailable' }, 503);
  }
}

function refuse(c: Context<AppEnv>, field: string): Response {
  return c.json({ error: 'invalid_request', error_description: `${field} is not valid` }, 400);
}

/** False where this token has been used. */
function endSessions(
  { database, clock, sessions, events, party }: Parts,
  token: LogoutToken,
): Promise<boolean> {
  const now = clock.now();
  const idHash = hashSecret(`${party} ${token.jti}`);
  return database.write(async (unit) => {
    if (!(await sessions.recordLogoutToken(unit, idHash, now, now + logoutTokenKeptMs))) return false;
    const ended = await sessions.endAll(unit, token.ends);
    if (ended > 0) await events.endedByIssuer(unit, ended);
    return true;
  });
}
