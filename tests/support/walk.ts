import type { BrowserContext, Page } from 'playwright-core';
import type { TestServer } from './start-test-server.ts';

/** What these tests read of `GET /api/personas`. */
export interface PersonaJson {
  slug: string;
  nationalId: string;
  idNatPs: string;
  rpps: string | null;
  adeli: string | null;
  givenName: string;
  familyName: string;
  means: string[];
  cause: string | null;
  card: {
    p12Url: string;
    p12Password: string;
    pin: string;
    certificatePem: string;
    privateKeyPem: string;
  } | null;
  places: string[];
}

type Urls = TestServer['urls'];

export async function listPersonas(server: TestServer): Promise<PersonaJson[]> {
  return (await server.api<PersonaJson[]>('GET', '/api/personas')).body;
}

/** @throws Error for a slug that no persona has. */
export async function getPersona(server: TestServer, slug: string): Promise<PersonaJson> {
  const persona = (await listPersonas(server)).find((candidate) => candidate.slug === slug);
  if (!persona) throw new Error(`No persona ${slug}.`);
  return persona;
}

export const nameOf = ({ givenName, familyName }: PersonaJson): string => `${givenName} ${familyName}`;

export const pressButton = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).click();
export const followLink = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();

export async function openPortal(context: BrowserContext, urls: Urls): Promise<Page> {
  const portal = await context.newPage();
  await portal.goto(`${urls.portal}/professionnel/connexion`);
  return portal;
}

/** From the sandbox home: who one is, then the portal in its tab. */
export async function openPortalAs(context: BrowserContext, urls: Urls, persona: PersonaJson): Promise<Page> {
  const home = await context.newPage();
  await home.goto(urls.sandbox);
  await pressButton(home, nameOf(persona));
  await home.getByRole('button', { name: 'Retirer sa carte', exact: true }).waitFor();
  const [portal] = await Promise.all([home.waitForEvent('popup'), pressButton(home, 'Ouvrir le portail')]);
  await portal.getByRole('link', { name: 'Connexion', exact: true }).waitFor();
  return portal;
}

/** From the portal, or its page after a sign-out, to the reader. */
export async function openReader(portal: Page): Promise<void> {
  await followLink(portal, 'Connexion');
  await pressButton(portal, 'Carte CPS');
  await portal.getByRole('link', { name: 'Utiliser mon lecteur', exact: true }).waitFor();
}

export async function typePin(reader: Page, pin = '1234'): Promise<void> {
  await reader.getByRole('textbox', { name: 'Code porteur', exact: true }).fill(pin);
  await pressButton(reader, 'Valider');
}

const waitUntilSignedIn = (page: Page) =>
  page.getByRole('button', { name: 'Déconnexion', exact: true }).waitFor();

/** A whole sign-in from the sandbox home; answers the portal's tab, on the page that the sign-in led to. */
export async function signInFromHome(
  context: BrowserContext,
  urls: Urls,
  persona: PersonaJson,
): Promise<Page> {
  const portal = await openPortalAs(context, urls, persona);
  await openReader(portal);
  await typePin(portal);
  await waitUntilSignedIn(portal);
  return portal;
}

/** A whole sign-in from the portal: the card is chosen at the reader. */
export async function signInFromPortal(
  context: BrowserContext,
  urls: Urls,
  persona: PersonaJson,
): Promise<Page> {
  const portal = await openPortal(context, urls);
  await openReader(portal);
  await pressButton(portal, `Insérer la carte de ${nameOf(persona)}`);
  await typePin(portal);
  await waitUntilSignedIn(portal);
  return portal;
}
