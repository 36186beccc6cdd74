import { activationLink } from '../app-walk.ts';
import { getPersona, waitForMessages } from '../contact-walk.ts';
import { openChoice, press } from '../http-walk.ts';
import { openPhone } from '../repair-walk.ts';
import type { TestServer } from '../start-test-server.ts';
import type { Camera } from './album.ts';

/** The home of the sandbox, its reader, and the mails as they arrive. */
export async function takeSandbox(server: TestServer, camera: Camera): Promise<void> {
  await takeReader(server, camera);
  await takeHome(server, camera);
}

async function takeReader({ urls }: TestServer, { take, openBrowser }: Camera): Promise<void> {
  const browser = await openBrowser();
  const choice = await take('wallet: choice of the portal', openChoice(browser, urls));
  const empty = await take('reader: no card', press(browser, choice, '/carte'));
  const inserted = await take(
    'reader: card',
    press(browser, empty, '/carte', { persona: 'infirmiere-adeli' }),
  );
  for (const [name, code] of [
    ['no code', ''],
    ['wrong code', '0000'],
    ['wrong again', '0000'],
    ['blocked', '0000'],
  ])
    await take(`reader: ${name}`, press(browser, inserted, '/code', { code: code ?? '' }));
  await take('reader: unknown person', press(browser, empty, '/carte', { persona: 'nobody' }));
  const own = await openBrowser();
  const wallet = await press(own, await openChoice(own, urls), '/carte');
  const expired = await press(own, wallet, '/carte', { persona: 'infirmier-carte-expiree' });
  await take('wallet: expired card of the sandbox', press(own, expired, '/code', { code: '1234' }));
}

async function takeHome(server: TestServer, { take, openBrowser }: Camera): Promise<void> {
  const browser = await openBrowser();
  const home = await take('sandbox: at the start', browser.open(server.urls.sandbox));
  const choose = (persona: string) => browser.submit(home.url, '/personne', { persona });
  await take('sandbox: a person', choose('infirmiere-adeli'));
  await take('sandbox: a person without card', choose('infirmier-ecps-expiree'));
  const { rpps, email } = await getPersona(server, 'infirmier-rpps');
  await choose('infirmier-rpps');
  await (await openPhone(server)).requestEnrolment(rpps, 'fr');
  await activationLink(server, email ?? '');
  await take('sandbox: messages', browser.open(home.url));
  const [mail] = await waitForMessages(server, 'mails', 1);
  const block = mail?.links?.find(({ href }) => href.includes('ce-n-est-pas-moi'))?.href ?? '';
  const question = await take('app: not me?', browser.open(block));
  await take('app: blocked', browser.submit(question.url, question.url.href));
  await take('app: blocked already', browser.open(block));
  await take('sandbox: the phone on', browser.submit(home.url, '/telephone'));
  await take('sandbox: clock ahead', browser.submit(home.url, '/horloge', { advance: '86400000' }));
}
