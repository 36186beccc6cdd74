import type { HandedCredential } from '#authenticator';
import type { NationalId } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { SandboxTables } from '../migrations.ts';
import { type Persona, type PersonaSlug, personas } from '../personas.ts';
import type { PhoneAuthority } from '../ports.ts';
import { credentialOf } from './persona-credential.ts';

/**
 * The phones that personas have from the first start. Whoever first plays a persona holds hers, so that removing
 * its e-CPS leaves the persona without one, as it would a person.
 */
export interface SeedPhones {
  /** Makes them at the first start; later ones find that done. */
  plant(): Promise<void>;
  /** Puts the e-CPS of the seed back into tables that a reset has emptied. */
  restore(unit: Unit): Promise<void>;
  /** Her phone of the seed, once; undefined where it is taken, carries another number or works no more. */
  take(persona: Persona, nationalId: NationalId): Promise<HandedCredential | undefined>;
}

export interface SeedPhonesDependencies {
  database: Database;
  clock: Clock;
  authenticator: PhoneAuthority;
  /** The authenticator's tables, children first. */
  tables: readonly string[];
  /** Whether the authenticator still knows this phone's e-CPS. */
  isKnown(phone: HandedCredential): Promise<boolean>;
}

type Phones = Partial<Record<PersonaSlug, HandedCredential>>;
type Rows = Record<string, object[]>;

const dayMs = 86_400_000;

/** Making an e-CPS costs what its password protection costs; its rows are kept, so that a reset does not pay again. */
export function createSeedPhones(dependencies: SeedPhonesDependencies): SeedPhones {
  const { database, tables, isKnown } = dependencies;
  return {
    async plant() {
      if (await findSeed(database)) return;
      await database.write((unit) => empty(unit, tables));
      const phones = await createPhones(dependencies);
      const vouchers = await readRows(database, tables);
      const row = { id: 'seed', phones: JSON.stringify(phones), vouchers: JSON.stringify(vouchers) };
      await database.write((unit) =>
        unit.as<SandboxTables>().insertInto('sandbox_seed_phones').values(row).execute(),
      );
    },
    async restore(unit) {
      const seed = await unit
        .as<SandboxTables>()
        .selectFrom('sandbox_seed_phones')
        .select('vouchers')
        .executeTakeFirst();
      if (seed) await writeRows(unit, tables, JSON.parse(seed.vouchers));
    },
    async take(persona, nationalId) {
      const phone = (await findSeed(database))?.[persona.slug];
      if (phone?.credential.nationalId.value !== nationalId.value || !(await isKnown(phone)))
        return undefined;
      return (await markTaken(database, persona.slug)) ? phone : undefined;
    },
  };
}

async function createPhones({ authenticator, clock }: SeedPhonesDependencies): Promise<Phones> {
  const expiredAt = clock.now() - clock.aheadMs - 30 * dayMs;
  const owners = personas.filter(({ ecps }) => ecps);
  const phones = await Promise.all(
    owners.map(async (persona) => {
      const expiry = persona.ecps === 'expired' ? { expiresAt: expiredAt } : {};
      const credential = { ...credentialOf(persona, persona.nationalId), ...expiry };
      return [persona.slug, await authenticator.sandbox.createCredential(credential)] as const;
    }),
  );
  return Object.fromEntries(phones);
}

async function findSeed(database: Database): Promise<Phones | undefined> {
  const row = await database
    .as<SandboxTables>()
    .selectFrom('sandbox_seed_phones')
    .select('phones')
    .executeTakeFirst();
  return row && JSON.parse(row.phones);
}

/** Of several who reach for the phone at once, one gets it. */
async function markTaken(database: Database, persona: PersonaSlug): Promise<boolean> {
  const row = await database.write((unit) =>
    unit
      .as<SandboxTables>()
      .insertInto('sandbox_seed_phone_taken')
      .values({ persona })
      .onConflict((conflict) => conflict.column('persona').doNothing())
      .returning('persona')
      .executeTakeFirst(),
  );
  return row !== undefined;
}

async function empty(unit: Unit, tables: readonly string[]): Promise<void> {
  for (const table of tables) await unit.as<Record<string, object>>().deleteFrom(table).execute();
}

async function readRows(database: Database, tables: readonly string[]): Promise<Rows> {
  const rows: Rows = {};
  for (const table of tables) {
    rows[table] = await database.as<Record<string, object>>().selectFrom(table).selectAll().execute();
  }
  return rows;
}

async function writeRows(unit: Unit, tables: readonly string[], rows: Rows): Promise<void> {
  for (const table of tables.toReversed()) {
    const values = rows[table] ?? [];
    if (values.length > 0) await unit.as<Record<string, object>>().insertInto(table).values(values).execute();
  }
}
