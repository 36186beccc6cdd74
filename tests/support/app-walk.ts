import type { Page } from 'playwright-core';
import type { TestServer } from './start-test-server.ts';

export const password = 'trois chevaux 7';

export interface MailJson {
  subject: string;
  links: { text: string; href: string }[];
}

/** Asks a sandbox's outbox until a message is there that `pick` finds something in. */
export async function waitForMessage<Message, Found>(
  server: TestServer,
  path: string,
  pick: (message: Message) => Found | undefined,
): Promise<Found> {
  for (let tries = 0; tries < 100; tries++) {
    const { body } = await server.api<Message[]>('GET', path);
    for (const message of body) {
      const found = pick(message);
      if (found !== undefined && found !== null) return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing came to ${path}`);
}

export const activationLink = (server: TestServer, to: string): Promise<string> =>
  waitForMessage(
    server,
    `/api/mails?to=${encodeURIComponent(to)}`,
    ({ links }: MailJson) => links.find(({ text }) => text === "Démarrer l'activation")?.href,
  );

export const smsCode = (server: TestServer, to: string): Promise<string> =>
  waitForMessage(
    server,
    `/api/sms?to=${encodeURIComponent(to)}`,
    ({ code }: { code: string | null }) => code ?? undefined,
  );

/** "Demander l'activation" up to "Consultez vos mails". */
export async function requestActivation(page: Page, rpps: string): Promise<void> {
  await page.getByRole('button', { name: "Demander l'activation de la e-CPS" }).click();
  await page.getByRole('textbox', { name: 'Numéro RPPS' }).fill(rpps);
  await page.getByRole('button', { name: "Envoyer ma demande d'activation" }).click();
  await page.getByRole('heading', { name: 'Consultez vos mails' }).waitFor();
}

export async function pasteLink(page: Page, link: string): Promise<void> {
  await page.getByRole('button', { name: 'Coller le lien' }).click();
  await page.getByRole('textbox', { name: "Lien d'activation" }).fill(link);
  await page.getByRole('button', { name: 'Continuer' }).click();
}

export async function choosePassword(page: Page, chosen = password): Promise<void> {
  await page.getByLabel('Mot de passe', { exact: true }).fill(chosen);
  await page.getByLabel('Confirmer le mot de passe', { exact: true }).fill(chosen);
  await page.getByRole('button', { name: 'Activer ma e-CPS' }).click();
  await page.getByRole('heading', { name: 'Votre e-CPS est activée' }).waitFor();
}

export interface Person {
  rpps: string;
  email: string;
  phone: string;
}

/** The guide's activation, from a phone that has nothing. */
export async function activate(
  page: Page,
  server: TestServer,
  { rpps, email, phone }: Person,
): Promise<void> {
  await page.goto(server.urls.app);
  await requestActivation(page, rpps);
  await pasteLink(page, await activationLink(server, email));
  await page.getByRole('button', { name: 'Par SMS' }).click();
  await page.getByRole('textbox', { name: "Code d'activation" }).fill(await smsCode(server, phone));
  await page.getByRole('button', { name: 'Valider' }).click();
  await choosePassword(page);
}

export async function findPerson(server: TestServer, slug: string): Promise<Person> {
  const { body } = await server.api<(Person & { slug: string })[]>('GET', '/api/personas');
  const person = body.find((one) => one.slug === slug);
  if (!person) throw new Error(`no persona ${slug}`);
  return person;
}

/** At the desk: from the portal to the page that waits for the phone. Gives the number that it shows. */
export async function askPhone(desk: Page, server: TestServer, identifier: string): Promise<string> {
  await desk.goto(new URL('/professionnel/connexion', server.urls.portal).href);
  await desk.getByText('Connexion', { exact: true }).click();
  await desk.getByRole('button', { name: 'e-CPS', exact: true }).click();
  await desk.getByRole('textbox', { name: 'Identifiant e-CPS' }).fill(identifier);
  await desk.getByRole('button', { name: 'Se connecter avec ma e-CPS' }).click();
  return (await desk.getByTestId('number').textContent())?.trim() ?? '';
}

/** On the phone: the number and the password, whatever they are. */
export async function confirm(phone: Page, number: string, typed = password): Promise<void> {
  await phone.getByRole('radio', { name: number, exact: true }).check();
  await phone.getByLabel('Mot de passe', { exact: true }).fill(typed);
  await phone.getByRole('button', { name: 'Confirmer' }).click();
}
