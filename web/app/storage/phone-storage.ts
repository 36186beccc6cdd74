import { type DBSchema, openDB } from 'idb';
import { createDeviceKey, type DeviceKey, type StoredCredential } from '#ecps-phone';

/** A credential of this phone. */
export interface KeptCredential {
  credential: StoredCredential;
  /** `prepared`: its box is kept, the server may not have made it active; `leaving`: it is being deactivated here. */
  status: 'prepared' | 'active' | 'leaving';
}

interface Schema extends DBSchema {
  device: { key: string; value: DeviceKey };
  credential: { key: string; value: KeptCredential };
  note: { key: string; value: string };
}

const deviceKey = 'device';
/**
 * `rpps`: the number that a repair gave along. `world`: the life of the sandbox that filled this store.
 * `asked …`: an enrolment that this phone asked for, so that a mail's link to it is known to be ours.
 */
export type Note = 'rpps' | 'world' | `asked ${string}`;

export type PhoneStorage = Awaited<ReturnType<typeof openPhoneStorage>>;

/** What one phone holds in this browser: its key, its credentials, nothing that the server tells better. */
export async function openPhoneStorage(name: string) {
  const database = await openDB<Schema>(`e-cps ${name}`, 1, {
    upgrade(upgraded) {
      for (const store of ['device', 'credential', 'note'] as const) upgraded.createObjectStore(store);
    },
  });

  /** Keeps the first of two keys that tabs make at the same time. */
  async function keepDevice(made: DeviceKey): Promise<DeviceKey> {
    const { store, done } = database.transaction('device', 'readwrite');
    const kept = await store.get(deviceKey);
    if (!kept) await store.put(made, deviceKey);
    await done;
    return kept ?? made;
  }

  return {
    name,
    findDevice: () => database.get('device', deviceKey),
    /** Makes K_dev where there is none; it is stored before it is used. */
    getDevice: async () => (await database.get('device', deviceKey)) ?? keepDevice(await createDeviceKey()),
    keepDevice,
    listCredentials: () => database.getAll('credential'),
    keepCredential: (credential: StoredCredential, status: KeptCredential['status']) =>
      database.put('credential', { credential, status }, credential.id),
    removeCredential: (id: string) => database.delete('credential', id),
    findNote: (note: Note) => database.get('note', note),
    keepNote: (note: Note, value: string) => database.put('note', value, note),
    removeNote: (note: Note) => database.delete('note', note),
    async clear() {
      const emptied = database.transaction(['device', 'credential', 'note'], 'readwrite');
      await Promise.all(
        (['device', 'credential', 'note'] as const).map((s) => emptied.objectStore(s).clear()),
      );
      await emptied.done;
    },
    async isEmpty() {
      return !(await database.get('device', deviceKey)) && (await database.count('credential')) === 0;
    },
  };
}
