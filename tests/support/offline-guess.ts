import { p256_oprf } from '@noble/curves/nist.js';
import { type StoredCredential, WrongPassword } from '#ecps-phone';
import { fromBase64Url, toBase64Url } from '../../src/authenticator/phone/base64url.ts';
import { openBox } from '../../src/authenticator/phone/box.ts';
import { blindPassword, finalizePassword } from '../../src/authenticator/phone/password-oprf.ts';

/** `rwd` of a password, without the server, under a key that the thief takes for `k`. */
export function computeRwd(password: string, key: Uint8Array): Uint8Array<ArrayBuffer> {
  const blinded = blindPassword(password);
  const element = p256_oprf.oprf.blindEvaluate(key, fromBase64Url(blinded.blinded));
  return finalizePassword(blinded, toBase64Url(element));
}

/** K_auth, readable, where the password and the key are the right ones. */
export async function guessOffline(
  credential: StoredCredential,
  rwd: Uint8Array<ArrayBuffer>,
): Promise<CryptoKey | undefined> {
  try {
    return await openBox(credential, rwd, { extractable: true });
  } catch (error) {
    if (error instanceof WrongPassword) return undefined;
    throw error;
  }
}
