import { toBase64Url, utf8 } from './base64url.ts';

/** `typ` of each signature of the protocol: one can never stand for another (RFC 8725 section 3.11). */
export type JwsType = 'ecps-proof+jwt' | 'ecps-enrolment+jwt' | 'ecps-approval+jwt';

/** A JWS in compact form, ES256 (RFC 7515 section 7.1, RFC 7518 section 3.4). */
export async function signJws(
  key: CryptoKey,
  header: { typ: JwsType; kid: string },
  payload: object,
): Promise<string> {
  const signed = [{ alg: 'ES256', ...header }, payload]
    .map((part) => toBase64Url(utf8(JSON.stringify(part))))
    .join('.');
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, utf8(signed));
  return `${signed}.${toBase64Url(new Uint8Array(signature))}`;
}
