import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adeli } from '#national-id';
import type { CardRequest } from '../../src/sandbox/pki/index.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { codeOf, headingOf, textOf } from '../support/http-walk.ts';
import { linkByCommand } from '../support/link-by-command.ts';
import { certifyHolder, presentOwnCard } from '../support/own-reader.ts';
import { readTrail } from '../support/read-trail.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { getPersona } from '../support/walk.ts';

const number = '996000019';
/** Who the record under the linked number is. */
const julien = {
  givenName: 'Julien',
  familyName: 'MARCHAND',
  profession: { code: '60', label: 'Infirmier' },
};

/** The page of places, for the holder of a card under the ADELI number. */
async function openPlaces(server: TestServer, holder: Partial<CardRequest> = {}) {
  const card = await certifyHolder(server, { ...julien, nationalId: adeli(number), ...holder });
  return presentOwnCard(server, card, createCookieBrowser());
}

interface WrongLink {
  holder?: Partial<CardRequest>;
  /** Whose records the link leads to. */
  personas?: string[];
}

/** One condition of the link broken at a time. */
const wrong: Record<string, WrongLink> = {
  'another family name': { holder: { familyName: 'MARCHANT' } },
  'another given name': { holder: { givenName: 'Julie' } },
  'the names the other way round': { holder: { givenName: 'Marchand', familyName: 'JULIEN' } },
  'another profession': { holder: { profession: { code: '70', label: 'Masseur-Kinésithérapeute' } } },
  'no profession': { holder: { profession: null } },
  'two RPPS numbers': { personas: ['infirmier-rpps', 'pharmacienne'] },
  'the record of somebody else': { personas: ['sage-femme'] },
};

test('with bridging on, a wrong link', async (t) => {
  const server = await startTestServer(t, { env: { HYGIE_BRIDGING: 'on' } });
  const rppsOf = async (slug: string) => (await getPersona(server, slug)).rpps ?? '';

  for (const [what, { holder, personas = ['infirmier-rpps'] }] of Object.entries(wrong))
    await t.test(`with ${what} gives nobody's identity`, async () => {
      const linked = await Promise.all(personas.map(rppsOf));
      await linkByCommand(server, number, ...linked);
      const page = await openPlaces(server, holder);
      assert.equal(textOf(page, 'national-id'), `Numéro ADELI ${number}`);
      assert.equal(headingOf(page), "Aucun lieu d'exercice");
      assert.equal(codeOf(page, 'cause'), 'identity_mismatch');
      for (const rpps of linked) assert.equal(page.text.includes(rpps), false);
      assert.deepEqual(await readTrail(server, 'directory.link_used'), []);
      assert.deepEqual((await server.api('GET', '/api/mails')).body, []);
      assert.deepEqual((await server.api('GET', '/api/sms')).body, []);
    });

  await t.test('to a record that has ended gives nothing', async () => {
    const { rpps, givenName, familyName } = await getPersona(server, 'infirmiere-radiee');
    await linkByCommand(server, number, rpps ?? '');
    const page = await openPlaces(server, { givenName, familyName });
    assert.equal(textOf(page, 'national-id'), `Numéro ADELI ${number}`);
    assert.equal(codeOf(page, 'cause'), 'record_inactive');
  });

  await t.test(
    'is wrong by its one fault: the right one is bridged, and so is nothing once it is taken back',
    async () => {
      await linkByCommand(server, number, await rppsOf('infirmier-rpps'));
      const page = await openPlaces(server);
      assert.equal(textOf(page, 'national-id'), `Numéro RPPS ${await rppsOf('infirmier-rpps')}`);
      await linkByCommand(server, number, await rppsOf('pharmacienne'));
      const after = await openPlaces(server);
      assert.equal(textOf(after, 'national-id'), `Numéro ADELI ${number}`);
    },
  );
});

test('without bridging a link whose conditions hold gives no other identity', async (t) => {
  const server = await startTestServer(t);
  const { rpps } = await getPersona(server, 'infirmier-rpps');
  await linkByCommand(server, number, rpps ?? '');
  const page = await openPlaces(server);
  assert.equal(textOf(page, 'national-id'), `Numéro ADELI ${number}`);
  assert.equal(codeOf(page, 'cause'), 'legacy_adeli_identity');
});
