import type { TestContext } from 'node:test';
import { nurse } from '../ecps-site.ts';
import { press } from '../http-walk.ts';
import { openRemovalSite, type RemovalSite, wrong } from '../removal-site.ts';
import { activateByMail } from '../test-phone.ts';
import type { Camera } from './album.ts';

const number = nurse.nationalId.value;

/** **Mot de passe oublié** from its first page to its last, and **Ce n'est pas moi**. */
export async function takeRemoval(t: TestContext, camera: Camera): Promise<void> {
  const site = await openRemovalSite(t);
  await takeIdentifier(site, camera);
  await takeCodes(site, camera);
  await takeCard(site, camera);
}

const start = ({ walletUrl }: RemovalSite) => new URL('/mot-de-passe-oublie?retour=/connexion/a', walletUrl);

async function takeIdentifier(site: RemovalSite, { take, openBrowser }: Camera): Promise<void> {
  const browser = await openBrowser();
  const form = await take('removal: identifier', browser.open(start(site)));
  const action = form.url.pathname + form.url.search;
  for (const identifiant of ['', 'abc', '99700000014'])
    await take(`removal: identifier "${identifiant}"`, browser.submit(form.url, action, { identifiant }));
  await take('removal: over', browser.open(new URL('/mot-de-passe-oublie/suite', form.url)));
  await take('removal: where the app is', browser.open(new URL('/mot-de-passe-oublie/activation', form.url)));
}

async function typeNumber(site: RemovalSite, { openBrowser }: Camera) {
  const browser = await openBrowser();
  const form = await browser.open(start(site));
  const action = form.url.pathname + form.url.search;
  return { browser, page: await browser.submit(form.url, action, { identifiant: number }) };
}

async function takeCodes(site: RemovalSite, camera: Camera): Promise<void> {
  const { take } = camera;
  const { browser, page } = await typeNumber(site, camera);
  await take('removal: prove', page);
  const asked = await take('removal: codes', press(browser, page, '/codes'));
  const { mail, sms } = site.removalCodes.at(-1)?.codes ?? { mail: '', sms: '' };
  const type = (codes: { mail: string; sms: string }) =>
    press(browser, asked, '/suppression', { 'code-mail': codes.mail, 'code-sms': codes.sms });
  await take('removal: codes missing', type({ mail: '', sms: '' }));
  await take('removal: one code wrong', type({ mail, sms: wrong(sms) }));
  await take('removal: codes wrong', type({ mail: wrong(mail), sms: wrong(sms) }));
  await take('removal: codes asked for too soon', press(browser, asked, '/codes'));
  site.clock.setAhead(60_000);
  await take('removal: codes sent again', press(browser, asked, '/codes'));
  for (let tries = 0; tries < 5; tries++) await type({ mail: '000000', sms: '000000' });
  await take('removal: codes dead', browser.open(asked.url));
  for (let tries = 2; tries < 7; tries++) {
    site.clock.setAhead(tries * 60_000);
    await press(browser, asked, '/codes');
  }
  await take('removal: too many codes', press(browser, asked, '/codes'));
}

async function takeCard(site: RemovalSite, camera: Camera): Promise<void> {
  const { take } = camera;
  await activateByMail(site);
  const refused = await typeNumber(site, camera);
  const right = site.card.answer;
  site.card.answer = { failure: 'expired', reader: 'first' };
  await take('removal: card not read', press(refused.browser, refused.page, '/carte'));
  site.card.answer = right;
  site.ticket.url = '/reparation';
  const proven = await typeNumber(site, camera);
  await take('removal: removed', press(proven.browser, proven.page, '/carte'));
  await takeLimit(site, camera);
}

async function takeLimit(site: RemovalSite, { take, openBrowser }: Camera): Promise<void> {
  const browser = await openBrowser();
  const type = () => browser.submit(start(site), '/mot-de-passe-oublie', { identifiant: number });
  let page = await type();
  for (let tries = 0; page.status !== 429 && tries < 100; tries++) page = await type();
  await take('removal: too many numbers', page);
}
