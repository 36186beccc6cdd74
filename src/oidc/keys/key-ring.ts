import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import { createSealing } from '#platform/sealing/sealing.ts';
import { createEvents } from '../events.ts';
import { createKey, type SigningAlgorithm, signingAlgorithms } from './create-key.ts';
import { createKeyStore, type SigningKey } from './key-store.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

interface Overlap {
  /** A new key is published this long before it signs. */
  aheadMs: number;
  /** An old one is published this long after that. */
  afterMs: number;
}

/** Longer than anybody keeps the key set; and until what was signed is of no use: sessions live four hours. */
const usual: Overlap = { aheadMs: hourMs, afterMs: dayMs };
/** A key was lost: other processes learn of the new one first. */
const urgent: Overlap = { aheadMs: 2 * 60_000, afterMs: 0 };

export interface KeyRingDependencies {
  database: Database;
  clock: Clock;
  events: EventReporter;
  /** 32 bytes or more, from the secrets: seals the keys at rest. */
  secret: Uint8Array;
  /** A key is replaced by itself after so long; absent: only by command. */
  lifetimeMs?: number;
}

/** A private key that is published, as JSON Web Key with `kid` and `alg`. */
export type RingKey = SigningKey['jwk'];

/** The keys that sign tokens, as this process knows them. */
export interface KeyRing {
  /** All that are published, private parts included; of each algorithm the one that signs comes first. */
  keys(): readonly RingKey[];
  /** The same with their instants, the oldest first. */
  list(): readonly SigningKey[];
  /** Reads what other processes have changed, replaces what is too old; true where `keys` differ from last time. */
  refresh(): Promise<boolean>;
  /** Begins a new key of each algorithm; `urgent`: the old ones leave as soon as the new ones sign. */
  rotate(options?: { urgent?: boolean }): Promise<void>;
}

/** Opens the ring; the first time it makes a key of each algorithm. Several processes may do so at once. */
export async function openKeyRing(dependencies: KeyRingDependencies): Promise<KeyRing> {
  const { database, clock, secret, lifetimeMs = Infinity } = dependencies;
  const store = createKeyStore(database, createSealing(secret, 'hygie signing key'));
  const events = createEvents(dependencies.events);
  let known: SigningKey[] = [];

  async function add(alg: SigningAlgorithm, { aheadMs, afterMs }: Overlap): Promise<void> {
    const generation = newestOf(known, alg) + 1;
    const jwk = await createKey(alg);
    const createdAt = clock.now();
    const signsFrom = generation === 1 ? createdAt : createdAt + aheadMs;
    await database.write(async (unit: Unit) => {
      if (!(await store.create(unit, { jwk, generation, createdAt, signsFrom }))) return;
      await store.retireBefore(unit, alg, generation, signsFrom + afterMs);
      await events.keyAdded(unit, jwk.kid, alg);
    });
  }

  async function read(): Promise<void> {
    known = await store.list(clock.now());
  }

  async function addAll(algorithms: readonly SigningAlgorithm[], overlap: Overlap): Promise<void> {
    if (algorithms.length === 0) return;
    await Promise.all(algorithms.map((alg) => add(alg, overlap)));
    await read();
  }

  async function renew(): Promise<void> {
    await read();
    const oldest = clock.now() - lifetimeMs;
    const isFresh = (alg: string) =>
      known.some(({ jwk, createdAt }) => jwk.alg === alg && createdAt >= oldest);
    await addAll(
      signingAlgorithms.filter((alg) => !isFresh(alg)),
      usual,
    );
  }

  await renew();
  const kids = () =>
    order(known, clock.now())
      .map(({ kid }) => kid)
      .join();
  let told = kids();
  const ordered = createOrdered();
  return {
    keys: () => ordered(known, clock.now()),
    list: () => known,
    async refresh() {
      await database.write((unit) => store.sweep(unit, clock.now()));
      await renew();
      const before = told;
      told = kids();
      return told !== before;
    },
    rotate: ({ urgent: isUrgent = false } = {}) => addAll(signingAlgorithms, isUrgent ? urgent : usual),
  };
}

const newestOf = (known: readonly SigningKey[], alg: SigningAlgorithm): number =>
  Math.max(0, ...known.filter(({ jwk }) => jwk.alg === alg).map(({ generation }) => generation));

/** Asked for each token: put in order once a second. */
function createOrdered() {
  let last: { known: readonly SigningKey[]; second: number; keys: RingKey[] } | undefined;
  return (known: readonly SigningKey[], now: number): RingKey[] => {
    const second = Math.floor(now / 1000);
    if (last?.known !== known || last.second !== second) last = { known, second, keys: order(known, now) };
    return last.keys;
  };
}

/** Pro Santé Connect's algorithm first; of each the newest that signs already, then those that do not yet, or no more. */
function order(known: readonly SigningKey[], now: number): RingKey[] {
  const algorithms: readonly string[] = signingAlgorithms;
  const place = ({ jwk }: SigningKey) => algorithms.indexOf(jwk.alg);
  const rank = ({ signsFrom, generation }: SigningKey) => (signsFrom <= now ? generation : -generation);
  return known
    .filter(({ retiresAt }) => retiresAt === null || retiresAt > now)
    .toSorted((a, b) => place(a) - place(b) || rank(b) - rank(a))
    .map(({ jwk }) => jwk);
}
