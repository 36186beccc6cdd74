import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HandedCredential } from '#authenticator';
import { VirtualClock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { Migration } from '#platform/database/migrations.ts';
import type { PhoneAuthority } from '#sandbox';
import { migrations } from '../../src/sandbox/migrations.ts';
import { findPersona, type Persona, type PersonaSlug } from '../../src/sandbox/personas.ts';
import { createPersonaPhones } from '../../src/sandbox/phone/persona-phones.ts';
import { createSeedPhones } from '../../src/sandbox/phone/seed-phones.ts';
import { createPhoneStore } from '../../src/sandbox/simulated/phone-store.ts';
import { createWorld } from '../../src/sandbox/world.ts';
import { forEachEngine, openTestDatabase } from '../support/databases.ts';

function persona(slug: PersonaSlug): Persona {
  const found = findPersona(slug);
  assert.ok(found);
  return found;
}

/** Stands for the authenticator's tables. */
const voucher = 'voucher';
const voucherTable = (source: Database | Unit) => source.as<{ [voucher]: { id: string } }>();
const withVoucher: Migration = {
  name: 'test-001-voucher',
  up: (db) => db.schema.createTable(voucher).addColumn('id', 'text').execute(),
};
const steps = [...migrations, withVoucher];

/** An authenticator by name only: each credential that it makes has a number of its own. */
function countingAuthenticator(database: Database): PhoneAuthority & { made: HandedCredential[] } {
  const made: HandedCredential[] = [];
  return {
    made,
    findState: async (_, linkedAdeli) => (linkedAdeli ? 'adeli' : 'active'),
    sandbox: {
      async createCredential({ nationalId: { kind, value } }) {
        const credential = { id: `crd_${made.length}`, nationalId: { kind, value } };
        const handed = { device: {}, credential } as unknown as HandedCredential;
        made.push(handed);
        await database.write((unit) =>
          voucherTable(unit).insertInto(voucher).values({ id: credential.id }).execute(),
        );
        return handed;
      },
      findNumber: async () => undefined,
    },
  };
}

async function openPhones(database: Database, { known = true } = {}) {
  const clock = new VirtualClock();
  const authenticator = countingAuthenticator(database);
  const parts = { database, clock, authenticator };
  const seed = createSeedPhones({ ...parts, tables: [voucher], isKnown: async () => known });
  await seed.plant();
  const phones = createPersonaPhones({ ...parts, seedPhones: seed });
  return { clock, authenticator, seed, phones };
}

forEachEngine((engine) => {
  test('of several who reach for a phone at once one gets that of the seed, the others one of their own', async (t) => {
    const database = await openTestDatabase(t, engine, steps);
    const { phones, authenticator } = await openPhones(database);
    const seeded = authenticator.made.map(({ credential }) => credential.id);
    const taken = await Promise.all([1, 2, 3].map(() => phones.take(persona('sage-femme'))));
    const ids = taken.map((phone) => phone?.credential.id ?? '');
    assert.equal(new Set(ids).size, 3);
    assert.equal(ids.filter((id) => seeded.includes(id)).length, 1);
  });

  test('a phone of the seed whose e-CPS is gone, or now under another number, is left where it is', async (t) => {
    const database = await openTestDatabase(t, engine, steps);
    const { phones, authenticator } = await openPhones(database, { known: false });
    const before = authenticator.made.length;
    await phones.take(persona('sage-femme'));
    assert.equal(authenticator.made.length, before + 1);
  });

  test('phones are made once, and a reset puts back what vouches for them', async (t) => {
    const database = await openTestDatabase(t, engine, steps);
    const { seed, authenticator } = await openPhones(database);
    const made = authenticator.made.length;
    await seed.plant();
    assert.equal(authenticator.made.length, made);
    await database.write(async (unit) => {
      await voucherTable(unit).deleteFrom(voucher).execute();
      await seed.restore(unit);
    });
    const rows = await voucherTable(database).selectFrom(voucher).select('id').execute();
    assert.equal(rows.length, made);
  });

  test('a token is redeemed once even by many at the same time, and not after ten minutes', async (t) => {
    const database = await openTestDatabase(t, engine, steps);
    const { clock, phones } = await openPhones(database);
    const token = (await phones.issueToken(persona('pharmacienne'))) ?? '';
    const redeemed = await Promise.all([1, 2, 3, 4].map(() => phones.redeemToken(token)));
    assert.equal(redeemed.filter((phone) => phone !== undefined).length, 1);
    assert.equal(await phones.redeemToken('another'), undefined);

    const late = (await phones.issueToken(persona('pharmacienne'))) ?? '';
    clock.setAhead(600_001);
    assert.equal(await phones.redeemToken(late), undefined);
  });

  test('an order is used as often as it says, and no more by requests at the same time', async (t) => {
    const database = await openTestDatabase(t, engine, steps);
    const store = createPhoneStore(database);
    const midwife = persona('sage-femme');
    assert.equal(await store.consumeAnswer(midwife), undefined);
    await store.setOrder(midwife, { behaviour: 'refuse', delayMs: 5, times: 2 });
    assert.deepEqual(await store.listOrdered(), [midwife]);
    const consumed = await Promise.all([1, 2, 3, 4].map(() => store.consumeAnswer(midwife)));
    const used = consumed.filter((order) => order !== undefined);
    assert.deepEqual(used, Array(2).fill({ behaviour: 'refuse', delayMs: 5 }));
    assert.deepEqual(await store.listOrdered(), []);

    await store.setOrder(midwife, { behaviour: 'approve', delayMs: 0, times: null });
    for (let time = 0; time < 3; time++) assert.ok(await store.consumeAnswer(midwife));
    await store.setOrder(midwife, null);
    assert.equal(await store.consumeAnswer(midwife), undefined);
  });

  test('an order leaves the phone as it is, and a new phone leaves the order', async (t) => {
    const database = await openTestDatabase(t, engine, steps);
    const store = createPhoneStore(database);
    const doctor = persona('medecin-deux-lieux');
    const phone = { device: {}, credential: { id: 'crd_1' } } as unknown as HandedCredential;
    await store.setOrder(doctor, { behaviour: 'ignore', delayMs: 0, times: null });
    await store.keepPhone(doctor, phone);
    assert.deepEqual(await store.findPhone(doctor), phone);
    assert.equal((await store.consumeAnswer(doctor))?.behaviour, 'ignore');
    await store.setOrder(doctor, null);
    assert.deepEqual(await store.findPhone(doctor), phone);
  });

  test('a world keeps its name until it is renewed', async (t) => {
    const database = await openTestDatabase(t, engine, steps);
    const world = createWorld(database);
    const [name, same] = await Promise.all([world.name(), world.name()]);
    assert.equal(name, same);
    await database.write((unit) => world.renew(unit));
    assert.notEqual(await world.name(), name);
  });
});
