import { generateKeyPairSync, hash, randomBytes, sign, verify } from 'node:crypto';

type Claims = Record<string, unknown>;

/** The claims of real tokens. */
export interface TokenSample {
  accessToken: Claims;
  idToken: Claims;
}

interface Issued {
  nonce: string | undefined;
  session: string;
}

/** Signs what is asked in the shape of the sample: RS256, 2048 bits. */
export interface BareTokens {
  signAccessToken(token: Issued & { jti: string }): string;
  /** With `at_hash`. */
  signIdToken(token: Issued, accessToken: string): string;
  /** The claims, where the signature is ours and the token has not expired. */
  verify(token: string): Claims | undefined;
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function createBareTokens(sample: TokenSample): BareTokens {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const header = encode({ alg: 'RS256', typ: 'JWT', kid: 'bare' });
  const signClaims = (claims: Claims, { nonce, session }: Issued) => {
    const iat = Math.floor(Date.now() / 1000);
    const own = { iat, exp: iat + 120, auth_time: iat, nonce, sid: session, session_state: session };
    const content = `${header}.${encode({ ...claims, ...own })}`;
    return `${content}.${sign('RSA-SHA256', Buffer.from(content), privateKey).toString('base64url')}`;
  };
  return {
    signAccessToken: ({ jti, ...issued }) => signClaims({ ...sample.accessToken, jti }, issued),
    signIdToken: (issued, accessToken) => {
      const atHash = hash('sha256', accessToken, 'buffer').subarray(0, 16).toString('base64url');
      return signClaims({ ...sample.idToken, jti: newSecret(), at_hash: atHash }, issued);
    },
    verify(token) {
      const [head = '', body = '', signature = ''] = token.split('.');
      const content = Buffer.from(`${head}.${body}`);
      if (!verify('RSA-SHA256', content, publicKey, Buffer.from(signature, 'base64url'))) return undefined;
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
      return Number(claims.exp) > Date.now() / 1000 ? claims : undefined;
    },
  };
}

function encode(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
