import type { IncomingMessage } from 'node:http';
import type { Client } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import { isSecretOf } from '../clients/client-metadata.ts';
import { activeAnswer } from '../introspection.ts';
import type { OidcPolicy } from '../policy.ts';
import type { FindAccessToken } from './find-access-token.ts';
import { isPlain, type Lane, sendJson } from './lane.ts';
import { peekForm } from './peek-form.ts';

export interface IntrospectionLaneDependencies {
  provider: Provider;
  policy: OidcPolicy;
  findAccessToken: FindAccessToken;
}

type Fields = ReadonlyMap<string, string>;

const names: ReadonlySet<string> = new Set(['token', 'token_type_hint', 'client_id', 'client_secret']);

/** A living access token, asked about by a client with a secret (RFC 7662 section 2.1). */
export function createIntrospectionLane(dependencies: IntrospectionLaneDependencies): Lane {
  const { provider, policy, findAccessToken } = dependencies;
  const findAnswer = async (req: IncomingMessage, fields: Fields): Promise<object | undefined> => {
    const presented = readCredentials(req.headers.authorization, fields);
    const client = presented && (await provider.Client.find(presented.id));
    if (!client || !isAuthenticated(client, presented.secret)) return undefined;
    const token = await findAccessToken(fields.get('token') ?? '');
    return token && activeAnswer(token.claims, token.payload.clientId, policy);
  };
  return async (req, res) => {
    const form = req.url?.includes('?') || !isPlain(req) ? undefined : await peekForm(req, names);
    if (!form) return false;
    const answer = await findAnswer(req, form.fields).catch(() => undefined);
    if (answer) return sendJson(res, answer);
    form.putBack();
    return false;
  };
}

/** A client that asks for signed or encrypted answers is the library's. */
function isAuthenticated(client: Client, secret: string): boolean {
  const { clientAuthMethod, introspectionSignedResponseAlg, introspectionEncryptedResponseAlg } = client;
  return (
    (clientAuthMethod === 'client_secret_basic' || clientAuthMethod === 'client_secret_post') &&
    !client.clientSecretExpiresAt &&
    !introspectionSignedResponseAlg &&
    !introspectionEncryptedResponseAlg &&
    isSecretOf(client, secret)
  );
}

/** RFC 6749 section 2.3.1, one way or the other; in the header only what is the same encoded and not. */
function readCredentials(
  authorization: string | undefined,
  fields: Fields,
): { id: string; secret: string } | undefined {
  const [id, secret] = [fields.get('client_id'), fields.get('client_secret')];
  if (authorization === undefined) return id && secret ? { id, secret } : undefined;
  if (secret !== undefined) return undefined;
  const basic = /^Basic ([A-Za-z0-9+/]+={0,2})$/.exec(authorization)?.[1] ?? '';
  const pair = /^([\w.~-]+):([\w.~-]+)$/.exec(Buffer.from(basic, 'base64').toString());
  const [, basicId, basicSecret] = pair ?? [];
  if (!basicId || !basicSecret || (id !== undefined && id !== basicId)) return undefined;
  return { id: basicId, secret: basicSecret };
}
