import { importDeviceKey } from '#ecps-phone';
import type { HandedCredential } from '../../../src/authenticator/face.ts';
import {
  type SandboxHandOverRequest,
  sandboxFragment,
  sandboxPhonePath,
} from '../../../src/authenticator/wire.ts';
import { openPhoneStorage, type PhoneStorage } from './phone-storage.ts';

const chosenStore = 'e-cps store';
const defaultStore = 'default';

/**
 * Opens the store that this browser uses: always the same one, but in a sandbox, whose home chooses a person's by
 * the fragment and may put a credential into an empty one.
 */
export async function openChosenStorage(fragment: URLSearchParams): Promise<PhoneStorage> {
  const chosen = fragment.get(sandboxFragment.store);
  if (chosen) localStorage.setItem(chosenStore, chosen);
  const storage = await openPhoneStorage(localStorage.getItem(chosenStore) ?? defaultStore);
  const world = fragment.get(sandboxFragment.world);
  if (world) await emptyAfterReset(storage, world);
  const token = fragment.get(sandboxFragment.token);
  if (token && (await storage.isEmpty())) await takeOver(storage, token);
  return storage;
}

async function emptyAfterReset(storage: PhoneStorage, world: string): Promise<void> {
  const filled = await storage.findNote('world');
  if (filled === world) return;
  if (filled) await storage.clear();
  await storage.keepNote('world', world);
}

/** A token that is used or too old leaves the store as it is. */
async function takeOver(storage: PhoneStorage, token: string): Promise<void> {
  const request: SandboxHandOverRequest = { token };
  const answer = await fetch(sandboxPhonePath, {
    method: 'POST',
    body: JSON.stringify(request),
    headers: { 'content-type': 'application/json' },
  });
  if (!answer.ok) return;
  const { device, credential } = (await answer.json()) as HandedCredential;
  await storage.keepDevice(await importDeviceKey(device));
  await storage.keepCredential(credential, 'active');
}
