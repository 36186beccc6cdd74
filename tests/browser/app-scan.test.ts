import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { activationLink, findPerson, requestActivation } from '../support/app-walk.ts';
import { openBrowser, openContext } from '../support/browser.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { qrFilm } from '../support/qr-film.ts';
import { startTestServer } from '../support/start-test-server.ts';

test('the QR code of the mail is scanned with the camera', async (t) => {
  const server = await startTestServer(t);
  const person = await findPerson(server, 'infirmier-rpps');
  const film = join(await temporaryDirectory(t), 'qr.y4m');
  await writeFile(film, qrFilm('https://example.org/'));
  const browser = await openBrowser(t, [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]);
  await using context = await openContext(browser, 'phone', { permissions: ['camera'] });
  const page = await context.newPage();
  await page.goto(server.urls.app);
  await requestActivation(page, person.rpps);

  await page.getByRole('button', { name: 'Scanner un QR code' }).click();
  await page.getByText('Ce QR code n’est pas un lien d’activation.').waitFor();
  await page.getByRole('button', { name: 'Retour' }).click();

  await writeFile(film, qrFilm(await activationLink(server, person.email)));
  await page.getByRole('button', { name: 'Scanner un QR code' }).click();
  await page.getByRole('heading', { name: 'Recevez votre code' }).waitFor();
});

test('a camera that is refused leads to the link', async (t) => {
  const server = await startTestServer(t);
  const browser = await openBrowser(t, [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream=deny',
  ]);
  await using context = await openContext(browser, 'phone', { permissions: [] });
  const page = await context.newPage();
  await page.goto(server.urls.app);
  await page.getByRole('button', { name: 'Scanner un QR code' }).click();
  await page.getByRole('heading', { name: 'L’appareil photo n’est pas autorisé' }).waitFor();
  await page.getByRole('button', { name: 'Coller le lien' }).click();
  await page.getByRole('textbox', { name: "Lien d'activation" }).waitFor();
});
