import type { Adapter } from 'oidc-provider';
import type { Clock } from '#platform/clock.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { toStored } from './client-metadata.ts';
import type { ClientStore } from './client-store.ts';

export interface ClientAdapterDependencies {
  clients: ClientStore;
  work: Pick<UnitOfWork<unknown>, 'write'>;
  clock: Clock;
}

/** The library's view of registered clients: it looks them up, and creates them where one registers itself. */
export function createClientAdapter({ clients, work, clock }: ClientAdapterDependencies): Adapter {
  return {
    find: async (clientId) => clients.find(clientId),

    async upsert(clientId, payload) {
      const metadata = toStored({ ...payload, client_id: clientId });
      await work.write(async (unit) => {
        if (!(await clients.create(unit, metadata, clock.now()))) throw new Error('A client id came twice.');
      });
    },

    // Clients are changed and removed by their operator only.
    async destroy() {},
    async consume() {},
    async findByUid() {},
    async findByUserCode() {},
    async revokeByGrantId() {},
  };
}
