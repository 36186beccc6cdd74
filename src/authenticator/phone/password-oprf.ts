import { p256_oprf } from '@noble/curves/nist.js';
import { fromBase64Url, toBase64Url, utf8 } from './base64url.ts';

/** A password on its way to the server, which sees only `blinded`. */
export interface BlindedPassword {
  input: Uint8Array;
  blind: Uint8Array;
  /** Compressed point, base64url: the message of RFC 9497 section 3.3.1. */
  blinded: string;
}

/** NFKC: the same password typed on another keyboard is the same bytes. */
export function blindPassword(password: string): BlindedPassword {
  const input = utf8(password.normalize('NFKC'));
  const { blind, blinded } = p256_oprf.oprf.blind(input);
  return { input, blind, blinded: toBase64Url(blinded) };
}

/** `rwd`, the output of the OPRF: 32 bytes. Throws for an element that is not on the curve. */
export function finalizePassword(
  { input, blind }: BlindedPassword,
  evaluated: string,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(p256_oprf.oprf.finalize(input, blind, fromBase64Url(evaluated)));
}
