import type { Context } from 'hono';
import type { Verification } from '#national-id';
import type { AppEnv } from '#platform/http/site.ts';
import { isFrozen } from './frozen-actions.ts';
import { renderExpired } from './pages.ts';
import { paths } from './paths.ts';
import { type ConsumeProof, ProofUsed, type SignInRequest } from './sign-in-host.ts';
import type { Answer, SignInParts } from './sign-in-parts.ts';
import { rememberMethod } from './this-browser.ts';

/**
 * Hands over who was verified; the browser goes on. `consume` uses up the proof in the unit that keeps the outcome,
 * so that a process that dies leaves both or neither; `undefined` where it had been used up.
 */
export async function complete(
  c: Context<AppEnv>,
  request: SignInRequest,
  { host, start, ecps }: SignInParts,
  verification: Verification,
  consume?: ConsumeProof,
): Promise<Answer | undefined> {
  const url = await host.complete(c, request, verification, consume).catch(unlessUsed);
  if (url === null) return undefined;
  if (url === undefined) return renderExpired(c, start);
  if (ecps) rememberMethod(c, verification.method);
  const next = (await isFrozen(ecps, verification)) ? paths.frozen(request.id) : url;
  return c.redirect(next, 303);
}

function unlessUsed(error: unknown): null {
  if (error instanceof ProofUsed) return null;
  throw error;
}
