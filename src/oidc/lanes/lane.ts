import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Answers requests that are plain and in order, in front of the library, which takes the same rows and rules a long way
 * round. False, with nothing answered and the body unread, for all others: whatever is refused is refused by the library.
 */
export type Lane = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

/** Headers by which a request asks for more than a lane knows. */
const special = ['dpop', 'origin', 'oauth-client-attestation', 'oauth-client-attestation-pop'];

export function isPlain({ headers }: IncomingMessage): boolean {
  return !special.some((name) => name in headers);
}

/** As the library answers its own; the contract test `oidc-lanes` compares the two. */
export function sendJson(res: ServerResponse, body: object): true {
  const text = JSON.stringify(body);
  res.writeHead(200, {
    vary: 'Origin',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'WWW-Authenticate',
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  res.end(text);
  return true;
}
