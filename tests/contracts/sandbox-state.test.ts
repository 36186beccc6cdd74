import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '#platform/clock.ts';
import { migrations } from '../../src/sandbox/migrations.ts';
import { findPersona, type PersonaSlug } from '../../src/sandbox/personas.ts';
import { createCardSlots } from '../../src/sandbox/reader/card-slot.ts';
import { createPinCounter } from '../../src/sandbox/reader/pin.ts';
import { createSandboxClock } from '../../src/sandbox/sandbox-clock.ts';
import { forEachEngine, openTestDatabase } from '../support/databases.ts';

function persona(slug: PersonaSlug) {
  const found = findPersona(slug);
  assert.ok(found);
  return found;
}

forEachEngine((engine) => {
  test('a card stays in the reader of the browser it was put into, until it is taken out', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const slots = createCardSlots(database);
    await database.write((unit) => slots.insert(unit, 'hers', persona('infirmiere-adeli')));
    assert.equal((await slots.find('hers'))?.cardInserted, true);
    assert.equal(await slots.find('another'), undefined);
    await database.write((unit) => slots.remove(unit, 'hers'));
    const slot = await slots.find('hers');
    assert.deepEqual([slot?.persona.slug, slot?.cardInserted], ['infirmiere-adeli', false]);
  });

  test('a browser is one persona at a time, and one without a card puts none into the reader', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const slots = createCardSlots(database);
    await database.write((unit) => slots.insert(unit, 'hers', persona('sage-femme')));
    await database.write((unit) => slots.insert(unit, 'hers', persona('infirmier-ecps-expiree')));
    const slot = await slots.find('hers');
    assert.deepEqual([slot?.persona.slug, slot?.cardInserted], ['infirmier-ecps-expiree', false]);
  });

  test('three wrong codes block a card, even for the right one', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const counter = createPinCounter(database);
    const type = (typed: string) => database.write((unit) => counter.verify(unit, 'infirmiere-adeli', typed));
    assert.deepEqual(await type('0000'), { verified: false, triesLeft: 2 });
    assert.deepEqual(await type('1111'), { verified: false, triesLeft: 1 });
    assert.deepEqual(await type('2222'), { verified: false, triesLeft: 0 });
    assert.deepEqual(await type('1234'), { verified: false, triesLeft: 0 });
    assert.equal(await counter.triesLeft('infirmiere-adeli'), 0);
    assert.equal(await counter.triesLeft('sage-femme'), 3);
  });

  test('the right code starts the count again', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const counter = createPinCounter(database);
    const type = (typed: string) => database.write((unit) => counter.verify(unit, 'infirmiere-adeli', typed));
    await type('0000');
    await type('0000');
    assert.deepEqual(await type('1234'), { verified: true });
    assert.equal(await counter.triesLeft('infirmiere-adeli'), 3);
  });

  test('of guesses sent at once only three are looked at', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const counter = createPinCounter(database);
    const guesses = ['0', '1', '2', '3', '4', '5', '6'].map((typed) =>
      database.write((unit) => counter.verify(unit, 'infirmiere-adeli', typed)),
    );
    const answers = await Promise.all(guesses);
    const left = answers.map((answer) => (answer.verified ? -1 : answer.triesLeft)).sort();
    assert.deepEqual(left, [0, 0, 0, 0, 0, 1, 2]);
    assert.equal(await counter.triesLeft('infirmiere-adeli'), 0);
  });

  test('the clock keeps its advance over a restart, and tokens follow it only when told', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const clock = new VirtualClock();
    const sandboxClock = createSandboxClock({ database, clock });
    await database.write((unit) => sandboxClock.advance(unit, 60_000, false));
    await database.write((unit) => sandboxClock.advance(unit, 1_000, false));
    assert.deepEqual([clock.aheadMs, sandboxClock.tokensFollow()], [61_000, false]);

    const laterClock = new VirtualClock();
    const later = createSandboxClock({ database, clock: laterClock });
    await later.load();
    assert.deepEqual([laterClock.aheadMs, later.tokensFollow()], [61_000, false]);

    await database.write((unit) => sandboxClock.advance(unit, 0, true));
    assert.deepEqual([clock.aheadMs, sandboxClock.tokensFollow()], [61_000, true]);
  });
});
