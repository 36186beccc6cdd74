import { type MailJson, waitForMessage } from '../app-walk.ts';
import { getPersona, openContactPage } from '../contact-walk.ts';
import { askPhone, waitForPhone } from '../ecps-walk.ts';
import { press, signInByCard } from '../http-walk.ts';
import type { TestServer } from '../start-test-server.ts';
import type { Camera } from './album.ts';

/** The directory's first page, and the page of contact details. */
export async function takeContactPages(server: TestServer, camera: Camera): Promise<void> {
  const browser = await camera.openBrowser();
  await camera.take('directory: first page', browser.open(server.urls.directory));
  await takeRequest(server, camera);
  await takeCard(server, camera);
  await takeEcps(server, camera);
}

async function takeRequest(server: TestServer, { take, openBrowser }: Camera): Promise<void> {
  const browser = await openBrowser();
  await take('contact: not signed in', openContactPage(browser, server, `${server.urls.app}/`));
  const form = await take(
    'contact: request',
    browser.open(new URL('/coordonnees/sans-carte', server.urls.directory)),
  );
  const send = (fields: Record<string, string>) => press(browser, form, '/sans-carte', fields);
  await take('contact: request empty', send({}));
  const typed = { rpps: '99700000013', adresse: 'claire', mobile: '0639987742' };
  await take('contact: request with a fault', send(typed));
  const right = { ...typed, adresse: 'claire@example.fr' };
  await take('contact: transmitted', send(right));
  let page = await send(right);
  for (let tries = 0; page.status !== 429 && tries < 30; tries++) page = await send(right);
  await take('contact: too many requests', page);
}

async function takeCard(server: TestServer, { take, openBrowser }: Camera): Promise<void> {
  const { urls } = server;
  for (const slug of ['infirmiere-homonyme', 'infirmiere-radiee', 'employe-cpe']) {
    const browser = await openBrowser();
    await signInByCard(browser, urls, slug);
    await take(`contact: ${slug}`, openContactPage(browser, server));
  }
  const browser = await openBrowser();
  await signInByCard(browser, urls, 'infirmiere-sans-coordonnees');
  const form = await take(
    'contact: by ADELI card',
    openContactPage(browser, server, `${urls.wallet}/reparation`),
  );
  const save = (fields: Record<string, string>) => browser.submit(form.url, form.url.href, fields);
  await take('contact: empty', save({}));
  await take('contact: one fault', save({ adresse: 'lina', mobile: '0639987742' }));
  await take('contact: two faults', save({ adresse: 'lina', mobile: '12' }));
  await take('contact: saved', save({ adresse: 'lina@example.fr', mobile: '0639987742' }));
  const pick = ({ links }: MailJson) => links.find((link) => link.href.startsWith(urls.directory))?.href;
  const href = await waitForMessage(server, '/api/mails?to=lina@example.fr', pick);
  const question = await take('contact: not me?', browser.open(href));
  await take('contact: blocked', browser.submit(question.url, question.url.href));
  await take('contact: blocked already', browser.open(href));
}

async function takeEcps(server: TestServer, { take, openBrowser }: Camera): Promise<void> {
  const browser = await openBrowser();
  const slug = 'medecin-deux-lieux';
  await server.api('POST', '/api/ecps', { persona: slug, behaviour: 'approve' });
  const { ecps } = await getPersona(server, slug);
  const start = new URL('/connexion/demarrer?retour=%2Fcoordonnees', server.urls.directory);
  const waiting = await askPhone(browser, await browser.open(start), ecps.nationalId);
  const form = await take('contact: by e-CPS', waitForPhone(browser, waiting));
  const codes = await take(
    'contact: codes',
    press(browser, form, '/coordonnees', { adresse: 'a@example.fr', mobile: '0639987742' }),
  );
  const type = (mail: string, sms: string) =>
    browser.submit(codes.url, codes.url.href, { 'code-mail': mail, 'code-sms': sms });
  await take('contact: codes missing', type('', ''));
  await take('contact: codes wrong', type('000000', '000000'));
  await take('contact: codes too soon', press(browser, codes, `renvoi?${codes.url.searchParams}`));
  for (let tries = 0; tries < 5; tries++) await type('000000', '000000');
  await take('contact: codes dead', browser.open(codes.url));
}
