import { runContacts } from '../contact-walk.ts';
import type { CookieBrowser } from '../cookie-browser.ts';
import { press, signInByCard } from '../http-walk.ts';
import { askForChange, importForeignExtracts, openOperatorPage, signInOperator } from '../operator-walk.ts';
import type { TestServer } from '../start-test-server.ts';
import type { Camera } from './album.ts';

/** The pages of those who run the directory; the last ones after imports of other people than the personas. */
export async function takeOperator(server: TestServer, camera: Camera): Promise<void> {
  const { take, openBrowser, language } = camera;
  await take('operator: not signed in', openOperatorPage(await openBrowser(), server));
  const stranger = await openBrowser();
  await signInByCard(stranger, server.urls, 'infirmier-rpps');
  await take('operator: not for this person', openOperatorPage(stranger, server));
  const name = language === 'fr' ? 'Connexion' : 'Sign in';
  const { browser } = await signInOperator(server, { browser: await openBrowser(), name });
  await takeReview(server, camera, browser);
  await importForeignExtracts(server);
  const waiting = await take('operator: an import waits', openOperatorPage(browser, server));
  const [, run = ''] = /href="(\/operateur\/chargements\/[^"]+)"/.exec(waiting.text) ?? [];
  await take('operator: an import', browser.open(new URL(run, waiting.url)));
}

async function takeReview(server: TestServer, { take }: Camera, browser: CookieBrowser): Promise<void> {
  const open = (path: string) => openOperatorPage(browser, server, `/coordonnees${path}`);
  const rpps = '99700014253';
  const [refused, left] = [
    await askForChange(server, { rpps }),
    await askForChange(server, { rpps: '99700123450' }),
  ];
  await take('operator: requests to review', open(''));
  const request = await take('operator: a request', open(`/${refused}`));
  await take('operator: no reason given', press(browser, request, '/refus', { motif: '' }));
  await runContacts(server, 'refuse', refused);
  await take('operator: somebody else was first', press(browser, request, '/acceptation'));
  await take('operator: a number of nobody', open(`/${left}`));
}
