import type { Client } from 'oidc-provider';
import { InvalidRequest } from 'oidc-provider/lib/helpers/errors.js';
import { verify } from 'oidc-provider/lib/helpers/jwt.js';
import { z } from 'zod';

const text = z.string().min(1).max(200);

/** The software that acts for the person (pro-sante-connect.md 4.4), `act` of the API token (RFC 8693 section 4.1). */
const actorSchema = z.object({
  iss: text,
  sub: text,
  lps_nom: text,
  lps_id: text,
  lps_version: text,
  /** Which of the person's places it acts for; some have one only. */
  situation_exercice: text.optional(),
});

export type Actor = z.infer<typeof actorSchema>;

/** @throws InvalidRequest (RFC 8693 section 2.2.2) for what the client's own keys did not sign, or not for now. */
export async function verifyActorToken(token: string, client: Client): Promise<Actor> {
  const { payload } = await verify(token, keysOf(client), { issuer: client.clientId }).catch(() => {
    throw new InvalidRequest(
      'actor_token must be a living JWT that the client issued and signed by its own keys',
    );
  });
  if (typeof payload.exp !== 'number') throw new InvalidRequest('actor_token must have exp');
  const read = actorSchema.safeParse(payload);
  if (read.success) return read.data;
  throw new InvalidRequest(`actor_token must have ${read.error.issues[0]?.path.join('.')}`);
}

/** `jwks`, or what `jwks_uri` leads to, which the library reads and keeps. */
const keysOf = (client: Client): unknown => (client as { asymmetricKeyStore?: unknown }).asymmetricKeyStore;
