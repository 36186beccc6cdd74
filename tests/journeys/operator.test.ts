import assert from 'node:assert/strict';
import { runContacts, waitForMessages } from '../support/contact-walk.ts';
import { createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { headingOf, press, readable, signInByCard } from '../support/http-walk.ts';
import {
  askForChange,
  importForeignExtracts,
  openOperatorPage,
  operatorId,
  signInOperator,
} from '../support/operator-walk.ts';
import { testOnOneServer } from '../support/start-test-server.ts';

const julien = '99700014253';
const hrefs = ({ text }: Page, path: string) =>
  [...text.matchAll(new RegExp(`href="(${path}[^"]+)"`, 'g'))].map(([, href = '']) => href);

testOnOneServer('the pages of those who run the directory', {
  'say how fresh the directory is, what imports did, and how many there are': async (server) => {
    const { page } = await signInOperator(server);
    assert.equal(headingOf(page), 'Exploitation de l’annuaire');
    const text = readable(page.text);
    assert.match(text, /Extraction du .+, il y a/);
    assert.match(text, /Appliqué Fichiers PS_LibreAcces_Personne_activite_\d{12}\.txt · \d+ lignes/);
    assert.match(text, /Personnes par profession .*Infirmier \d+/);
    assert.match(text, /Situations d’exercice par département .*Morbihan \(56\) \d+/);
    assert.doesNotMatch(page.text, /<script|style=/);
  },

  'say that an extract is old once a day was missed': async (server) => {
    await server.api('POST', '/api/clock', { advanceMs: 3 * 24 * 3_600_000 });
    const { page } = await signInOperator(server);
    const text = readable(page.text);
    assert.match(text, /il y a [34] jours/);
    assert.match(text, /la dernière n’a pas été chargée/);
  },

  'show an import that waits, its plan, and the command that accepts it': async (server) => {
    assert.equal(await importForeignExtracts(server), 3);
    const { browser, page } = await signInOperator(server);
    assert.match(
      readable(page.text),
      /Un chargement attend votre accord .*directory import PS_\S+\.txt --accept/,
    );
    const [link = ''] = hrefs(page, '/operateur/chargements/');
    const run = await browser.open(new URL(link, page.url));
    const text = readable(run.text);
    assert.match(
      text,
      /En attente .* Personnes, par profession .*Exemples de personnes Voir les exemples Changées/,
    );
    assert.match(text, /Parties/);
    const unknown = await openOperatorPage(browser, server, '/chargements/imp_unknown');
    assert.equal(unknown.status, 404);
  },

  'hold a request with what is known of the person, who is then told that it was accepted': async (
    server,
  ) => {
    const reference = await askForChange(server, { rpps: julien });
    const { browser, page } = await signInOperator(server);
    assert.match(readable(page.text), /Une demande attend une décision/);
    const queue = await openOperatorPage(browser, server, '/coordonnees');
    const [link = ''] = hrefs(queue, '/operateur/coordonnees/');
    assert.ok(link.endsWith(reference));
    const request = await browser.open(new URL(link, queue.url));
    const text = readable(request.text);
    assert.match(text, /Nom Julien Marchand .*Profession Infirmier .*Adresse demandée nouvelle@example\.fr/);
    assert.match(text, /Adresse connue .•••@/);
    assert.match(text, /Historique des coordonnées .*Par un fichier/);
    const done = await press(browser, request, '/acceptation');
    assert.match(readable(done.text), /Les coordonnées sont enregistrées.*Par vous .*n•••@example\.fr/);
    assert.doesNotMatch(done.text, /nouvelle@example/);
    const mails = await waitForMessages(server, 'mails', 2);
    assert.ok(mails.some(({ to }) => to === 'nouvelle@example.fr'));
  },

  'refuse a request with a reason, which the mail does not tell': async (server) => {
    const reference = await askForChange(server, { rpps: '99700123450' });
    const { browser } = await signInOperator(server);
    const request = await openOperatorPage(browser, server, `/coordonnees/${reference}`);
    assert.doesNotMatch(request.text, /acceptation/);
    assert.equal((await press(browser, request, '/refus')).status, 422);
    const done = await press(browser, request, '/refus', { motif: 'no_record' });
    assert.match(
      readable(done.text),
      /La demande est refusée.*Motif du refus Le numéro n’est celui de personne/,
    );
    const [mail] = await waitForMessages(server, 'mails', 1);
    assert.match(mail?.text ?? '', /n’a pas pu vérifier/);
    assert.doesNotMatch(mail?.text ?? '', /99700123450|numéro n’est/);
    assert.match((await runContacts(server, 'list')).out, /No request is open/);
  },

  'let one of two operators win, and the other read who did': async (server) => {
    const reference = await askForChange(server, { rpps: julien });
    const { browser } = await signInOperator(server);
    const request = await openOperatorPage(browser, server, `/coordonnees/${reference}`);
    assert.equal((await runContacts(server, 'refuse', reference, '--reason', 'not_asked')).code, 0);
    const late = await press(browser, request, '/acceptation');
    assert.equal(late.status, 409);
    assert.match(
      readable(late.text),
      /Cette demande est déjà décidée.*Décision refusée.*n’avoir rien demandé Par la ligne de commande/,
    );
    assert.equal((await press(browser, request, '/refus', { motif: 'not_asked' })).status, 409);
    assert.equal((await runContacts(server, 'accept', reference)).code, 1);
  },

  'show the person on her page what happened to her details': async (server) => {
    const reference = await askForChange(server, { rpps: julien });
    const { browser } = await signInOperator(server);
    await press(
      browser,
      await openOperatorPage(browser, server, `/coordonnees/${reference}`),
      '/acceptation',
    );
    const own = createCookieBrowser();
    await signInByCard(own, server.urls, 'infirmier-rpps');
    const page = await own.open(new URL('/coordonnees', server.urls.directory));
    const text = readable(page.text);
    assert.match(
      text,
      /Ce qui a changé .*à la demande qui lui a été transmise n•••@example\.fr · 06 •• •• •• 42/,
    );
    assert.match(text, /d’après un fichier de l’Ordre/);
    assert.ok(!page.text.includes(operatorId) && !page.text.includes('nouvelle@'));
  },

  'are no heavier than a page may be': async (server) => {
    const { page } = await signInOperator(server);
    assert.ok(page.text.length < 50_000, `${page.text.length}`);
  },
});
