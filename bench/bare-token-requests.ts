import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Bare, client, lifetimes } from './bare-client.ts';
import { isSame, readBody, refuse, sendJson, sha256 } from './bare-http.ts';
import type { Run } from './bare-store.ts';
import { newSecret } from './bare-tokens.ts';

type Form = Record<string, string>;

interface Redeemed {
  session: string;
  scope: string;
  nonce: string | undefined;
}

/** The token endpoint: a code with its verifier, a refresh token that is replaced, or the client for itself. */
export async function issueTokens(bare: Bare, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const form = await readClientForm(req);
  if (!form) return refuse(res, 401);
  if (form.grant_type === 'client_credentials') return issueOwnToken(bare, res);
  const redeem = form.grant_type === 'refresh_token' ? redeemRefreshToken : redeemCode;
  const [jti, refreshToken] = [newSecret(), newSecret()];
  const redeemed = await bare.store.write(async (run) => {
    const now = Date.now();
    const found = await redeem(run, form, now);
    if (!found) return undefined;
    await insertToken(run, jti, found, now + lifetimes.accessToken);
    await insertToken(run, refreshToken, found, now + lifetimes.refreshToken);
    return found;
  });
  if (!redeemed) return refuse(res, 400);
  const accessToken = bare.tokens.signAccessToken({ ...redeemed, jti });
  sendJson(res, {
    access_token: accessToken,
    expires_in: lifetimes.accessToken / 1000,
    id_token: bare.tokens.signIdToken(redeemed, accessToken),
    refresh_token: refreshToken,
    scope: redeemed.scope,
    token_type: 'Bearer',
  });
}

/** RFC 7662, for a living access token. */
export async function introspect(bare: Bare, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const form = await readClientForm(req);
  if (!form) return refuse(res, 401);
  const claims = bare.tokens.verify(form.token ?? '');
  const found =
    claims &&
    (await bare.store.read(
      'select scope from token where id_hash = ?1 and expires_at > ?2',
      sha256(String(claims.jti)),
      Date.now(),
    ));
  sendJson(res, found ? { ...claims, client_id: client.clientId, active: true } : { active: false });
}

async function readClientForm(req: IncomingMessage): Promise<Form | undefined> {
  const form = Object.fromEntries(new URLSearchParams(await readBody(req)));
  const isClient = form.client_id === client.clientId && isSame(form.client_secret, client.clientSecret);
  return isClient ? form : undefined;
}

async function issueOwnToken({ store, tokens }: Bare, res: ServerResponse): Promise<void> {
  const jti = newSecret();
  const own = { session: '', scope: 'stocks', nonce: undefined };
  await store.write((run) => insertToken(run, jti, own, Date.now() + lifetimes.accessToken));
  sendJson(res, {
    access_token: tokens.signAccessToken({ ...own, jti }),
    expires_in: lifetimes.accessToken / 1000,
    scope: own.scope,
    token_type: 'Bearer',
  });
}

async function redeemCode(run: Run, form: Form, now: number): Promise<Redeemed | undefined> {
  const code = await run(
    `update code set consumed_at = ?1 where code_hash = ?2 and consumed_at is null and expires_at > ?3
     returning params, session`,
    now,
    sha256(form.code ?? ''),
    now,
  );
  const params = JSON.parse(String(code?.params ?? '{}')) as Form;
  const proven = isSame(sha256(form.code_verifier ?? ''), params.code_challenge ?? '');
  if (!code || !proven || params.redirect_uri !== form.redirect_uri) return undefined;
  const session = String(code.session);
  return (await isAlive(run, session, now))
    ? { session, scope: params.scope ?? '', nonce: params.nonce }
    : undefined;
}

async function redeemRefreshToken(run: Run, form: Form, now: number): Promise<Redeemed | undefined> {
  const token = await run(
    'delete from token where id_hash = ?1 and expires_at > ?2 returning session, scope',
    sha256(form.refresh_token ?? ''),
    now,
  );
  if (!token) return undefined;
  const session = String(token.session);
  return (await isAlive(run, session, now))
    ? { session, scope: String(token.scope), nonce: undefined }
    : undefined;
}

async function isAlive(run: Run, session: string, now: number): Promise<boolean> {
  const found = await run(
    'select verification from session where uid = ?1 and expires_at > ?2',
    session,
    now,
  );
  return found !== undefined;
}

async function insertToken(
  run: Run,
  id: string,
  { session, scope }: Redeemed,
  expiresAt: number,
): Promise<void> {
  await run('insert into token values (?1, ?2, ?3, ?4)', sha256(id), session, scope, expiresAt);
}
