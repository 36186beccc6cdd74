import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { exportJWK, type JWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import type { IssuerAccount } from './relying-party-site.ts';

/** An answer of the userinfo endpoint. */
export interface UserinfoAnswer {
  contentType: string;
  body: string;
}

export interface ForgingIssuer extends IssuerAccount {
  publicJwk: JWK;
  /** The ID token of the next sign-ins, out of the claims that it should have. */
  forgeIdToken(forge: (claims: JWTPayload) => Promise<string> | string): void;
  forgeUserinfo(forge: (claims: JWTPayload) => Promise<UserinfoAnswer> | UserinfoAnswer): void;
  /** Members of the discovery document, beside or in place of the right ones. */
  describe(members: Record<string, unknown>): void;
  /** By its own key, as it should be. */
  sign(claims: JWTPayload, header?: Partial<JWTHeaderParameters>, key?: KeyObject): Promise<string>;
}

export const victim = 'f:uuid:899700000013';

/** An issuer written by hand: it signs everybody in at once, and says whatever a test wants. */
export async function startForgingIssuer(t: TestContext): Promise<ForgingIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = new URL(`http://localhost:${(server.address() as AddressInfo).port}/realm`);
  const [clientId, clientSecret] = ['test-client', 'test-client-secret-of-32-characters'];
  const sign: ForgingIssuer['sign'] = (claims, header, key = privateKey) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'own', ...header }).sign(key);
  let described: Record<string, unknown> = {};
  let idToken: (claims: JWTPayload) => Promise<string> | string = (claims) => sign(claims);
  let userinfo: (claims: JWTPayload) => Promise<UserinfoAnswer> | UserinfoAnswer = (claims) => ({
    contentType: 'application/json',
    body: JSON.stringify(claims),
  });
  const nonces = new Map<string, string>();

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(req.url ?? '/', url);
    const json = (body: object) =>
      res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (pathname) {
      case '/realm/.well-known/openid-configuration':
        return void json({ ...discovery(url), ...described });
      case '/realm/jwks':
        return void json({ keys: [publicJwk] });
      case '/realm/auth':
        return void res.writeHead(303, { location: authorize(searchParams) }).end();
      case '/realm/token':
        return void json({
          access_token: 'at',
          token_type: 'Bearer',
          expires_in: 60,
          id_token: await idToken(claimsFor(await readForm(req))),
        });
      default: {
        const { contentType, body } = await userinfo({ sub: victim });
        res.writeHead(200, { 'content-type': contentType }).end(body);
      }
    }
  }

  function authorize(asked: URLSearchParams): string {
    const code = createHash('sha256').update(asked.toString()).digest('hex');
    nonces.set(code, asked.get('nonce') ?? '');
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({ code, state: asked.get('state') ?? '', iss: url.href }).toString();
    return back.href;
  }

  function claimsFor(form: URLSearchParams): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    const nonce = nonces.get(form.get('code') ?? '');
    return { iss: url.href, aud: clientId, sub: victim, iat: now, exp: now + 60, nonce };
  }

  return {
    ...{ url, clientId, clientSecret, publicJwk, sign },
    forgeIdToken: (forge) => {
      idToken = forge;
    },
    forgeUserinfo: (forge) => {
      userinfo = forge;
    },
    describe: (members) => {
      described = members;
    },
  };
}

function discovery({ href }: URL): object {
  return {
    issuer: href,
    authorization_endpoint: `${href}/auth`,
    token_endpoint: `${href}/token`,
    userinfo_endpoint: `${href}/userinfo`,
    jwks_uri: `${href}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    authorization_response_iss_parameter_supported: true,
  };
}

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
