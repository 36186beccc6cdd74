import assert from 'node:assert/strict';
import { readActivationToken } from '#ecps-phone';
import { activationLink, smsCode } from '../support/app-walk.ts';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { askPhone, waitForPhone } from '../support/ecps-walk.ts';
import { codeOf, headingOf, openChoice, press, readable, textOf } from '../support/http-walk.ts';
import { followNamed, hrefOf, pressNamed } from '../support/named-controls.ts';
import {
  type ActivePhone,
  approve,
  isPending,
  openPhone,
  openRepair,
  password,
  readCard,
  signInByPhone,
  tokenOf,
} from '../support/repair-walk.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const byMail = 'Par mail et SMS';

interface Persona {
  slug: string;
  rpps: string;
  adeli: string;
  email: string;
  phone: string;
}

async function getPersona(server: TestServer, slug: string): Promise<Persona> {
  const { body } = await server.api<Persona[]>('GET', '/api/personas');
  const persona = body.find((candidate) => candidate.slug === slug);
  assert.ok(persona);
  return persona;
}

/** On the phone: the request, the mail's link, the code, the password. */
async function activateByMail(server: TestServer, { rpps, email, phone: to }: Persona): Promise<ActivePhone> {
  const phone = await openPhone(server);
  const { id } = await phone.requestEnrolment(rpps, 'fr');
  const token = readActivationToken(await activationLink(server, email), new URL(server.urls.app));
  await phone.redeem(token ?? '');
  await phone.sendCode(id);
  const view = await phone.tryCode(id, await smsCode(server, to));
  return { phone, ...(await phone.activate(view, password)) };
}

/** The page goes on by itself to the e-CPS page; from there to the articles. */
async function finish(browser: CookieBrowser, page: Page, phone: ActivePhone): Promise<Page> {
  assert.equal(await isPending(browser, page), false);
  return signInByPhone(browser, await browser.open(page.url), phone);
}

testOnOneServer('the ways of a repair', {
  'the guide by mail and SMS: the app’s address with her number, then her two places': async (server) => {
    const persona = await getPersona(server, 'infirmiere-adeli');
    const browser = createCookieBrowser();
    const mail = await pressNamed(browser, await openRepair(browser, server, 'infirmiere-adeli'), byMail);
    assert.equal(headingOf(mail), byMail);
    assert.equal(hrefOf(mail, 'Ouvrir sur ce téléphone'), `${server.urls.app}/#rpps=${persona.rpps}`);
    assert.match(mail.text, /class="qr"/);
    assert.ok(!mail.text.includes(persona.email) && !mail.text.includes(persona.phone), 'masked');
    assert.match(readable(mail.text), new RegExp(`${persona.email[0]}•••@`));
    const phone = await activateByMail(server, persona);
    assert.ok(phone.credential.returnUrl?.startsWith(server.urls.portal));
    const places = await finish(browser, mail, phone);
    assert.equal(textOf(places, 'national-id'), `Numéro RPPS ${persona.rpps}`);
    assert.equal(places.text.match(/<article/g)?.length, 2);
  },
  'an e-CPS under ADELI: one under RPPS, by mail and SMS, takes its place': async (server) => {
    const persona = await getPersona(server, 'infirmier-ecps-adeli');
    await server.api('POST', '/api/ecps', { persona: persona.slug, behaviour: 'approve' });
    const browser = createCookieBrowser();
    const waiting = await askPhone(browser, await openChoice(browser, server.urls), persona.adeli);
    const repair = await followNamed(browser, await waitForPhone(browser, waiting), 'Réparer ma connexion');
    assert.equal(codeOf(repair, 'cause'), 'ecps_under_adeli');
    const list = /<ol[^>]*>(.*?)<\/ol>/s.exec(repair.text)?.[1] ?? '';
    assert.match(
      readable(list),
      /^Désactivez l’e-CPS.*Mot de passe oublié.*Activez une e-CPS avec votre numéro RPPS/,
    );
    assert.doesNotMatch(readable(repair.text), /Scanner avec mon téléphone/);

    const mail = await pressNamed(browser, repair, byMail);
    const phone = await activateByMail(server, persona);
    const home = await browser.open(new URL('/professionnel/lieux', server.urls.portal));
    assert.equal(home.url.pathname, '/professionnel/connexion', 'the session of the ADELI number has ended');
    const places = await finish(browser, mail, phone);
    assert.equal(textOf(places, 'national-id'), `Numéro RPPS ${persona.rpps}`);
    assert.equal(places.text.match(/<article/g)?.length, 1);
  },
  'on a ticket from an e-CPS the card is asked for, and then vouches': async (server) => {
    const persona = await getPersona(server, 'infirmier-ecps-adeli');
    await server.api('POST', '/api/ecps', { persona: persona.slug, behaviour: 'approve' });
    const browser = createCookieBrowser();
    const waiting = await askPhone(browser, await openChoice(browser, server.urls), persona.adeli);
    const repair = await followNamed(browser, await waitForPhone(browser, waiting), 'Réparer ma connexion');
    const choice = await followNamed(browser, repair, 'Avec ma carte CPS');
    assert.doesNotMatch(readable(choice.text), /Se connecter avec ma e-CPS/);
    const code = await readCard(browser, choice, persona.slug);
    assert.equal(code.url.pathname, `${repair.url.pathname}/telephone`);
    const phone = await openPhone(server);
    const active = { phone, ...(await phone.activate(await phone.redeem(tokenOf(code, server)), password)) };
    const places = await finish(browser, code, active);
    assert.equal(textOf(places, 'national-id'), `Numéro RPPS ${persona.rpps}`);
  },
  'without contact details the card’s way is open, the other one says why not and where': async (server) => {
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-sans-coordonnees');
    assert.match(repair.text, /<button[^>]*disabled[^>]*>(?:(?!<\/button>).)*Par mail et SMS/s);
    assert.throws(() => pressNamed(browser, repair, byMail));
    const contacts = new URL(hrefOf(repair, 'Enregistrer mes coordonnées') ?? '');
    assert.equal(contacts.origin + contacts.pathname, `${server.urls.directory}/coordonnees`);
    assert.equal(contacts.searchParams.get('retour'), repair.url.href);
    const skipped = await browser.open(new URL(`${repair.url.pathname}/mail`, repair.url));
    assert.equal(skipped.url.href, repair.url.href);

    const form = await browser.open(contacts);
    const saved = await pressNamed(browser, form, 'Enregistrer', {
      adresse: 'anne@example.fr',
      mobile: '06 39 98 01 77',
    });
    assert.equal(headingOf(saved), 'Vos coordonnées sont enregistrées');
    const back = await followNamed(browser, saved, 'Continuer');
    assert.equal(back.url.href, repair.url.href);
    assert.equal(headingOf(await pressNamed(browser, back, byMail)), byMail);
  },
  'an expired card or e-CPS is the cause on wallet, and an e-CPS by mail and SMS is the way': async (
    server,
  ) => {
    for (const slug of ['infirmier-carte-expiree', 'infirmier-ecps-expiree']) {
      const persona = await getPersona(server, slug);
      const browser = createCookieBrowser();
      const choice = await openChoice(browser, server.urls);
      const refused = slug.includes('carte')
        ? await readCard(browser, choice, slug)
        : await askPhone(browser, choice, persona.rpps);
      assert.equal(codeOf(refused, 'cause'), 'authenticator_expired', slug);
      assert.equal(hrefOf(refused, "Demander l'activation de la e-CPS"), `${server.urls.app}/`, slug);
      const phone = await activateByMail(server, persona);
      const form = await browser.open(choice.url);
      const typed = slug.includes('carte') ? await press(browser, form, '/e-cps') : form;
      const waiting = await press(browser, typed, '/e-cps/demande', { identifiant: persona.rpps });
      const places = await approve(browser, waiting, phone);
      assert.equal(textOf(places, 'national-id'), `Numéro RPPS ${persona.rpps}`, slug);
      assert.equal(places.text.match(/<article/g)?.length, 1, slug);
    }
  },
  'the causes that a person settles: what is known, since when, whom to ask, with a message': async (
    server,
  ) => {
    for (const [slug, cause] of [
      ['infirmiere-non-inscrite', 'no_rpps'],
      ['infirmiere-homonyme', 'identity_mismatch'],
      ['infirmier-sans-lieu', 'no_place_of_practice'],
      ['infirmier-lieu-ferme', 'place_closed'],
      ['infirmiere-radiee', 'record_inactive'],
    ] as const) {
      const browser = createCookieBrowser();
      const repair = await openRepair(browser, server, slug);
      assert.equal(codeOf(repair, 'cause'), cause, slug);
      assert.match(readable(repair.text), /l’Ordre des infirmiers \(ordre-infirmiers\.fr\)/, slug);
      assert.match(readable(repair.text), /annuaire national, extrait du \d{1,2} /, slug);
      assert.match(repair.text, /<pre class="letter" id="message">Bonjour,/, slug);
      const telephone = await browser.open(new URL(`${repair.url.pathname}/telephone`, repair.url));
      assert.equal(telephone.url.href, repair.url.href, `${slug}: no code where no link is safe`);
      const back = await pressNamed(browser, repair, 'Revenir au service');
      assert.equal(back.url.origin, server.urls.portal, slug);
    }
  },
});
