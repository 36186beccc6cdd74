import { newId } from '#platform/ids.ts';
import { evaluateElement } from '../evaluation/evaluate-element.ts';
import type { HandedCredential, SandboxCredential } from '../face.ts';
import { createOprfKey } from '../key-box.ts';
import type { Parts } from '../parts.ts';
import { createAuthKey, sealBox } from '../phone/box.ts';
import { exportPublicKey, thumbprintOf } from '../phone/device-key.ts';
import { blindPassword, finalizePassword } from '../phone/password-oprf.ts';
import { credentialLifetimeMs } from '../policy.ts';
import { numberView } from '../stores/national-id-text.ts';

/**
 * An e-CPS without a phone, for a sandbox's personas: what app and server do in an enrolment, done here at once. The
 * keys are handed to the app that imports them, and are kept nowhere.
 */
export async function createSandboxCredential(
  parts: Parts,
  { nationalId, givenName, familyName, profession, password, expiresAt, device }: SandboxCredential,
): Promise<HandedCredential> {
  const deviceKey = await createHandedKey();
  const authKey = await createAuthKey();
  const { key, fingerprint } = createOprfKey();
  const deviceThumbprint = await thumbprintOf(deviceKey.publicKey);
  const bound = { id: newId('crd'), deviceThumbprint, authSpki: authKey.spki };
  const blinded = blindPassword(password);
  const evaluated = evaluateElement(key, Buffer.from(blinded.blinded, 'base64url'));
  const rwd = finalizePassword(blinded, Buffer.from(evaluated).toString('base64url'));
  const sealed = await sealBox(authKey.privateKey, rwd, bound);
  const now = parts.clock.now();
  await parts.database.write(async (unit) => {
    await parts.devices.put(unit, { thumbprint: deviceThumbprint, publicKey: deviceKey.publicKey, at: now });
    await parts.credentials.create(unit, {
      id: bound.id,
      nationalId,
      deviceThumbprint,
      device,
      locale: 'fr',
      holder: { givenName, familyName, profession },
      authKey: authKey.publicKey,
      fingerprint,
      keyBox: parts.keyBoxes.seal(key, { credentialId: bound.id, fingerprint }),
      activatedAt: now,
      expiresAt: expiresAt ?? now + credentialLifetimeMs,
    });
    unit.afterCommit(() => parts.changes.announce(nationalId));
  });
  const names = { nationalId: numberView(nationalId), givenName, familyName };
  const credential = { ...bound, ...names, ...sealed, fingerprint, authPublicKey: authKey.publicKey };
  return { device: deviceKey, credential };
}

async function createHandedKey(): Promise<HandedCredential['device']> {
  const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const privateKey = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { publicKey: await exportPublicKey(pair.publicKey), privateKey };
}
