import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestServer } from './start-test-server.ts';
import { listPersonas, type PersonaJson } from './walk.ts';

/** What the page of places says to each person who signs in by card. */
const told: Record<string, { places: number } | { cause: string } | { explained: true }> = {
  'infirmiere-adeli': { cause: 'legacy_adeli_identity' },
  'infirmier-ecps-adeli': { cause: 'ecps_under_adeli' },
  'infirmier-rpps': { places: 2 },
  'infirmiere-sans-coordonnees': { cause: 'legacy_adeli_identity' },
  'infirmiere-non-inscrite': { cause: 'no_rpps' },
  'infirmiere-homonyme': { cause: 'identity_mismatch' },
  'infirmier-sans-lieu': { cause: 'no_place_of_practice' },
  'infirmier-lieu-ferme': { cause: 'place_closed' },
  'infirmiere-radiee': { cause: 'record_inactive' },
  'infirmiere-remplacante': { explained: true },
  'medecin-deux-lieux': { places: 2 },
  pharmacienne: { places: 1 },
  'sage-femme': { places: 1 },
  'employe-cpe': { explained: true },
};

/** Everybody whose card is good, which is everybody that `checkPlaces` knows. */
export async function listPeopleWithGoodCard(server: TestServer): Promise<PersonaJson[]> {
  const personas = await listPersonas(server);
  const people = personas.filter(({ slug, card }) => card && slug !== 'infirmier-carte-expiree');
  assert.deepEqual(people.map(({ slug }) => slug).sort(), Object.keys(told).sort());
  return people;
}

/** The page of places says to the person what the contract says of them. */
export async function checkPlaces(page: Page, persona: PersonaJson): Promise<void> {
  const expected = told[persona.slug];
  assert.ok(expected);
  assert.equal(await page.getByTestId('national-id').textContent(), numberOf(persona));
  const heading = 'cause' in expected ? "Aucun lieu d'exercice" : "Mes lieux d'exercice";
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  const names = await page.getByRole('article').getByRole('heading').allTextContents();
  assert.deepEqual(names.sort(), 'places' in expected ? [...persona.places].sort() : []);
  assert.equal(names.length, 'places' in expected ? expected.places : 0);
  const cause = page.getByTestId('cause');
  assert.equal(await cause.count(), 'cause' in expected ? 1 : 0);
  if ('cause' in expected) assert.equal(await cause.getAttribute('data-code'), expected.cause);
  assert.equal(await page.getByTestId('explanation').count(), 'explained' in expected ? 1 : 0);
  const repair = page.getByRole('link', { name: 'Réparer ma connexion', exact: true });
  assert.equal(await repair.count(), 'cause' in expected ? 1 : 0);
}

function numberOf({ slug, nationalId, idNatPs, rpps }: PersonaJson): string {
  if (slug === 'employe-cpe') return `Identifiant ${idNatPs}`;
  return nationalId === rpps ? `Numéro RPPS ${nationalId}` : `Numéro ADELI ${nationalId}`;
}
