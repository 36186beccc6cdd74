import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  getPersona,
  openContactPage,
  presentCard,
  runContacts,
  signInByEcps,
  waitForMessages,
} from '../support/contact-walk.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { headingOf, press, readable, signInByCard, textOf } from '../support/http-walk.ts';
import { errorAt, followNamed, hrefOf, pressNamed } from '../support/named-controls.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const title = 'Coordonnées de correspondance';
const saved = 'Vos coordonnées sont enregistrées';
const typed = { adresse: 'lina.kerbrat@laposte.net', mobile: '06 39 98 77 42' };

/** Each on the seed. */
const walks: Record<string, (server: TestServer) => Promise<void>> = {
  "walk 4: the card's session signs in silently, and the details are recorded at once": async (server) => {
    const browser = createCookieBrowser();
    await signInByCard(browser, server.urls, 'infirmiere-sans-coordonnees');
    const retour = `${server.urls.wallet}/reparation`;
    const form = await openContactPage(browser, server, retour);
    assert.equal(headingOf(form), title);
    assert.match(textOf(form, 'national-id'), /^Numéro ADELI \d{9}$/);
    const persona = await getPersona(server, 'infirmiere-sans-coordonnees');
    assert.ok(readable(form.text).includes(persona.rpps), 'whose record it is');

    const done = await pressNamed(browser, form, 'Enregistrer', typed);
    assert.equal(headingOf(done), saved);
    assert.match(readable(done.text).replaceAll('\u00a0', ' '), /l•••@laposte\.net .*06 •• •• •• 42/);
    assert.equal(hrefOf(done, 'Continuer'), retour);
    const known = await getPersona(server, 'infirmiere-sans-coordonnees');
    assert.deepEqual([known.email, known.phone], ['lina.kerbrat@laposte.net', '0639987742']);
    const [mails, sms] = [await waitForMessages(server, 'mails', 1), await waitForMessages(server, 'sms', 1)];
    assert.deepEqual([mails[0]?.to, sms[0]?.to], ['lina.kerbrat@laposte.net', '0639987742']);
    assert.match(mails[0]?.text ?? '', /la carte CPS qui porte votre numéro ADELI/);

    const repair = await followNamed(browser, done, 'Continuer');
    assert.equal(headingOf(repair), 'Réparer ma connexion');
    assert.doesNotMatch(readable(repair.text), /ne connaît ni votre adresse/);
  },

  'nobody signed in: **Carte CPS** asks for a card, and comes back to the form with the way back': async (
    server,
  ) => {
    const browser = createCookieBrowser();
    const retour = `${server.urls.app}/`;
    const first = await openContactPage(browser, server, retour);
    assert.equal(headingOf(first), title);
    assert.equal(first.url.pathname, '/coordonnees');
    assert.equal(hrefOf(first, "Je n'ai pas ma carte") === undefined, false);
    const choice = await pressNamed(browser, first, 'Carte CPS');
    assert.equal(choice.url.origin, server.urls.wallet);
    assert.doesNotMatch(choice.text, /<strong class="choice-name"><span[^>]*>e-CPS/);
    const form = await presentCard(browser, choice, 'infirmier-rpps');
    assert.match(textOf(form, 'national-id'), /^Numéro RPPS \d{11}$/);
    const done = await pressNamed(browser, form, 'Enregistrer', { adresse: '', mobile: '+33 6 39 98 77 42' });
    assert.equal(headingOf(done), saved);
    assert.equal(hrefOf(done, "Revenir à l'application"), retour);
    assert.equal((await getPersona(server, 'infirmier-rpps')).email, 'julien.marchand@example.fr');
    const sms = await waitForMessages(server, 'sms', 2);
    assert.deepEqual(sms.map(({ to }) => to).sort(), ['0639980325', '0639987742']);
  },

  'a card that is not presented leads back to the page, not to a failure': async (server) => {
    const browser = createCookieBrowser();
    const choice = await pressNamed(browser, await openContactPage(browser, server), 'Carte CPS');
    const back = await pressNamed(browser, choice, 'Revenir au service');
    assert.equal(back.url.origin, server.urls.directory);
    assert.equal(headingOf(back), title);
  },

  'under an RPPS e-CPS nothing is saved before both codes': async (server) => {
    const browser = createCookieBrowser();
    const form = await signInByEcps(server, browser, 'medecin-deux-lieux');
    assert.match(textOf(form, 'national-id'), /^Numéro RPPS/);
    assert.match(readable(form.text), /Actuelle : a•••@example\.fr/);
    const codes = await pressNamed(browser, form, 'Enregistrer', typed);
    assert.equal(headingOf(codes), 'Recopiez les deux codes');
    assert.equal((await getPersona(server, 'medecin-deux-lieux')).email, 'anne.delmas@example.fr');
    const [mail] = await waitForMessages(server, 'mails', 1);
    const [sms] = await waitForMessages(server, 'sms', 1);
    assert.deepEqual([mail?.to, sms?.to], ['lina.kerbrat@laposte.net', '0639987742']);
    const right = { 'code-mail': mail?.code ?? '', 'code-sms': sms?.code ?? '' };

    const half = await pressNamed(browser, codes, 'Valider', { ...right, 'code-sms': '' });
    assert.equal(errorAt(half, 'code-sms'), 'Recopiez ce code.');
    const other = right['code-sms'] === '000000' ? '111111' : '000000';
    const wrong = await pressNamed(browser, half, 'Valider', { ...right, 'code-sms': other });
    assert.equal(wrong.status, 422);
    assert.equal(errorAt(wrong, 'code-sms'), 'Ce code n’est pas le bon. Il reste 4 essais.');
    assert.doesNotMatch(wrong.text, /id="code-mail-error"/);

    const done = await pressNamed(browser, wrong, 'Valider', right);
    assert.equal(headingOf(done), saved);
    assert.match(readable(done.text), /Elles sont vérifiées/);
    assert.equal((await getPersona(server, 'medecin-deux-lieux')).email, 'lina.kerbrat@laposte.net');
    const told = (await waitForMessages(server, 'mails', 3)).slice(0, 2).map(({ to }) => to);
    assert.deepEqual(told.sort(), ['anne.delmas@example.fr', 'lina.kerbrat@laposte.net']);
  },

  'codes that died say so, and new ones are sent': async (server) => {
    const browser = createCookieBrowser();
    const form = await signInByEcps(server, browser, 'pharmacienne');
    const codes = await pressNamed(browser, form, 'Enregistrer', typed);
    const soon = await pressNamed(browser, codes, 'Renvoyer les codes');
    assert.match(readable(soon.text), /attendez une minute/);
    // Codes that died before their turn are not sent at all.
    await waitForMessages(server, 'mails', 1);
    await waitForMessages(server, 'sms', 1);
    await server.api('POST', '/api/clock', { advanceMs: 11 * 60_000 });
    const dead = await pressNamed(browser, codes, 'Valider', { 'code-mail': '1', 'code-sms': '2' });
    assert.match(readable(dead.text), /Ces codes ne servent plus/);
    const again = await pressNamed(browser, dead, 'Renvoyer les codes');
    const [mail] = await waitForMessages(server, 'mails', 2);
    const [sms] = await waitForMessages(server, 'sms', 2);
    const right = { 'code-mail': mail?.code ?? '', 'code-sms': sms?.code ?? '' };
    assert.equal(headingOf(await pressNamed(browser, again, 'Valider', right)), saved);
  },

  'an e-CPS under ADELI counts as not signed in, and the page says why': async (server) => {
    const browser = createCookieBrowser();
    const page = await signInByEcps(server, browser, 'infirmier-ecps-adeli');
    assert.equal(headingOf(page), title);
    assert.match(readable(page.text), /Votre e-CPS porte votre numéro ADELI/);
    assert.ok(hrefOf(page, "Je n'ai pas ma carte"));
    const choice = await pressNamed(browser, page, 'Carte CPS');
    const form = await presentCard(browser, choice, 'infirmier-ecps-adeli');
    assert.equal(headingOf(await pressNamed(browser, form, 'Enregistrer', typed)), saved);
  },

  'without her card: a request with a reference, decided by command, then announced': async (server) => {
    const browser = createCookieBrowser();
    const retour = `${server.urls.app}/`;
    const { rpps } = await getPersona(server, 'infirmiere-sans-coordonnees');
    const form = await followNamed(
      browser,
      await openContactPage(browser, server, retour),
      "Je n'ai pas ma carte",
    );
    const refused = await pressNamed(browser, form, 'Enregistrer', { ...typed, rpps: '99700000014' });
    assert.match(errorAt(refused, 'rpps'), /Ce n’est pas un numéro RPPS/);
    const sent = await pressNamed(browser, refused, 'Enregistrer', { ...typed, rpps });
    assert.equal(headingOf(sent), 'Votre demande est transmise');
    const reference = textOf(sent, 'reference');
    assert.equal(hrefOf(sent, "Revenir à l'application"), retour);

    const listed = await runContacts(server, 'list', '--json');
    const { requests } = JSON.parse(listed.out);
    assert.equal(requests.length, 1);
    assert.deepEqual(
      [requests[0].id, requests[0].rpps, requests[0].email, requests[0].phone],
      [reference, rpps, 'lina.kerbrat@laposte.net', '0639987742'],
    );
    assert.equal(requests[0].holder.familyName.toUpperCase(), 'KERBRAT');
    assert.equal((await getPersona(server, 'infirmiere-sans-coordonnees')).email, null);

    assert.equal((await runContacts(server, 'accept', reference)).code, 0);
    assert.equal((await getPersona(server, 'infirmiere-sans-coordonnees')).email, 'lina.kerbrat@laposte.net');
    const [mail] = await waitForMessages(server, 'mails', 1);
    assert.match(mail?.text ?? '', /L’Ordre a accepté la demande/);
    const again = await runContacts(server, 'accept', reference);
    assert.deepEqual([again.code, again.out], [1, '']);
    assert.match(again.err, /^No open request has that id/);
    assert.equal((await runContacts(server, 'list')).out, 'No request is open.\n');
  },

  'a refusal is told by mail, without a word about whom': async (server) => {
    const browser = createCookieBrowser();
    const { rpps } = await getPersona(server, 'sage-femme');
    const form = await followNamed(browser, await openContactPage(browser, server), "Je n'ai pas ma carte");
    const sent = await pressNamed(browser, form, 'Enregistrer', { ...typed, rpps });
    assert.equal((await runContacts(server, 'refuse', textOf(sent, 'reference').toLowerCase())).code, 0);
    const [mail, ...others] = await waitForMessages(server, 'mails', 1);
    assert.deepEqual(others, []);
    assert.equal(mail?.to, 'lina.kerbrat@laposte.net');
    assert.doesNotMatch(mail?.text.replace(/\s/g, '') ?? '', new RegExp(`${rpps}|SALAUN`, 'i'));
    assert.equal((await getPersona(server, 'sage-femme')).email, 'nora.salaun@example.fr');
  },

  'the review commands say what is wrong in one sentence': async (server) => {
    for (const args of [['accept'], ['refuse', 'A', 'B'], ['list', 'x']]) {
      const { code, err } = await runContacts(server, ...args);
      assert.equal(code, 2);
      assert.match(err, /^[^\n]+\.\n$/);
    }
    assert.match((await runContacts(server, 'accept', '--help')).out, /^hygie directory contacts accept ID/);
  },

  "a change that is not hers is taken back by **Ce n'est pas moi**, which opening alone does not": async (
    server,
  ) => {
    const browser = createCookieBrowser();
    await signInByCard(browser, server.urls, 'infirmier-rpps');
    await pressNamed(browser, await openContactPage(browser, server), 'Enregistrer', typed);
    const notices = await waitForMessages(server, 'mails', 2);
    const toOld = notices.find(({ to }) => to === 'julien.marchand@example.fr');
    const link = toOld?.links?.find(({ text }) => text === "Ce n'est pas moi")?.href ?? '';
    const reader = createCookieBrowser();
    for (let opening = 0; opening < 2; opening++) await reader.open(link);
    assert.equal((await getPersona(server, 'infirmier-rpps')).email, 'lina.kerbrat@laposte.net');
    const done = await pressNamed(reader, await reader.open(link), 'Bloquer');
    assert.equal(headingOf(done), 'Ces coordonnées sont retirées');
    const { email, phone } = await getPersona(server, 'infirmier-rpps');
    assert.deepEqual([email, phone], [null, null]);
    assert.equal(headingOf(await reader.open(link)), 'Ce lien ne sert plus');
    assert.equal((await waitForMessages(server, 'mails', 3))[0]?.to, 'lina.kerbrat@laposte.net');
  },
  'signed out everywhere: the page asks again': async (server) => {
    const browser = createCookieBrowser();
    const places = await signInByCard(browser, server.urls, 'infirmier-rpps');
    assert.match(textOf(await openContactPage(browser, server), 'national-id'), /^Numéro RPPS/);
    await press(browser, places, '/deconnexion');
    const page = await openContactPage(browser, server);
    assert.equal(textOf(page, 'national-id'), '');
    assert.match(page.text, /Carte CPS/);
  },

  'cards that lead to no record say why, and offer the request': async (server) => {
    for (const [slug, why] of [
      ['infirmiere-non-inscrite', /ne mène à aucune fiche sûre/],
      ['infirmiere-homonyme', /ne mène à aucune fiche sûre/],
      ['infirmiere-radiee', /pas de fiche active à votre numéro/],
      ['employe-cpe', /ne mène à aucune fiche de l’annuaire/],
    ] as const) {
      const browser = createCookieBrowser();
      await signInByCard(browser, server.urls, slug);
      const page = await openContactPage(browser, server);
      assert.match(readable(page.text), why, slug);
      assert.ok(hrefOf(page, "Je n'ai pas ma carte"), slug);
      const post = await browser.submit(page.url, '/coordonnees', typed);
      assert.notEqual(headingOf(post), saved, slug);
    }
  },

  'English all the way': async (server) => {
    const browser = createCookieBrowser();
    const first = await browser.open(new URL('/coordonnees?lang=en', server.urls.directory));
    assert.equal(headingOf(first), 'Contact details');
    const form = await presentCard(browser, await pressNamed(browser, first, 'CPS card'), 'infirmier-rpps');
    const wrong = await pressNamed(browser, form, 'Save', {
      adresse: 'a@pro.mssante.fr',
      mobile: '0297000012',
    });
    assert.match(errorAt(wrong, 'adresse'), /does not receive our messages/);
    assert.match(errorAt(wrong, 'mobile'), /fixed line/);
    assert.equal(
      headingOf(await pressNamed(browser, wrong, 'Save', typed)),
      'Your contact details are saved',
    );
    assert.equal(
      (await waitForMessages(server, 'mails', 2))[0]?.subject,
      'Your contact details have changed',
    );
  },
};

test('contact details', async (t) => {
  const server = await startTestServer(t);
  for (const [name, walk] of Object.entries(walks))
    await t.test(name, async () => {
      await server.api('POST', '/api/reset');
      await walk(server);
    });
});
