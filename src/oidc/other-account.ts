import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Sessions } from './sessions.ts';

/**
 * Somebody else signed in while a session was open. The library would have the browser post its own logout form;
 * here the former session ends at once, and the sign-in resumes in a new one.
 */
export async function endOtherSession(ctx: KoaContextWithOIDC, sessions: Sessions): Promise<void> {
  const { session, route, result } = ctx.oidc;
  // The library leaves this state only there, before it has taken up the result.
  if (route !== 'resume' || result || !session?.state) return;
  await sessions.end(session.uid, 'other_account');
  ctx.status = 303;
  ctx.redirect(ctx.oidc.urlFor('resume', ctx.params));
}
