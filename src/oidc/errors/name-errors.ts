import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';

const cibaRefused = 'urn:openid:params:grant-type:ciba is not allowed for this client';

/** What the library calls `invalid_request` and RFC 6749 section 5.2 by another name. */
const names: Record<string, { error: string; status: number }> = {
  'no client authentication mechanism provided': { error: 'invalid_client', status: 401 },
  // CIBA Core 1.0 section 13.
  [cibaRefused]: { error: 'unauthorized_client', status: 400 },
  'requested grant type is not allowed for this client': { error: 'unauthorized_client', status: 400 },
};

/** Gives an answer of the library the error that the specification names. */
export function nameError(ctx: KoaContextWithOIDC): void {
  const body = ctx.body as Partial<ErrorOut> | undefined;
  const named = names[body?.error_description ?? ''];
  if (!named) return;
  ctx.status = named.status;
  ctx.body = { ...body, error: named.error };
}
