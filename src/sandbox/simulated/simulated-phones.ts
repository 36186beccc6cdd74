import type { HandedCredential } from '#authenticator';
import type { Database } from '#platform/database/database.ts';
import type { Persona, PersonaSlug } from '../personas.ts';
import type { AppPhones } from '../phone/app-phone.ts';
import { findEcps } from '../phone/ecps-state.ts';
import type { PersonaPhones } from '../phone/persona-phones.ts';
import type { PhoneAuthority } from '../ports.ts';
import { type EnrolDependencies, enrol } from './enrol.ts';
import { createPhoneStore, type Order } from './phone-store.ts';
import { watchPhone } from './phone-watch.ts';

/** Phones that answer by themselves, over the app's own API: at most one a persona, beside those of people. */
export interface SimulatedPhones extends AsyncDisposable {
  /** Her phone answers so from now on; it is enrolled first where she has no e-CPS. Throws as `enrol` does. */
  order(persona: Persona, order: Order): Promise<void>;
  /** Her phone answers no more. */
  silence(persona: Persona): Promise<void>;
  /** While it is held, her phone approves where no order says otherwise. Throws as `enrol` does. */
  lend(persona: Persona): Promise<Lease>;
  /** Takes up the orders that an earlier process left. */
  resume(): Promise<void>;
  /** Before their rows are deleted. */
  stop(): Promise<void>;
}

export interface Lease extends Disposable {
  /** The number of her e-CPS, without prefix. */
  identifier: string;
}

export interface SimulatedPhonesDependencies extends EnrolDependencies {
  database: Database;
  authenticator: PhoneAuthority;
  phones: Pick<PersonaPhones, 'take'>;
  appPhones: AppPhones;
}

interface Watch {
  stopping: AbortController;
  done: Promise<void>;
}

export function createSimulatedPhones(dependencies: SimulatedPhonesDependencies): SimulatedPhones {
  const { database, authenticator, phones, appPhones } = dependencies;
  const store = createPhoneStore(database);
  const watches = new Map<PersonaSlug, Watch>();
  const leases = new Map<PersonaSlug, number>();
  const open = oneAtATime(findOrEnrol);

  /** The phone that she has already, one for her e-CPS, or a new e-CPS. An expired e-CPS may have no phone left. */
  async function findOrEnrol(persona: Persona): Promise<HandedCredential | undefined> {
    const kept = await store.findPhone(persona);
    if (kept && (await appPhones.isKnown(kept))) return kept;
    const { status } = await findEcps(authenticator, persona);
    const phone = status === 'none' ? await enrol(dependencies, persona) : await phones.take(persona);
    if (phone) await store.keepPhone(persona, phone);
    return phone;
  }

  async function nextOrder(persona: Persona) {
    const order = await store.consumeAnswer(persona);
    if (order || !leases.get(persona.slug)) return order;
    return { behaviour: 'approve', delayMs: 0 } as const;
  }

  /** Begins anew, so that what the order before left open is seen again. */
  async function watch(persona: Persona, held: HandedCredential): Promise<void> {
    const phone = await appPhones.open(held.device);
    const stopping = new AbortController();
    watches.get(persona.slug)?.stopping.abort();
    const done = watchPhone({
      phone,
      held,
      nextOrder: () => nextOrder(persona),
      findNumber: (approvalId) => authenticator.sandbox.findNumber(approvalId),
      signal: stopping.signal,
    }).finally(() => {
      if (watches.get(persona.slug)?.stopping === stopping) watches.delete(persona.slug);
    });
    watches.set(persona.slug, { stopping, done });
  }

  async function unwatch({ slug }: Pick<Persona, 'slug'>): Promise<void> {
    const running = watches.get(slug);
    watches.delete(slug);
    running?.stopping.abort();
    await running?.done;
  }

  const stop = async () => void (await Promise.all([...watches.keys()].map((slug) => unwatch({ slug }))));

  return {
    stop,
    [Symbol.asyncDispose]: stop,
    async order(persona, order) {
      const held = await open(persona);
      await store.setOrder(persona, order);
      if (held) await watch(persona, held);
    },
    async silence(persona) {
      await store.setOrder(persona, null);
      if (!leases.get(persona.slug)) await unwatch(persona);
    },
    async lend(persona) {
      const held = await open(persona);
      const nationalId = held?.credential.nationalId ?? (await findEcps(authenticator, persona)).nationalId;
      if (held && !watches.has(persona.slug)) await watch(persona, held);
      count(leases, persona.slug, 1);
      return {
        identifier: nationalId?.value ?? '',
        [Symbol.dispose]: () => count(leases, persona.slug, -1),
      };
    },
    async resume() {
      for (const persona of await store.listOrdered()) {
        const held = await store.findPhone(persona);
        if (held) await watch(persona, held);
      }
    },
  };
}

function count(leases: Map<PersonaSlug, number>, slug: PersonaSlug, by: 1 | -1): void {
  leases.set(slug, (leases.get(slug) ?? 0) + by);
}

/** Callers for the same persona share one run: she is not enrolled twice. */
function oneAtATime<Result>(run: (persona: Persona) => Promise<Result>) {
  const running = new Map<PersonaSlug, Promise<Result>>();
  return (persona: Persona): Promise<Result> => {
    const current = running.get(persona.slug) ?? run(persona).finally(() => running.delete(persona.slug));
    running.set(persona.slug, current);
    return current;
  };
}
