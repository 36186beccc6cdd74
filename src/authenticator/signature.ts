import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { JwsType } from './phone/jws.ts';
import type { PublicKeyJwk } from './wire.ts';

/** A compact JWS whose signature nobody has checked yet. */
export interface UnverifiedJws {
  typ: unknown;
  kid: string;
  payloadText: string;
  signed: string;
  signature: Buffer;
}

/** `undefined` for what is not a compact JWS by ES256 with a `kid` (RFC 7515 section 5.2). */
export function parseJws(text: string): UnverifiedJws | undefined {
  const [header = '', payload = '', signature = '', ...more] = text.split('.');
  const parsed = parseJson(decode(header));
  if (more.length > 0 || !isHeader(parsed) || parsed.alg !== 'ES256' || parsed.crit !== undefined)
    return undefined;
  return {
    typ: parsed.typ,
    kid: parsed.kid,
    payloadText: decode(payload),
    signed: `${header}.${payload}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** Checks type and signature; `ES256` is the only algorithm (RFC 8725 section 3.1). */
export function verifyJws(jws: UnverifiedJws, typ: JwsType, jwk: PublicKeyJwk): boolean {
  if (jws.typ !== typ || jws.signature.length !== 64) return false;
  const key = importKey(jwk);
  return verify('sha256', Buffer.from(jws.signed), { key, dsaEncoding: 'ieee-p1363' }, jws.signature);
}

/** Imported keys are kept: importing one costs as much as checking a signature, and a phone's calls come together. */
const mostKeys = 1000;
const imported = new Map<string, KeyObject>();

function importKey({ kty, crv, x, y }: PublicKeyJwk): KeyObject {
  const id = `${x} ${y}`;
  const key = imported.get(id) ?? createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  if (imported.size >= mostKeys) imported.clear();
  imported.set(id, key);
  return key;
}

/** Whether this is the public half of a key on P-256: a point of the curve. */
export function isPublicKey(jwk: PublicKeyJwk): boolean {
  try {
    importKey(jwk);
    return true;
  } catch {
    return false;
  }
}

/** RFC 7638 section 3. */
export const thumbprintOf = ({ crv, kty, x, y }: PublicKeyJwk): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');

const decode = (part: string): string => Buffer.from(part, 'base64url').toString();

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Header {
  alg: unknown;
  typ: unknown;
  crit?: unknown;
  kid: string;
}

const isHeader = (value: unknown): value is Header =>
  typeof value === 'object' && value !== null && 'kid' in value && typeof value.kid === 'string';
