// The limit that a login is measured against: one `node:http` server that answers the same five requests with nothing
// around them. It checks what makes them safe (redirect address, one-time codes, PKCE, the client's secret), signs the
// same tokens, gives the same claims, and stores as durably. It is a bound, not a provider: no clients to choose from,
// pages, consent, events, security headers, locales or clock.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Bare, client, lifetimes } from './bare-client.ts';
import { cookieOf, redirect, refuse, sendJson, sha256 } from './bare-http.ts';
import { openBarePostgres, openBareSqlite } from './bare-store.ts';
import { introspect, issueTokens } from './bare-token-requests.ts';
import { createBareTokens, newSecret, type TokenSample } from './bare-tokens.ts';
import { answerBench } from './measured-process.ts';
import type { SignInTarget } from './sign-in-client.ts';

export interface BareTask {
  database: { file: string } | { url: string };
  /** Tokens and claims of a real sign-in, to be given out in the same size. */
  sample: TokenSample & { subject: string; userinfo: string };
}

type Endpoint = (bare: Bare, req: IncomingMessage, res: ServerResponse, url: URL) => Promise<unknown>;

const verification = JSON.stringify({
  nationalId: '899700014253',
  givenName: 'Julien',
  familyName: 'Marchand',
  profession: '60',
  verifiedAt: Date.now(),
});

answerBench<BareTask, SignInTarget>(async ({ database, sample }) => {
  const store = await ('file' in database ? openBareSqlite(database.file) : openBarePostgres(database.url));
  await store.write((run) => run('insert into claims values (?1, ?2)', sample.subject, sample.userinfo));
  const bare: Bare = { store, tokens: createBareTokens(sample), subject: sample.subject };
  const server = createServer((req, res) => void answer(bare, req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    ready: {
      ...client,
      authorizationUrl: `${base}/auth`,
      tokenUrl: `${base}/token`,
      userinfoUrl: `${base}/userinfo`,
      introspectionUrl: `${base}/introspect`,
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await store.close();
    },
  };
});

async function answer(bare: Bare, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = new URL(req.url ?? '/', 'http://localhost');
  const [, first = '', second = ''] = url.pathname.split('/');
  const endpoint = endpoints[`${req.method} /${first}${second && '/*'}`];
  try {
    await (endpoint ? endpoint(bare, req, res, url) : refuse(res, 404));
  } catch {
    refuse(res, 500);
  }
}

const endpoints: Record<string, Endpoint> = {
  'GET /auth': authorize,
  'GET /connexion/*': redeemCard,
  'GET /auth/*': resume,
  'POST /token': issueTokens,
  'POST /introspect': introspect,
  'GET /userinfo': giveClaims,
};

async function authorize({ store }: Bare, _req: IncomingMessage, res: ServerResponse, url: URL) {
  const params = Object.fromEntries(url.searchParams);
  const known = params.client_id === client.clientId && params.redirect_uri === client.redirectUri;
  const safe =
    params.response_type === 'code' && params.code_challenge_method === 'S256' && params.code_challenge;
  if (!known || !safe) return refuse(res, 400);
  const id = newSecret();
  await store.write((run) =>
    run(
      'insert into sign_in values (?1, ?2, null, ?3)',
      sha256(id),
      JSON.stringify(params),
      Date.now() + lifetimes.signIn,
    ),
  );
  redirect(res, `/connexion/${id}`, `sign_in=${id}; Path=/; HttpOnly; SameSite=Lax`);
}

/** As on the other side, the verification stands ready when its code is redeemed. */
async function redeemCard({ store }: Bare, req: IncomingMessage, res: ServerResponse, url: URL) {
  const id = url.pathname.split('/')[2] ?? '';
  if (cookieOf(req, 'sign_in') !== id) return refuse(res, 400);
  const code = sha256(url.searchParams.get('code') ?? '');
  const now = Date.now();
  const found = await store.write(async (run) => {
    await run(
      'insert into attempt values (?1, ?2, ?3, null, ?4)',
      code,
      sha256(id),
      verification,
      now + lifetimes.code,
    );
    const redeemed = await run(
      `update attempt set consumed_at = ?1 where code_hash = ?2 and sign_in_id = ?3 and consumed_at is null
       and expires_at > ?4 returning verification`,
      now,
      code,
      sha256(id),
      now,
    );
    return (
      redeemed &&
      run(
        'update sign_in set verification = ?1 where id = ?2 returning id',
        redeemed.verification ?? null,
        sha256(id),
      )
    );
  });
  if (!found) return refuse(res, 400);
  redirect(res, `/auth/${id}`);
}

async function resume({ store }: Bare, req: IncomingMessage, res: ServerResponse, url: URL) {
  const id = url.pathname.split('/')[2] ?? '';
  if (cookieOf(req, 'sign_in') !== id) return refuse(res, 400);
  const [session, uid, code] = [newSecret(), newSecret(), newSecret()];
  const now = Date.now();
  const params = await store.write(async (run) => {
    const done = await run(
      'delete from sign_in where id = ?1 and verification is not null and expires_at > ?2 returning params, verification',
      sha256(id),
      now,
    );
    if (!done) return undefined;
    const { params = '', verification = '' } = done;
    await run(
      'insert into session values (?1, ?2, ?3, ?4)',
      sha256(session),
      uid,
      verification,
      now + lifetimes.signIn,
    );
    await run(
      'insert into code values (?1, ?2, ?3, null, ?4)',
      sha256(code),
      uid,
      params,
      now + lifetimes.code,
    );
    return JSON.parse(String(params)) as Record<string, string>;
  });
  if (!params) return refuse(res, 400);
  const back = new URL(client.redirectUri);
  back.search = new URLSearchParams({ code, state: params.state ?? '', iss: 'http://localhost' }).toString();
  redirect(res, back.href, `session=${session}; Path=/; HttpOnly; SameSite=Lax`);
}

async function giveClaims({ store, tokens, subject }: Bare, req: IncomingMessage, res: ServerResponse) {
  const claims = tokens.verify(req.headers.authorization?.slice('Bearer '.length) ?? '');
  if (!claims) return refuse(res, 401);
  const now = Date.now();
  const token = await store.read(
    `select token.scope from token join session on session.uid = token.session
     where token.id_hash = ?1 and token.expires_at > ?2 and session.expires_at > ?3`,
    sha256(String(claims.jti)),
    now,
    now,
  );
  const found = token && (await store.read('select document from claims where subject = ?1', subject));
  if (!found) return refuse(res, 401);
  sendJson(res, String(found.document));
}
