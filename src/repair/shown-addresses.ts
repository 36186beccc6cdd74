import { requestAddress } from './mail-page.ts';
import type { RepairParts } from './repair-parts.ts';
import type { Ticket } from './ticket.ts';

/** An address of the app that a page of a repair shows now: see `findAddress`. */
export interface ShownAddress {
  id: string;
  givenName: string;
  familyName: string;
  way: 'card' | 'mail';
  /** Instant, milliseconds. */
  at: number;
}

/** For a sandbox, which has no camera before its screens. */
export function createShownAddresses(parts: RepairParts) {
  const { store, clock } = parts;
  return {
    async listAddresses(): Promise<ShownAddress[]> {
      const shown = await Promise.all((await store.list(clock.now())).map((one) => describe(parts, one)));
      return shown.filter((one) => one !== undefined);
    },

    async findAddress(id: string): Promise<string | undefined> {
      const ticket = await store.find(id, clock.now());
      return ticket && findHref(parts, ticket);
    },
  };
}

async function describe(parts: RepairParts, ticket: Ticket): Promise<ShownAddress | undefined> {
  const { id, way, wayAt, openedAt, verification } = ticket;
  if (!way || !(await findHref(parts, ticket))) return undefined;
  const { givenName, familyName } = verification;
  return { id, givenName, familyName, way, at: wayAt ?? openedAt };
}

async function findHref({ ecps, addresses }: RepairParts, ticket: Ticket): Promise<string | undefined> {
  const { way, rpps, enrolmentId } = ticket;
  if (way === 'mail') return rpps === null ? undefined : requestAddress(addresses.app, rpps);
  return enrolmentId === null ? undefined : (await ecps?.renewCardLink(enrolmentId))?.url;
}
