import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { Clock } from '#platform/clock.ts';
import type { Unit } from '#platform/database/database.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { errors } from './errors.ts';
import { sameText } from './macs.ts';
import type { Nonces } from './nonces.ts';
import { proofRetentionMs } from './policy.ts';
import {
  isPublicKey,
  parseJson,
  parseJws,
  thumbprintOf,
  type UnverifiedJws,
  verifyJws,
} from './signature.ts';
import type { DeviceStore } from './stores/device-store.ts';
import { nonceHeader, nowHeader, type ProofPayload, type PublicKeyJwk, proofHeader } from './wire.ts';
import { proofPayload, publicKeyJwk } from './wire-schemas.ts';

/** A call that a phone has signed. */
export interface SignedCall {
  /** Thumbprint of its K_dev. */
  thumbprint: string;
  publicKey: PublicKeyJwk;
  /** JSON of the body; `undefined` where there is none. */
  body: unknown;
  /** First act of a unit that changes something: throws `proof.replayed` where this very call was made before. */
  record(unit: Unit): Promise<void>;
}

export interface ProofDependencies {
  clock: Clock;
  nonces: Nonces;
  devices: DeviceStore;
  /** The app as phones see it: its origin is in what they sign. */
  appUrl: URL;
}

export type VerifyProof = ReturnType<typeof createVerifyProof>;

/**
 * Verifies `E-CPS-Proof`: the phone's signature over method, address, body and a nonce of ours. The key is that of
 * the device; a phone's first calls bring it in their body, which the proof covers too.
 * Throws `proof.invalid`, `device.unknown` or `proof.nonce`.
 */
export function createVerifyProof({ clock, nonces, devices, appUrl }: ProofDependencies) {
  return async (c: Context<AppEnv>): Promise<SignedCall> => {
    const jws = parseJws(c.req.header(proofHeader) ?? '');
    if (!jws) throw errors('proof.invalid');
    const text = c.req.method === 'GET' ? '' : await c.req.text();
    const body = text === '' ? undefined : parseJson(text);
    const publicKey = await findKey(jws, body);
    if (!verifyJws(jws, 'ecps-proof+jwt', publicKey)) throw errors('proof.invalid');
    const payload = parsePayload(jws, { method: c.req.method, url: signedUrl(c, appUrl), text });
    if (!nonces.isFresh(payload.nonce, jws.kid)) throw errors('proof.nonce');
    return {
      thumbprint: jws.kid,
      publicKey,
      body,
      async record(unit) {
        const id = digest(`${jws.kid} ${payload.jti}`);
        if (!(await devices.recordProof(unit, id, clock.now() + proofRetentionMs)))
          throw errors('proof.replayed');
      },
    };
  };

  async function findKey(jws: UnverifiedJws, body: unknown): Promise<PublicKeyJwk> {
    const brought = broughtKey(body);
    const key = brought ?? (await devices.find(jws.kid));
    if (!key) throw errors('device.unknown');
    if (brought && (thumbprintOf(brought) !== jws.kid || !isPublicKey(brought)))
      throw errors('proof.invalid');
    return key;
  }
}

/** Puts a fresh nonce, and our time, on every answer to a call that names its key, refusals included. */
export function createNonceGiver(nonces: Nonces, clock: Clock) {
  return async (c: Context<AppEnv>, next: () => Promise<void>): Promise<void> => {
    await next();
    const jws = parseJws(c.req.header(proofHeader) ?? '');
    if (!jws) return;
    c.res.headers.set(nonceHeader, nonces.issue(jws.kid));
    c.res.headers.set(nowHeader, String(clock.now()));
  };
}

/** Only enrolments and activations have a `deviceKey`, and only theirs is looked at. */
function broughtKey(body: unknown): PublicKeyJwk | undefined {
  if (typeof body !== 'object' || body === null || !('deviceKey' in body)) return undefined;
  return publicKeyJwk.safeParse(body.deviceKey).data;
}

function parsePayload(
  jws: UnverifiedJws,
  request: { method: string; url: string; text: string },
): ProofPayload {
  const { data } = proofPayload.safeParse(parseJson(jws.payloadText));
  const covers =
    data?.htm === request.method && data.htu === request.url && sameText(data.bth, digest(request.text));
  if (!data || !covers) throw errors('proof.invalid');
  return data;
}

function signedUrl(c: Context<AppEnv>, appUrl: URL): string {
  const { pathname, search } = new URL(c.req.url);
  return new URL(pathname + search, appUrl).href;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
